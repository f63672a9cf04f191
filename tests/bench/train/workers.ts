// What a second worker adds.

import type { BenchOptions, Part } from "../train.ts";
import { runOurs } from "./ours.ts";
import { median } from "./process.ts";
import { nameOf, peersModel } from "./shapes.ts";
import { writeShortText } from "./text.ts";

/** Steps of a large batch take long; fewer of them are a median too. */
const FEWEST_STEPS = 14;

/** Trains each shape with one worker and with two, in turn. */
export async function measureWorkers({ shapes, steps, rounds }: BenchOptions): Promise<Part> {
  const textFile = await writeShortText();
  const figures: object[] = [];
  const lines = [
    "Tokens a second with one worker and with two",
    "",
    "| model and batch | one | two | two / one |",
    "| --- | ---: | ---: | ---: |",
  ];
  for (const shape of shapes) {
    const { vocabularySize: _, ...model } = peersModel(shape, 1);
    const speeds: Record<number, number[]> = { 1: [], 2: [] };
    const count = shape.batch * shape.context > 1000 ? FEWEST_STEPS : steps;
    for (let round = 0; round < (shape.width > 256 ? 1 : rounds); round++) {
      for (const workers of [1, 2]) {
        const training = { steps: count, batch: shape.batch, evaluateEvery: 1e9, workers };
        const { tokensPerSecond } = await runOurs({ textFile, backend: "auto", model, training });
        speeds[workers].push(tokensPerSecond);
      }
    }
    const [one, two] = [median(speeds[1]), median(speeds[2])];
    figures.push({ shape, one, two });
    const words = [one, two].map((speed) => Math.round(speed).toLocaleString("en"));
    lines.push(`| ${nameOf(shape)} | ${words.join(" | ")} | ${(two / one).toFixed(2)} × |`);
  }
  await Deno.remove(textFile);
  return { figures, lines };
}
