// tfjs's own operations on the arena's backend, where most are its cpu backend's: they give what they give
// on cpu, gradients included, also after their inputs' memory has been used for something else.

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, useBackend } from "../../../lib/tensor/backend.ts";

const x = () => values([2, 3, 4], 1);
const y = () => values([2, 3, 4], 2);
const matrix = () => values([4, 5], 3);
const image = () => values([1, 6, 6, 2], 4) as tf.Tensor4D;

/** Numbers from −1 to 1 in an order that means nothing. */
function values(shape: number[], seed: number): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(seed + 7.7 * i)), shape);
}

/** Differentiable operations, each of some inputs. */
const OPERATIONS: Record<string, [() => tf.Tensor[], (...inputs: tf.Tensor[]) => tf.Tensor]> = {
  abs: [() => [x()], tf.abs],
  add: [() => [x(), y()], tf.add],
  "add of a column": [() => [x(), values([2, 3, 1], 5)], tf.add],
  "add of a row": [() => [x(), values([4], 5)], tf.add],
  "add of a number": [() => [x(), values([], 5)], tf.add],
  "add to a number": [() => [values([1], 5), x()], tf.add],
  "subtract from a row": [() => [values([4], 5), x()], tf.sub],
  "subtract a number": [() => [x(), values([1, 1], 5)], tf.sub],
  divide: [() => [x(), tf.add(tf.abs(y()), 1)], tf.div],
  "divide by a row": [() => [x(), tf.add(tf.abs(values([4], 5)), 1)], tf.div],
  multiply: [() => [x(), values([3, 4], 5)], tf.mul],
  maximum: [() => [x(), y()], tf.maximum],
  concat: [() => [x(), y()], (a, b) => tf.concat([a, b], 1)],
  conv2d: [
    () => [image(), values([3, 3, 2, 4], 5)],
    (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same"),
  ],
  cumsum: [() => [x()], (a) => tf.cumsum(a, 2)],
  dot: [() => [matrix(), values([5], 5)], tf.dot],
  elu: [() => [x()], tf.elu],
  erf: [() => [x()], tf.erf],
  exp: [() => [x()], tf.exp],
  expandDims: [() => [x()], (a) => tf.expandDims(a, 1)],
  gather: [() => [matrix()], (a) => tf.gather(a, tf.tensor1d([3, 0, 3], "int32"))],
  "gather along the last axis": [
    () => [matrix()],
    (a) => tf.gather(a, tf.tensor1d([3, 0, 3], "int32"), 1),
  ],
  leakyRelu: [() => [x()], (a) => tf.leakyRelu(a, 0.1)],
  log1p: [() => [x()], (a) => tf.log1p(tf.abs(a))],
  logSoftmax: [() => [x()], (a) => tf.logSoftmax(a)],
  logSumExp: [() => [x()], (a) => tf.logSumExp(a, -1)],
  matMul: [() => [matrix(), values([5, 3], 5)], (a, b) => tf.matMul(a, b)],
  max: [() => [x()], (a) => tf.max(a, -1)],
  "max of the first axis": [() => [x()], (a) => tf.max(a, 0)],
  maxPool: [() => [image()], (a) => tf.maxPool(a as tf.Tensor4D, 2, 2, "valid")],
  mean: [() => [x()], (a) => tf.mean(a, 1)],
  moments: [() => [x()], (a) => tf.moments(a, [0, 1]).variance],
  neg: [() => [x()], tf.neg],
  norm: [() => [x()], (a) => tf.norm(a)],
  pad: [() => [matrix()], (a) => tf.pad(a, [[1, 0], [2, 3]])],
  pow: [() => [x()], (a) => tf.pow(a, 3)],
  prod: [() => [x()], (a) => tf.prod(a, 2)],
  relu: [() => [x()], tf.relu],
  reshape: [() => [x()], (a) => tf.reshape(a, [6, 4])],
  reverse: [() => [x()], (a) => tf.reverse(a, 1)],
  sigmoid: [() => [x()], tf.sigmoid],
  slice: [() => [x()], (a) => tf.slice(a, [1], [1])],
  "slice across": [() => [x()], (a) => tf.slice(a, [0, 1, 1], [2, 1, 2])],
  softmax: [() => [x()], (a) => tf.softmax(a)],
  split: [() => [x()], (a) => tf.split(a, 3, 1)[1]],
  "split of the first axis": [() => [x()], (a) => tf.split(a, 2, 0)[1]],
  square: [() => [x()], tf.square],
  squeeze: [() => [values([1, 3, 1], 5)], (a) => tf.squeeze(a)],
  stack: [() => [x(), y()], (a, b) => tf.stack([a, b], 1)],
  sum: [() => [x()], (a) => tf.sum(a)],
  "sum of the first axis": [() => [x()], (a) => tf.sum(a, 0)],
  "sum of the last axes": [() => [x()], (a) => tf.sum(a, [1, 2], true)],
  "sum of the middle axis": [() => [x()], (a) => tf.sum(a, 1)],
  "sum of the outer axes": [() => [x()], (a) => tf.sum(a, [0, 2])],
  tanh: [() => [x()], tf.tanh],
  tile: [() => [matrix()], (a) => tf.tile(a, [2, 3])],
  transpose: [() => [matrix()], (a) => tf.transpose(a)],
  "transpose of middle axes": [() => [image()], (a) => tf.transpose(a, [0, 2, 1, 3])],
  unstack: [() => [x()], (a) => tf.unstack(a, 1)[2]],
  where: [() => [x(), y()], (a, b) => tf.where(tf.greater(y(), 0), a, b)],
};

/** Operations without a gradient. */
const OTHERS: Record<string, () => tf.Tensor> = {
  argMax: () => tf.argMax(x(), -1),
  "bool to float": () => tf.cast(tf.greater(x(), 0), "float32"),
  "float to int": () => tf.cast(tf.mul(x(), 10), "int32"),
  "int to float": () => tf.mul(tf.cast(tf.tensor1d([1, -2, 3], "int32"), "float32"), 0.5),
  "int slice": () => tf.slice(tf.tensor1d([1, -2, 3, 4], "int32"), 1, 2),
  "int sum": () => tf.sum(tf.tensor1d([1, -2, 3], "int32")),
  "int product": () => tf.mul(tf.tensor1d([1, -2, 3], "int32"), tf.tensor1d([4], "int32")),
  oneHot: () => tf.oneHot(tf.tensor1d([1, 0, 2, -1], "int32"), 3),
  topk: () => tf.topk(x(), 2).values,
  range: () => tf.range(0, 10, 2, "int32"),
  linspace: () => tf.linspace(0, 1, 5),
  fill: () => tf.fill([2, 3], 7),
  eye: () => tf.eye(3),
  equal: () => tf.equal(tf.tensor1d([1, 2], "int32"), tf.tensor1d([1, 3], "int32")),
  logicalAnd: () => tf.logicalAnd(tf.greater(x(), 0), tf.greater(y(), 0)),
  fft: () => tf.real(tf.spectral.fft(tf.complex([1, 2, 3, 4], [0, 0, 1, 0]))),
  scatterND: () => tf.scatterND(tf.tensor2d([[1], [3]], [2, 1], "int32"), tf.tensor1d([5, 6]), [5]),
  strings: () => tf.cast(tf.equal(tf.tensor1d(["a", "b"]), tf.tensor1d(["a", "c"])), "int32"),
};

/** Writes over memory that is free. */
function spoil(): void {
  tf.tidy(() => {
    for (const size of [1, 4, 12, 24, 60, 72, 200]) {
      for (let i = 0; i < 8; i++) tf.mul(tf.fill([size], 99), 1);
    }
  });
}

async function results(backend: BackendName, run: () => tf.Tensor[]): Promise<number[][]> {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const tensors = tf.tidy(run);
  spoil();
  const read = tensors.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(tensors);
  assertEquals(tf.memory().numTensors, before);
  return read;
}

function assertSame(actual: number[][], expected: number[][]): void {
  expected.forEach((row, i) => {
    assertEquals(actual[i].length, row.length);
    row.forEach((value, j) =>
      assert(Math.abs(actual[i][j] - value) < 1e-5, `${actual[i]}, not ${row}`)
    );
  });
}

for (const [name, [inputs, operation]] of Object.entries(OPERATIONS)) {
  Deno.test(`tf ${name} and its gradient agree with cpu`, async () => {
    const run = () => {
      const given = inputs();
      const weigh = (...args: tf.Tensor[]) => {
        const result = operation(...args);
        return tf.sum(tf.mul(result, values(result.shape, 9)));
      };
      return [
        operation(...given),
        ...tf.grads(weigh as (...args: tf.Tensor[]) => tf.Tensor)(given),
      ];
    };
    assertSame(await results("wasm", run), await results("cpu", run));
  });
}

for (const [name, operation] of Object.entries(OTHERS)) {
  Deno.test(`tf ${name} agrees with cpu`, async () => {
    const run = () => [operation()];
    assertSame(await results("wasm", run), await results("cpu", run));
  });
}

Deno.test("what was read keeps its numbers, and what was given may change", async () => {
  await useBackend("wasm");
  const given = new Float32Array([1, 2, 3]);
  const tensor = tf.tensor1d(given);
  given[0] = 99;
  const doubled = tf.mul(tensor, 2);
  const read = doubled.dataSync();
  tf.dispose([tensor, doubled]);
  spoil();
  assertEquals([...read], [2, 4, 6]);
});
