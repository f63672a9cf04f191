// A tfjs backend whose numbers live in the arena. Its kernels are those of tfjs's cpu backend until
// faster ones replace them: a cpu kernel reads the arena through views, and what it makes is moved into the
// arena when a kernel asks for its address.

import * as tf from "@tensorflow/tfjs";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { Region } from "../products/product.ts";
import { Arena } from "./arena.ts";
import { type Compute, wasmCompute } from "./compute.ts";
import { createSharedMemory } from "./pages.ts";

/** The name under which tfjs knows the backend, whoever multiplies its matrices. */
export const ARENA_BACKEND = "dials";

/** The numbers of a tensor: float32 values, or int32 for token ids. */
export type View = Float32Array | Int32Array;

/** What the backend knows of one tensor's data. */
interface Data {
  values: tf.backend_util.BackendValues | undefined;
  readonly dtype: tf.DataType;
  refCount: number;
  readonly complexTensorInfos?: unknown;
  /** Where the values lie; undefined while they are a cpu kernel's. */
  address?: number;
  /** Whether the region is given back with the tensor. */
  isOwned?: boolean;
}

/** The backend. One of them exists in a thread. */
export class ArenaBackend extends MathBackendCPU {
  readonly arena: Arena;
  #compute: Compute | undefined;

  constructor(memory: WebAssembly.Memory = createSharedMemory()) {
    super();
    this.arena = new Arena(memory);
  }

  /** What computes at present; WebAssembly, until something else is set. */
  get compute(): Compute {
    return this.#compute ??= wasmCompute(this.arena);
  }

  set compute(compute: Compute) {
    this.#compute = compute;
  }

  /** Called with values from outside: they are copied, so that the caller may change his. */
  override write(
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
  ): tf.DataId {
    const dataId = {};
    this.#set(dataId, { values, dtype, refCount: 1 });
    if (values !== undefined && isArenaType(dtype)) this.#moveIn(this.#get(dataId));
    return dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    this.#set(dataId, { values, dtype, refCount });
  }

  /** Called by cpu kernels with what they have made, or with a part of what they were given. */
  override makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: tf.backend_util.BackendValues | string[],
  ): tf.TensorInfo {
    const isString = typeof (values as unknown[] | undefined)?.[0] === "string";
    if (isString) {
      const encoded = (values as string[]).map((text) => tf.util.encodeString(text));
      return { dataId: this.write(encoded, shape, dtype), shape, dtype };
    }
    const own = values as tf.backend_util.BackendValues;
    if (ArrayBuffer.isView(own) && this.arena.holds(own)) {
      return { dataId: this.write(own, shape, dtype), shape, dtype };
    }
    const dataId = {};
    this.#set(dataId, { values: own, dtype, refCount: 1 });
    return { dataId, shape, dtype };
  }

  override readSync(dataId: tf.DataId): tf.backend_util.BackendValues {
    const values = super.readSync(dataId);
    // A copy: the region may have another tensor's numbers before the reader is done.
    return ArrayBuffer.isView(values) && this.arena.holds(values) ? values.slice() : values;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const data = this.#get(dataId);
    const isDisposed = super.disposeData(dataId, force);
    if (isDisposed && data.address !== undefined && data.isOwned) {
      this.arena.free(data.address, 4 * (data.values as View).length);
    }
    return isDisposed;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  /** A tensor of any values: whatever was in the region. */
  allocate(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    const address = this.arena.allocate(4 * size);
    return { dataId: this.#place(address, size, { dtype, isOwned: true }), shape, dtype };
  }

  /** A tensor over a region that somebody else gives back. */
  over(address: number, shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    return { dataId: this.#place(address, size, { dtype, isOwned: false }), shape, dtype };
  }

  /** Where the values of a float32 or int32 tensor lie. */
  address({ dataId }: tf.TensorInfo): number {
    const data = this.#get(dataId);
    return data.address ?? this.#moveIn(data);
  }

  /** The same with how many there are. */
  region(info: tf.TensorInfo): Region {
    return { address: this.address(info), length: tf.util.sizeFromShape(info.shape) };
  }

  /** The values of a float32 or int32 tensor where they lie, as long as it is not disposed of. */
  view({ dataId }: tf.TensorInfo): View {
    const data = this.#get(dataId);
    if (data.address === undefined) this.#moveIn(data);
    return data.values as View;
  }

  #place(
    address: number,
    size: number,
    { dtype, isOwned }: { dtype: "float32" | "int32"; isOwned: boolean },
  ): tf.DataId {
    const values = dtype === "float32"
      ? this.arena.floats(address, size)
      : this.arena.integers(address, size);
    const dataId = {};
    this.#set(dataId, { values, dtype, refCount: 1, address, isOwned });
    return dataId;
  }

  #moveIn(data: Data): number {
    const size = (data.values as View).length;
    const address = this.arena.allocate(4 * size);
    const view = data.dtype === "float32"
      ? this.arena.floats(address, size)
      : this.arena.integers(address, size);
    view.set(data.values as View);
    data.values = view;
    data.address = address;
    data.isOwned = true;
    return address;
  }

  #get(dataId: tf.DataId): Data {
    return this.data.get(dataId) as Data;
  }

  #set(dataId: tf.DataId, data: Data): void {
    this.data.set(dataId, data as ReturnType<typeof this.data.get>);
  }
}

function isArenaType(dtype: tf.DataType): boolean {
  return dtype === "float32" || dtype === "int32";
}
