// The operations at thousands of random shapes, against their definitions on tfjs's cpu backend, with
// guards behind every region of the arena.

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../lib/random.ts";
import { gelu, geluExact, relu2, swiglu } from "../../../lib/tensor/activations.ts";
import { add } from "../../../lib/tensor/add.ts";
import { arenaBackend } from "../../../lib/tensor/arena/regions.ts";
import { causalAttention } from "../../../lib/tensor/attention.ts";
import { type BackendName, useBackend } from "../../../lib/tensor/backend.ts";
import { crossEntropy, IGNORED } from "../../../lib/tensor/cross_entropy.ts";
import { dropout } from "../../../lib/tensor/dropout.ts";
import { embedding } from "../../../lib/tensor/embedding.ts";
import { layerNorm } from "../../../lib/tensor/layer_norm.ts";
import { linear } from "../../../lib/tensor/linear.ts";
import { rmsNorm } from "../../../lib/tensor/rms_norm.ts";
import { rope } from "../../../lib/tensor/rope.ts";

const CASES = 100;
const GUARD = 0x5afe5afe;
const GUARD_BYTES = 64;

/** Puts guards behind every region that is taken from now on; the result checks those that are in use. */
function guardArena(): () => void {
  const { arena } = arenaBackend();
  const [allocate, free] = [arena.allocate.bind(arena), arena.free.bind(arena)];
  const live = new Map<number, number>();
  const guards = (address: number, bytes: number) =>
    arena.integers(address + 4 * Math.ceil(bytes / 4), GUARD_BYTES / 4);
  const check = (address: number) => {
    const isWhole = guards(address, live.get(address)!).every((word) => word === GUARD);
    assert(isWhole, "a kernel wrote behind its output");
  };
  arena.allocate = (bytes) => {
    const address = allocate(bytes + GUARD_BYTES + 4);
    guards(address, bytes).fill(GUARD);
    live.set(address, bytes);
    return address;
  };
  arena.free = (address, bytes) => {
    if (!live.has(address)) return free(address, bytes); // older than the guards
    check(address);
    live.delete(address);
    free(address, bytes + GUARD_BYTES + 4);
  };
  return () => live.forEach((_, address) => check(address));
}

interface Case {
  readonly inputs: tf.Tensor[];
  readonly run: (inputs: tf.Tensor[]) => tf.Tensor;
}

/** Draws a case; called with the same state of the draw for every backend. */
type Draw = (random: Random) => Case;

/** A size from 1 up, small ones more often. */
function size(random: Random, most: number): number {
  return 1 + random.integer(1 + random.integer(most));
}

function normal(random: Random, ...shape: number[]): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal());
  return tf.tensor(values, shape);
}

