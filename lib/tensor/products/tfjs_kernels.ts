// tfjs's matrix products on the arena's backend, done in its memory.

import * as tf from "@tensorflow/tfjs";
import { ARENA_BACKEND, type ArenaBackend } from "../arena/backend.ts";
import type { Region } from "./product.ts";

register("BatchMatMul", ({ inputs, backend, attrs }) => {
  const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  return matMul({ a, b, ...attrs as unknown as Transposes }, backend as ArenaBackend);
});

register("_FusedMatMul", ({ inputs, backend, attrs }) => {
  const { a, b, bias, preluActivationWeights } = inputs as Record<string, tf.TensorInfo>;
  const { activation, leakyreluAlpha, ...transposes } = attrs as unknown as FusedAttributes;
  const arena = backend as ArenaBackend;
  let result = matMul({ a, b, ...transposes }, arena);
  const then = (name: string, inputs: Record<string, tf.TensorInfo>, attrs = {}) => {
    const next = tf.getKernel(name, ARENA_BACKEND).kernelFunc({ inputs, backend, attrs });
    arena.disposeData(result.dataId);
    result = next as tf.TensorInfo;
  };
  if (bias) then("Add", { a: result, b: bias });
  if (activation === "prelu") then("Prelu", { x: result, alpha: preluActivationWeights });
  else if (activation === "leakyrelu") {
    then("LeakyRelu", { x: result }, { alpha: leakyreluAlpha });
  } else if (activation !== "linear") then(ACTIVATIONS[activation], { x: result });
  return result;
});

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

interface FusedAttributes extends Transposes {
  readonly activation: "linear" | "prelu" | "leakyrelu" | keyof typeof ACTIVATIONS;
  readonly leakyreluAlpha: number;
}

/** tfjs's names of activations without parameters, and its kernels for them. */
const ACTIVATIONS = { relu: "Relu", relu6: "Relu6", elu: "Elu", sigmoid: "Sigmoid" } as const;

function register(kernelName: string, kernelFunc: tf.KernelFunc): void {
  tf.registerKernel({ kernelName, backendName: ARENA_BACKEND, kernelFunc });
}

/** Products of the last two axes; the axes before them broadcast. */
function matMul(
  { a, b, transposeA, transposeB }: Transposes & { a: tf.TensorInfo; b: tf.TensorInfo },
  backend: ArenaBackend,
): tf.TensorInfo {
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new Error(`matMul got ${a.dtype} and ${b.dtype}; cast both to float32 first.`);
  }
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [innerB, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== innerB) {
    throw new Error(
      `matMul of shapes (${a.shape.join(", ")}) and (${b.shape.join(", ")}) with ` +
        `transposeA=${transposeA}, transposeB=${transposeB}: the inner sizes ${k} and ${innerB} differ.`,
    );
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batchC = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const c = backend.allocate([...batchC, m, n]);
  const { multiply } = backend.compute;
  const region = (info: tf.TensorInfo) => backend.region(info);
  const sizes = { m, n, k, transposeA, transposeB };
  const [countA, countB, batch] = [batchA, batchB, batchC].map(tf.util.sizeFromShape);
  const isPlain = (count: number) => count === 1 || count === batch;
  if (isPlain(countA) && isPlain(countB)) {
    const strideA = countA === batch ? m * k : 0;
    const strideB = countB === batch ? k * n : 0;
    multiply({ a: region(a), b: region(b), c: region(c), ...sizes, batch, strideA, strideB });
    return c;
  }
  for (let i = 0; i < batch; i++) {
    multiply({
      a: matrix(region(a), broadcastIndex(i, { from: batchC, to: batchA }), m * k),
      b: matrix(region(b), broadcastIndex(i, { from: batchC, to: batchB }), k * n),
      c: matrix(region(c), i, m * n),
      ...sizes,
    });
  }
  return c;
}

/** The matrix `index` of those of `size` floats that a region holds. */
function matrix({ address }: Region, index: number, size: number): Region {
  return { address: address + 4 * size * index, length: size };
}

/** Which matrix of a batch of shape `to` belongs to matrix `index` of the broadcast shape `from`. */
function broadcastIndex(
  index: number,
  { from, to }: { from: readonly number[]; to: readonly number[] },
): number {
  let result = 0;
  let stride = 1;
  for (let axis = 1; axis <= from.length; axis++) {
    const size = from[from.length - axis];
    const own = to[to.length - axis] ?? 1;
    if (own > 1) {
      result += stride * (index % size);
      stride *= own;
    }
    index = Math.floor(index / size);
  }
  return result;
}
