// Kernels written as plain loops over typed arrays. Every backend whose tensors live in this
// process's memory (`cpu`, and `wasm` with or without generated matrix products) runs the same loop
// on a view of that memory, without a copy. An operation is a forward kernel beside its backward.

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** The memory of one tensor: float32 values, or int32 for token ids. */
export type View = Float32Array | Int32Array;

/** Plain values that steer a kernel; they are no tensors and get no gradient. */
export type Attributes = Record<string, number>;

/** A kernel: which tensors it makes from which, and the loop that fills them. */
export interface HostKernel {
  readonly name: string;
  /** Shapes of the outputs, all float32, from the shapes of the inputs. */
  outputShapes(inputShapes: readonly number[][], attributes: Attributes): number[][];
  /** Fills `outputs` (not zeroed) from `inputs`. */
  run(inputs: readonly View[], outputs: readonly Float32Array[], attributes: Attributes): void;
}

/** Backends of tfjs whose tensors this process can read and write in place. */
const HOST_BACKENDS = ["cpu", "wasm"] as const;

/** Makes `kernel` known to tfjs on every backend in host memory, and returns a function that runs it. */
export function defineHostKernel(
  kernel: HostKernel,
): (inputs: readonly tf.Tensor[], attributes?: Attributes) => tf.Tensor[] {
  for (const backendName of HOST_BACKENDS) {
    tf.registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: ({ inputs, backend, attrs }) => {
        const infos = Object.values(inputs) as tf.TensorInfo[];
        const attributes = (attrs ?? {}) as Attributes;
        const shapes = kernel.outputShapes(infos.map((info) => info.shape), attributes);
        const outputs = shapes.map((shape) => allocate(backend, shape));
        // Views are taken after every allocation: growing WebAssembly memory detaches older ones.
        kernel.run(
          infos.map((info) => view(backend, info)),
          outputs.map((info) => view(backend, info) as Float32Array),
          attributes,
        );
        return outputs;
      },
    });
  }
  return (inputs, attributes = {}) => {
    const named = Object.fromEntries(inputs.map((tensor, i) => [`input${i}`, tensor]));
    const result = tf.engine().runKernel(
      kernel.name,
      named,
      attributes as unknown as tf.NamedAttrMap,
    );
    return (Array.isArray(result) ? result : [result]) as tf.Tensor[];
  };
}

/**
 * The values of `tensor` where they lie, or a copy on a backend outside host memory. Valid until the
 * next tensor is made; not to be written to.
 */
export function hostView(tensor: tf.Tensor): View {
  const name = tf.getBackend();
  if ((HOST_BACKENDS as readonly string[]).includes(name)) return view(tf.backend(), tensor);
  return tensor.dataSync() as View;
}

function allocate(backend: unknown, shape: number[]): tf.TensorInfo {
  if (isWasm(backend)) return backend.makeOutput(shape, "float32");
  const values = new Float32Array(shape.reduce((size, n) => size * n, 1));
  return (backend as CpuBackend).makeTensorInfo(shape, "float32", values);
}

function view(backend: unknown, info: tf.TensorInfo): View {
  if (isWasm(backend)) return backend.typedArrayFromHeap(info) as View;
  return (backend as CpuBackend).data.get(info.dataId).values as View;
}

function isWasm(backend: unknown): backend is BackendWasm {
  return "typedArrayFromHeap" in (backend as object);
}

/** The part of tfjs's cpu backend that host kernels need. */
interface CpuBackend {
  readonly data: { get(id: object): { values: unknown } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}