const OPERATIONS: Readonly<Record<string, Draw>> = {
  gelu: (random) => ({ inputs: [normal(random, size(random, 300))], run: ([x]) => gelu(x) }),
  geluExact: (random) => ({
    inputs: [normal(random, size(random, 300))],
    run: ([x]) => geluExact(x),
  }),
  relu2: (random) => ({ inputs: [normal(random, size(random, 300))], run: ([x]) => relu2(x) }),
  swiglu(random) {
    const shape = [size(random, 20), size(random, 80)];
    return {
      inputs: [normal(random, ...shape), normal(random, ...shape)],
      run: ([gate, up]) => swiglu(gate, up),
    };
  },
  add(random) {
    const shape = [size(random, 9), size(random, 9), size(random, 60)];
    const part = shape.slice(random.integer(3));
    return {
      inputs: [normal(random, ...shape), normal(random, ...part)],
      run: ([x, y]) => add(x, y),
    };
  },
  linear(random) {
    const [rows, width, outputs] = [size(random, 60), size(random, 60), size(random, 60)];
    const inputs = [normal(random, rows, width), normal(random, width, outputs)];
    if (random.integer(2) === 0) inputs.push(normal(random, outputs));
    return { inputs, run: ([x, weight, bias]) => linear(x, weight, { bias }) };
  },
  layerNorm(random) {
    const [rows, width] = [size(random, 20), 2 + size(random, 150)];
    const inputs = [normal(random, rows, width), normal(random, width)];
    if (random.integer(2) === 0) inputs.push(normal(random, width));
    return { inputs, run: ([x, gain, bias]) => layerNorm(x, { gain, bias }) };
  },
  rmsNorm(random) {
    const [rows, width] = [size(random, 20), size(random, 150)];
    return {
      inputs: [normal(random, rows, width), normal(random, width)],
      run: ([x, gain]) => rmsNorm(x, gain),
    };
  },
  causalAttention(random) {
    const [batch, context, width] = [size(random, 3), size(random, 70), size(random, 40)];
    const groups = size(random, 3);
    const shape = (heads: number) => [batch, context, heads, width];
    return {
      inputs: [
        normal(random, ...shape(groups * size(random, 3))),
        normal(random, ...shape(groups)),
        normal(random, ...shape(groups)),
      ],
      run: ([query, key, value]) => causalAttention(query, { key, value }),
    };
  },
  rope(random) {
    const shape = [size(random, 3), size(random, 20), size(random, 4), 2 * size(random, 40)];
    return { inputs: [normal(random, ...shape)], run: ([x]) => rope(x, { theta: 50 }) };
  },
  dropout(random) {
    const options = {
      rate: random.uniform() * 0.9,
      seed: random.integer(1e9),
      site: random.integer(9),
    };
    const first = random.integer(1e6);
    return {
      inputs: [normal(random, size(random, 300))],
      run: ([x]) => dropout(x, { ...options, first }),
    };
  },
  embedding(random) {
    const [rows, width, count] = [size(random, 30), size(random, 100), size(random, 40)];
    const ids = Int32Array.from({ length: count }, () => random.integer(rows));
    return {
      inputs: [normal(random, rows, width)],
      run: ([table]) => embedding(table, tf.tensor1d(ids, "int32")),
    };
  },
  crossEntropy(random) {
    const [rows, vocabulary] = [size(random, 30), 1 + size(random, 100)];
    const targets = Int32Array.from(
      { length: rows },
      () => random.integer(4) === 0 ? IGNORED : random.integer(vocabulary),
    );
    return {
      inputs: [normal(random, rows, vocabulary)],
      run: ([logits]) => crossEntropy(logits, tf.tensor1d(targets, "int32")),
    };
  },
};

/** The output and the gradients of case after case. */
async function runCases(draw: Draw, backend: BackendName): Promise<Float32Array[][]> {
  await useBackend(backend);
  const random = new Random(1, "random shapes");
  return Array.from({ length: CASES }, () =>
    tf.tidy(() => {
      const { inputs, run } = draw(random);
      const weigh = (y: tf.Tensor) => {
        const weights = Float32Array.from({ length: y.size }, (_, i) => Math.sin(i + 1));
        return tf.sum(tf.mul(y, tf.tensor(weights, y.shape))) as tf.Scalar;
      };
      const gradients = tf.grads((...args: tf.Tensor[]) => weigh(run(args)))(inputs);
      return [run(inputs), ...gradients].map((tensor) => tensor.dataSync<"float32">().slice());
    }));
}

const checkGuards = guardArena();
for (const [name, draw] of Object.entries(OPERATIONS)) {
  for (const backend of ["native", "wasm"] as const) {
    Deno.test(`${backend}: ${name} of ${CASES} random shapes agrees with its definition`, async () => {
      const expected = await runCases(draw, "cpu");
      let actual: Float32Array[][];
      try {
        actual = await runCases(draw, backend);
      } catch (error) {
        if (!/does not work here/.test(String(error))) throw error;
        console.log(`left out: ${(error as Error).message}`);
        return;
      }
      checkGuards();
      expected.forEach((arrays, i) => {
        arrays.forEach((values, j) => {
          assertEquals(actual[i][j].length, values.length);
          const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
          values.forEach((value, k) => {
            const found = actual[i][j][k];
            assert(Math.abs(found - value) <= 2e-5 * largest, `case ${i}: ${found}, not ${value}`);
          });
        });
      });
    });
  }
}
