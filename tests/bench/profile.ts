// Where the time of a training step goes, kernel by kernel, on one thread. Options: --backend native|wasm,
// --arch gpt2|llama, --layers, --width, --heads, --context, --batch, --steps.

import { parseArgs } from "@std/cli/parse-args";
import * as tf from "@tensorflow/tfjs";
import { Transformer } from "../../lib/model/transformer.ts";
import { ARENA_BACKEND } from "../../lib/tensor/arena/backend.ts";
import { type BackendName, useBackend } from "../../lib/tensor/backend.ts";
import { valueAndGradients } from "../../lib/tensor/gradients.ts";

const VOCABULARY = 65;

interface Entry {
  calls: number;
  milliseconds: number;
}

/** Lets every kernel of the arena's backend add its own time to the result. */
function timeKernels(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const inner: number[] = [0]; // what kernels that are called by a kernel take
  for (const kernel of tf.getKernelsForBackend(ARENA_BACKEND)) {
    const { kernelName, kernelFunc } = kernel;
    const entry: Entry = { calls: 0, milliseconds: 0 };
    entries.set(kernelName, entry);
    tf.unregisterKernel(kernelName, ARENA_BACKEND);
    tf.registerKernel({
      ...kernel,
      kernelFunc(call) {
        const start = performance.now();
        inner.push(0);
        const result = kernelFunc(call);
        const elapsed = performance.now() - start;
        entry.calls++;
        entry.milliseconds += elapsed - inner.pop()!;
        inner[inner.length - 1] += elapsed;
        return result;
      },
    });
  }
  return entries;
}

const options = parseArgs(Deno.args, {
  string: ["backend", "arch"],
  default: {
    ...{ backend: "native", arch: "gpt2", layers: 4, width: 128, heads: 4 },
    ...{ context: 64, batch: 12, steps: 60 },
  },
});
const { layers, width, heads, context, batch, steps } = options;
console.log((await useBackend(options.backend as BackendName)).line);
const gpt2 = { norm: "layernorm", positions: "learned", activation: "gelu" } as const;
const model = Transformer.create({
  ...{ vocabularySize: VOCABULARY, context, layers, width, heads, seed: 1 },
  ...options.arch === "gpt2" ? gpt2 : {},
});
const variables = [...model.parameters.values()];

/** The loss and every gradient of one batch, forgotten at once. */
function step(index: number): number {
  const ids = Int32Array.from(
    { length: batch * (context + 1) },
    (_, i) => (i * i * 7 + index * 13 + i) % VOCABULARY,
  );
  const shape: [number, number] = [batch, context];
  const inputs = tf.tensor2d(ids.slice(0, batch * context), shape, "int32");
  const targets = tf.tensor2d(ids.slice(1, batch * context + 1), shape, "int32");
  const start = performance.now();
  const { value, gradients } = valueAndGradients(() => model.loss(inputs, targets), variables);
  value.dataSync();
  const elapsed = performance.now() - start;
  tf.dispose([inputs, targets, value, ...gradients]);
  return elapsed;
}

const plain: number[] = [];
for (let i = 0; i < steps; i++) plain.push(step(i));
const entries = timeKernels();
for (let i = 0; i < steps / 2; i++) step(i); // the new functions are compiled
for (const entry of entries.values()) Object.assign(entry, { calls: 0, milliseconds: 0 });
const timed: number[] = [];
for (let i = 0; i < steps; i++) timed.push(step(i));

const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1];
const total = timed.reduce((sum, time) => sum + time, 0) / steps;
const rows = [...entries].filter(([, { calls }]) => calls > 0)
  .sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
const inKernels = rows.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0) / steps;
const settled = plain.slice(steps >> 1);
console.log(
  `${options.arch}, ${layers} layers, width ${width}, context ${context}, batch ${batch}: forward and ` +
    `backward ${median(settled).toFixed(2)} ms (median; best ${
      Math.min(...settled).toFixed(2)
    }), ` +
    `${(1000 * batch * context / median(settled)).toFixed(0)} tokens/s\n`,
);
console.log("| kernel | calls a step | ms a step | share |\n| --- | ---: | ---: | ---: |");
for (const [name, { calls, milliseconds }] of rows) {
  const each = milliseconds / steps;
  if (each < 0.005 * total) continue;
  const share = (100 * each / total).toFixed(1);
  console.log(`| ${name} | ${calls / steps} | ${each.toFixed(2)} | ${share} % |`);
}
const rest = total - inKernels;
console.log(`| between kernels | | ${rest.toFixed(2)} | ${(100 * rest / total).toFixed(1)} % |`);
