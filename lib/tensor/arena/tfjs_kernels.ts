// Those of tfjs's own kernels that models spend time in, on vector kernels. What they do not cover, other
// types and unusual broadcasts among it, is left to the cpu backend's kernels.

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-cpu";
import { ARENA_BACKEND, type ArenaBackend } from "./backend.ts";
import {
  type Arithmetic,
  copy,
  elementwise,
  exchangeMiddle,
  largestAlongRows,
  numberwise,
  rowwise,
  sumAlongRows,
  sumRows,
} from "./rows.ts";

/** A kernel of tfjs's, or undefined where it leaves the work to the cpu backend's. */
type Attempt = (
  inputs: Record<string, tf.TensorInfo>,
  call: { backend: ArenaBackend; attributes: Record<string, unknown> },
) => tf.TensorInfo | undefined;

registerBinary("Add", "add");
registerBinary("Sub", "subtract");
registerBinary("Multiply", "multiply");
registerBinary("RealDiv", "divide");
register("Sum", ({ x }, call) => reduce(x, { ...call, along: sumAlongRows, across: sumRows }));
register("Max", ({ x }, call) => reduce(x, { ...call, along: largestAlongRows }));
register("Transpose", transpose);
register("Slice", slice);
register("Cast", cast);

function register(kernelName: string, attempt: Attempt): void {
  const cold = tf.getKernel(kernelName, "cpu").kernelFunc;
  tf.registerKernel({
    kernelName,
    backendName: ARENA_BACKEND,
    kernelFunc: (call) =>
      attempt(call.inputs as Record<string, tf.TensorInfo>, {
        backend: call.backend as ArenaBackend,
        attributes: call.attrs as Record<string, unknown>,
      }) ?? cold(call),
  });
}

function registerBinary(kernelName: string, arithmetic: Arithmetic): void {
  const [elements, rows, number] = [elementwise, rowwise, numberwise].map((f) => f(arithmetic));
  const isCommutative = arithmetic === "add" || arithmetic === "multiply";
  register(kernelName, ({ a, b }, { backend }) => {
    if (a.dtype !== "float32" || b.dtype !== "float32") return;
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const size = tf.util.sizeFromShape(shape);
    const isWhole = ({ shape }: tf.TensorInfo) => tf.util.sizeFromShape(shape) === size;
    if (!isWhole(a)) {
      if (!isCommutative || !isWhole(b)) return;
      [a, b] = [b, a];
    }
    const width = tf.util.sizeFromShape(b.shape);
    if (size === 0 || !(width === size || width === 1 || isSuffix(b.shape, shape))) return;
    const y = backend.allocate(shape);
    const arrays = [a, b, y].map((info) => backend.address(info));
    const { kernels } = backend.compute;
    if (width === size) kernels.run(elements, [size, ...arrays]);
    else if (width === 1) kernels.run(number, [size, ...arrays]);
    else kernels.run(rows, [size / width, width, ...arrays]);
    return y;
  });
}

/** Whether `part`, but for ones before it, is the end of `whole`. */
function isSuffix(part: readonly number[], whole: readonly number[]): boolean {
  const first = part.findIndex((n) => n !== 1);
  return part.slice(first).every((n, i, axes) => n === whole[whole.length - axes.length + i]);
}

/** Reduces the last axes, or the first. */
function reduce(
  x: tf.TensorInfo,
  { backend, attributes, along, across }: Parameters<Attempt>[1] & {
    along: typeof sumAlongRows;
    across?: typeof sumRows;
  },
): tf.TensorInfo | undefined {
  const given = (attributes.axis ?? attributes.reductionIndices) as number[]; // Sum's name, Max's name
  const axes = tf.util.parseAxisParam(given, x.shape).sort((p, q) => p - q);
  const size = tf.util.sizeFromShape(x.shape);
  if (x.dtype !== "float32" || axes.length === 0 || size === 0) return;
  const rank = x.shape.length;
  const isLast = axes.every((axis, i) => axis === rank - axes.length + i);
  const isFirst = axes.every((axis, i) => axis === i);
  const kernel = isLast ? along : isFirst ? across : undefined;
  if (kernel === undefined) return;
  const shape = attributes.keepDims
    ? x.shape.map((n, axis) => axes.includes(axis) ? 1 : n)
    : x.shape.filter((_, axis) => !axes.includes(axis));
  const y = backend.allocate(shape);
  const kept = tf.util.sizeFromShape(shape);
  const sizes = isLast ? [kept, size / kept] : [size / kept, kept];
  backend.compute.kernels.run(kernel, [...sizes, backend.address(x), backend.address(y)]);
  return y;
}

/** Exchanges the two axes before the last. */
function transpose(
  { x }: Record<string, tf.TensorInfo>,
  { backend, attributes }: Parameters<Attempt>[1],
): tf.TensorInfo | undefined {
  const order = attributes.perm as number[];
  if (x.dtype !== "float32" || order.join() !== "0,2,1,3") return;
  const y = backend.allocate(order.map((axis) => x.shape[axis]));
  const arrays = [backend.address(x), backend.address(y)];
  backend.compute.kernels.run(exchangeMiddle, [...x.shape, ...arrays]);
  return y;
}

/** Copies what lies in one piece. */
function slice(
  { x }: Record<string, tf.TensorInfo>,
  { backend, attributes }: Parameters<Attempt>[1],
): tf.TensorInfo | undefined {
  if (x.dtype !== "float32" && x.dtype !== "int32") return;
  const { begin, size } = attributes as { begin: number[]; size: number[] };
  const [start, shape] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size);
  tf.slice_util.assertParamsValid(x as tf.Tensor, start, shape);
  if (!tf.slice_util.isSliceContinous(x.shape, start, shape)) return;
  const offset = tf.slice_util.computeFlatOffset(start, tf.util.computeStrides(x.shape));
  const y = backend.allocate(shape, x.dtype);
  const count = tf.util.sizeFromShape(shape);
  backend.compute.kernels.run(copy, [count, backend.address(x) + 4 * offset, backend.address(y)]);
  return y;
}

/** The cpu backend's kernel calls whole numbers floats and leaves them as they are, which only JavaScript can read. */
function cast(
  { x }: Record<string, tf.TensorInfo>,
  { backend, attributes }: Parameters<Attempt>[1],
): tf.TensorInfo | undefined {
  const dtype = attributes.dtype as tf.DataType;
  if (x.dtype === dtype || x.dtype === "complex64" || x.dtype === "string") return;
  if (dtype !== "float32" && dtype !== "int32") return;
  const values = backend.readSync(x.dataId) as ArrayLike<number>;
  const converted = dtype === "float32" ? Float32Array.from(values) : Int32Array.from(values);
  return backend.makeTensorInfo(x.shape, dtype, converted);
}
