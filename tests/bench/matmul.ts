// How fast matrix products are, generated and in WebAssembly, beside OpenBLAS: each product of GPTs, forward and both
// gradients, on one core and in two threads at once. Options: --widths 128,384,768, --rows 384,768,2048,4096,
// --vocabularies 65,1024,8192, --milliseconds 60, --set AVX2, --core SkylakeX (what OpenBLAS is to
// take the processor for).
//
// The contenders take turns within each line, on operands that none of them has to itself; the median of
// all calls counts. On a machine that does other work too, compare what stands in one line.

import { parseArgs } from "@std/cli/parse-args";
import type { InstructionSet } from "../../lib/tensor/products/vector_instructions.ts";
import { openOpenBlas } from "./matmul/openblas.ts";
import { modelProducts, type Shape } from "./matmul/shapes.ts";
import type { Answer, Request } from "./matmul/worker.ts";

const options = parseArgs(Deno.args, {
  string: ["widths", "rows", "vocabularies", "milliseconds", "set", "core"],
  default: {
    widths: "128,384,768",
    rows: "384,768,2048,4096",
    vocabularies: "65,1024,8192",
    milliseconds: "60",
  },
});

/** Debian 12's OpenBLAS does not know newer Intel processors and would take code for much older ones. */
function chooseCore(): void {
  const known = Deno.env.get("OPENBLAS_CORETYPE") ?? options.core;
  let hasAvx512 = false;
  try {
    hasAvx512 = /\bavx512f\b/.test(Deno.readTextFileSync("/proc/cpuinfo"));
  } catch {
    // Not Linux: OpenBLAS has to know by itself.
  }
  const core = known ?? (hasAvx512 ? "SkylakeX" : undefined);
  if (core !== undefined) Deno.env.set("OPENBLAS_CORETYPE", core);
}

function startWorker(): Worker {
  return new Worker(new URL("./matmul/worker.ts", import.meta.url), { type: "module" });
}

/** The mean over threads that measure at the same time. */
async function measure(workers: readonly Worker[], shape: Shape): Promise<Answer> {
  const meeting = new Int32Array(new SharedArrayBuffer(8));
  const answers = await Promise.all(
    workers.map((worker) =>
      new Promise<Answer>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
        const request: Request = {
          ...{ shape, meeting, threads: workers.length },
          milliseconds: Number(options.milliseconds),
          set: options.set as InstructionSet | undefined,
        };
        worker.postMessage(request);
      })
    ),
  );
  const names = Object.keys(answers[0]);
  return Object.fromEntries(
    names.map((name) => [
      name,
      answers.reduce((sum, answer) => sum + answer[name], 0) / answers.length,
    ]),
  );
}

function figures({ generated, blas, wasm }: Answer): string[] {
  const figure = (speed: number | undefined) => speed?.toFixed(0) ?? "–";
  return [
    ...[figure(generated), figure(blas)],
    blas ? (generated / blas).toFixed(2) : "–",
    figure(wasm),
  ];
}

/** The geometric mean, the least, and how many are at least 1. */
function summary(ratios: readonly number[]): string {
  if (ratios.length === 0) return "no OpenBLAS here";
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const reached = ratios.filter((ratio) => ratio >= 0.995).length;
  return `${mean.toFixed(2)} in the mean, ${Math.min(...ratios).toFixed(2)} at least, ` +
    `${reached} of ${ratios.length} products at 1.00 or above`;
}

chooseCore();
const numbers = (list: string) => list.split(",").map(Number);
const shapes = modelProducts({
  widths: numbers(options.widths),
  rows: numbers(options.rows),
  vocabularies: numbers(options.vocabularies),
});
const workers = [startWorker(), startWorker()];
console.log(
  `OpenBLAS: ${openOpenBlas()?.core ?? "not found"}. GFLOP/s a core; A' and B' are transposed.\n`,
);
const columns = ["generated", "OpenBLAS", "ratio", "wasm"];
console.log(`| product | shape | ${columns.join(" | ")} | two: ${columns.join(" | two: ")} |`);
console.log(`| --- | --- | ${"---: | ".repeat(2 * columns.length).trim()}`);
const ratios: [number[], number[]] = [[], []];
for (const shape of shapes) {
  const { what, m, k, n, transposes } = shape;
  const [a, b] = [transposes === "A" ? "A'" : "A", transposes === "B" ? "B'" : "B"];
  const cells: string[] = [];
  for (const count of [1, 2]) {
    const answer = await measure(workers.slice(0, count), shape);
    if (answer.blas) ratios[count - 1].push(answer.generated / answer.blas);
    cells.push(...figures(answer));
  }
  console.log(`| ${what} | ${a} (${m}, ${k}) · ${b} (${k}, ${n}) | ${cells.join(" | ")} |`);
}
console.log(`\nGenerated against OpenBLAS, one core: ${summary(ratios[0])}.`);
console.log(`The same in two threads: ${summary(ratios[1])}.`);
for (const worker of workers) worker.terminate();
