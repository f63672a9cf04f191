// Memory over a long run: what is not given back shows as a climb.

import type { Part } from "../train.ts";
import { runOurs } from "./ours.ts";
import { peersModel, SHAPES } from "./shapes.ts";
import { writeShortText } from "./text.ts";

const STEPS = 5000;

/** Trains for many steps, and looks at the process's memory from time to time. */
export async function measureMemory(): Promise<Part> {
  const textFile = await writeShortText();
  const [shape] = SHAPES;
  const { vocabularySize: _, ...model } = peersModel(shape, 1);
  const training = { steps: STEPS, batch: shape.batch, evaluateEvery: STEPS };
  const { memory, peakBytes } = await runOurs({ textFile, backend: "auto", model, training });
  await Deno.remove(textFile);
  const lines = [
    `Memory over ${STEPS.toLocaleString("en")} steps of the first model`,
    "",
    "| step | MB |",
    "| ---: | ---: |",
    ...memory.map(({ step, bytes }) => `| ${step} | ${Math.round(bytes / 1e6)} |`),
  ];
  return { figures: { memory, peakBytes }, lines };
}
