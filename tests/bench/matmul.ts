// How fast `tf.matMul` is on each backend, for the products of GPTs: forward and both gradients.
// Run: deno run -A tests/bench/matmul.ts
//
// The backends take turns, and the best of several turns counts: on a machine that does other work
// too, compare the columns of one line rather than figures of two runs.

import * as tf from "@tensorflow/tfjs";
import { type BackendName, useBackend } from "../../lib/tensor/backend.ts";

interface Shape {
  readonly what: string;
  /** The axes before the last two; none for a single product. */
  readonly batch?: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposes?: "none" | "A" | "B";
}

const SHAPES: readonly Shape[] = [
  { what: "projection", m: 768, k: 128, n: 128 },
  { what: "projection, input's gradient", m: 768, k: 128, n: 128, transposes: "B" },
  { what: "projection, weight's gradient", m: 128, k: 768, n: 128, transposes: "A" },
  { what: "MLP", m: 768, k: 128, n: 512 },
  { what: "MLP, input's gradient", m: 768, k: 512, n: 128, transposes: "B" },
  { what: "MLP, weight's gradient", m: 128, k: 768, n: 512, transposes: "A" },
  { what: "SwiGLU", m: 768, k: 128, n: 352 },
  { what: "head, 65 characters", m: 768, k: 128, n: 65 },
  { what: "its input's gradient", m: 768, k: 65, n: 128, transposes: "B" },
  { what: "its weight's gradient", m: 128, k: 768, n: 65, transposes: "A" },
  { what: "head, 1,024 tokens", m: 768, k: 128, n: 1024 },
  { what: "its input's gradient", m: 768, k: 1024, n: 128, transposes: "B" },
  { what: "its weight's gradient", m: 128, k: 768, n: 1024, transposes: "A" },
  { what: "attention scores", batch: 48, m: 64, k: 32, n: 64, transposes: "B" },
  { what: "attention values", batch: 48, m: 64, k: 64, n: 32 },
  { what: "values' gradient", batch: 48, m: 64, k: 64, n: 32, transposes: "A" },
  { what: "width 384, context 256: MLP", m: 2048, k: 384, n: 1536 },
  { what: "its input's gradient", m: 2048, k: 1536, n: 384, transposes: "B" },
  { what: "its weight's gradient", m: 384, k: 2048, n: 1536, transposes: "A" },
  { what: "its attention scores", batch: 48, m: 256, k: 64, n: 256, transposes: "B" },
  { what: "square", m: 1024, k: 1024, n: 1024 },
];

const BACKENDS: readonly BackendName[] = ["native", "wasm", "cpu"];
const TURNS = 5;
const MILLISECONDS_A_TURN = 20;

/** The best GFLOP/s of each backend. The cpu backend is so slow that it gets one turn. */
async function measure(shape: Shape): Promise<number[]> {
  const best = BACKENDS.map(() => 0);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, name] of BACKENDS.entries()) {
      if (name === "cpu" && turn > 0) continue;
      await useBackend(name);
      best[i] = Math.max(best[i], measureTurn(shape));
    }
  }
  return best;
}

function measureTurn({ batch, m, k, n, transposes = "none" }: Shape): number {
  const [transposeA, transposeB] = [transposes === "A", transposes === "B"];
  const outer = batch === undefined ? [] : [batch];
  const a = tf.randomNormal([...outer, ...(transposeA ? [k, m] : [m, k])]);
  const b = tf.randomNormal([...outer, ...(transposeB ? [n, k] : [k, n])]);
  const multiply = () => tf.matMul(a, b, transposeA, transposeB).dispose();
  multiply(); // moves the inputs to the backend, and compiles
  const start = performance.now();
  let elapsed = 0;
  let runs = 0;
  for (; elapsed < MILLISECONDS_A_TURN; runs++) {
    multiply();
    elapsed = performance.now() - start;
  }
  tf.dispose([a, b]);
  return 2 * (batch ?? 1) * m * k * n * runs / elapsed / 1e6;
}

if (import.meta.main) {
  console.log(`${(await useBackend()).line}\n`);
  console.log(
    "GFLOP/s, best of turns, tf.matMul with all its overhead; A' and B' are transposed\n",
  );
  console.log(`| product | shape | ${BACKENDS.join(" | ")} | native / wasm |`);
  console.log(`| --- | --- | ${BACKENDS.map(() => "---:").join(" | ")} | ---: |`);
  for (const shape of SHAPES) {
    const { what, batch, m, k, n, transposes } = shape;
    const [a, b] = [transposes === "A" ? "A'" : "A", transposes === "B" ? "B'" : "B"];
    const size = `${batch ? `${batch} × ` : ""}${a} (${m}, ${k}) · ${b} (${k}, ${n})`;
    const speeds = await measure(shape);
    const figures = speeds.map((speed) => speed.toFixed(speed < 10 ? 1 : 0)).join(" | ");
    console.log(`| ${what} | ${size} | ${figures} | ${(speeds[0] / speeds[1]).toFixed(1)} |`);
  }
}
