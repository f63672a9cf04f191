// The speed of training, ours and the peer's in turn.

import type { BackendName } from "../../../lib/tensor/backend.ts";
import type { BenchOptions, Part } from "../train.ts";
import { type OurRun, runOurs } from "./ours.ts";
import { type PeerRun, runPeer } from "./peer.ts";
import { median } from "./process.ts";
import { nameOf, peersModel, type Shape, SHAPES } from "./shapes.ts";
import { writeShortText } from "./text.ts";

/** A shape, the backend that trains it, and how many times the peer's speed is wanted. */
const CASES: readonly { shape: Shape; backend: BackendName | "auto"; target: number }[] = [
  { shape: SHAPES[0], backend: "auto", target: 1.3 },
  { shape: SHAPES[1], backend: "auto", target: 1.2 },
  { shape: SHAPES[2], backend: "auto", target: 1 },
  { shape: SHAPES[0], backend: "wasm", target: 0.3 },
];

/** Steps of a large model take long; fewer of them are a median too. */
const FEWEST_STEPS = 30;

/** Trains every shape with both programs in turn. */
export async function measureSpeed(
  { shapes, steps, rounds, peer, isCompiledToo }: BenchOptions,
): Promise<Part> {
  const textFile = await writeShortText();
  const figures: object[] = [];
  const lines = [
    `Tokens a second, median of ${rounds} × ${steps} steps; ` +
    `${peer?.version ?? "no peer"}, ${navigator.hardwareConcurrency} cores`,
    "",
    "| model and batch | ours | eager | compiled | ours / faster | target | of peak | memory | its |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ];
  try {
    for (const { shape, backend, target } of CASES) {
      if (!shapes.includes(shape)) continue;
      const isLarge = shape.width > 256;
      const count = isLarge ? Math.max(FEWEST_STEPS, Math.round(steps / 2)) : steps;
      const { batch, ...sizes } = shape;
      const { vocabularySize: _, ...model } = peersModel({ ...sizes, batch }, 1);
      const ours: OurRun[] = [];
      const eager: PeerRun[] = [];
      const compiled: PeerRun[] = [];
      for (let round = 0; round < (isLarge ? 1 : rounds); round++) {
        const told = (who: string, { tokensPerSecond }: { tokensPerSecond: number }) =>
          console.error(
            `${nameOf(shape)}, ${backend}: ${who} ${inWords(tokensPerSecond)} tokens/s`,
          );
        const training = { steps: count + 5, batch, learningRate: 1e-3, evaluateEvery: 1e9 };
        ours.push(await runOurs({ textFile, backend, model, training }));
        told("ours", ours.at(-1)!);
        if (peer === undefined) continue;
        const task = { textFile, shape, steps: count };
        eager.push(await runPeer(peer, task));
        told("eager", eager.at(-1)!);
        if (!isCompiledToo) continue;
        compiled.push(await runPeer(peer, { ...task, flags: ["--compile"] }));
        told("compiled", compiled.at(-1)!);
      }
      expectSameModel(ours[0], eager[0]);
      const speed = (runs: readonly { tokensPerSecond: number }[]) =>
        runs.length === 0 ? NaN : median(runs.map(({ tokensPerSecond }) => tokensPerSecond));
      const theirs = [...eager, ...compiled].length === 0
        ? NaN
        : Math.max(...[speed(eager), speed(compiled)].filter((value) => !Number.isNaN(value)));
      const ratio = speed(ours) / theirs;
      const bytes = (runs: readonly { peakBytes?: number }[]) =>
        runs.length === 0 ? NaN : median(runs.map(({ peakBytes = NaN }) => peakBytes));
      figures.push({ shape, backend, target, ratio, ours, eager, compiled });
      const cells = [
        `${nameOf(shape)}${backend === "auto" ? "" : `, ${backend}`}`,
        inWords(speed(ours)),
        inWords(speed(eager)),
        inWords(speed(compiled)),
        Number.isNaN(ratio) ? "" : `${ratio.toFixed(2)} ×`,
        `${target} ×`,
        `${(100 * median(ours.map(({ peakShare }) => peakShare))).toFixed(0)} %`,
        megabytes(bytes(ours)),
        megabytes(bytes(eager)),
      ];
      lines.push(`| ${cells.join(" | ")} |`);
    }
  } finally {
    await Deno.remove(textFile);
  }
  return { figures, lines };
}

function expectSameModel(ours: OurRun, theirs: PeerRun | undefined): void {
  if (theirs === undefined || ours.parameters === theirs.parameters) return;
  throw new Error(`Our model has ${ours.parameters} parameters, the peer's ${theirs.parameters}.`);
}

function inWords(value: number): string {
  return Number.isNaN(value) ? "" : Math.round(value).toLocaleString("en");
}

function megabytes(bytes: number): string {
  return Number.isNaN(bytes) ? "" : `${Math.round(bytes / 1e6)} MB`;
}
