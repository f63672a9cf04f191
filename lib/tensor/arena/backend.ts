// A tfjs backend whose numbers live in the arena. Its kernels are those of tfjs's cpu backend until
// faster ones replace them: a cpu kernel reads the arena through views, and what it makes is moved into the
// arena when a kernel asks for its address.

import * as tf from "@tensorflow/tfjs";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { Region } from "../products/product.ts";
import { Arena } from "./arena.ts";
import { type Compute, wasmCompute } from "./compute.ts";
import { createSharedMemory } from "./pages.ts";
import type { Recording } from "./recording.ts";

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
  /** What the region is given back to with the tensor; nobody where it is not the tensor's own. */
  owner?: Arena | Recording;
}

/** The backend. One of them exists in a thread. */
export class ArenaBackend extends MathBackendCPU {
  readonly arena: Arena;
  #compute: Compute | undefined;
  #recording: Recording | undefined;
  #isTakingDown = false;

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

  /**
   * Takes down what `work` computes, whose tensors lie in the recording's memory.
   *
   * What is not computed by {@linkcode perform} cannot be repeated, and neither can what JavaScript reads in between:
   * the recording says so afterwards.
   */
  record<T>(recording: Recording, work: () => T): T {
    this.#isTakingDown = true;
    try {
      return this.within(recording, work);
    } finally {
      this.#isTakingDown = false;
    }
  }

  /** Does `work` in the memory of a recording, which lies idle while that is not repeated. */
  within<T>(recording: Recording, work: () => T): T {
    this.#recording = recording;
    try {
      return work();
    } finally {
      this.#recording = undefined;
    }
  }

  /** Does what a kernel does, and takes it down where that is wanted. */
  perform(name: string, run: () => void): void {
    run();
    if (this.#isTakingDown) this.#recording?.add(name, run);
  }

  /** Called with values from outside: they are copied, so that the caller may change his. */
  override write(
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
  ): tf.DataId {
    this.#spoil("values came from outside");
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
    this.#spoil("values came from another backend");
    this.#set(dataId, { values, dtype, refCount });
  }

  /** Called by cpu kernels with what they have made, or with a part of what they were given. */
  override makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: tf.backend_util.BackendValues | string[],
  ): tf.TensorInfo {
    this.#spoil("a kernel of the cpu backend ran");
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
    this.#spoil("values were read");
    const values = super.readSync(dataId);
    // A copy: the region may have another tensor's numbers before the reader is done.
    return ArrayBuffer.isView(values) && this.arena.holds(values) ? values.slice() : values;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const data = this.#get(dataId);
    const isDisposed = super.disposeData(dataId, force);
    if (isDisposed && data.address !== undefined) {
      data.owner?.free(data.address, 4 * (data.values as View).length);
    }
    return isDisposed;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  /** A tensor of any values: whatever was in the region. For kernels that cannot be repeated. */
  allocate(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    this.#spoil("a kernel of tfjs ran");
    return this.output(shape, dtype);
  }

  /** The same for {@linkcode perform}. */
  output(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    const owner = this.#recording ?? this.arena;
    const address = owner.allocate(4 * size);
    return { dataId: this.#place(address, size, { dtype, owner }), shape, dtype };
  }

  /** A tensor over a region that somebody else gives back. */
  over(address: number, shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const size = tf.util.sizeFromShape(shape);
    return { dataId: this.#place(address, size, { dtype }), shape, dtype };
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
    this.#spoil("values were read");
    const data = this.#get(dataId);
    if (data.address === undefined) this.#moveIn(data);
    return data.values as View;
  }

  #place(
    address: number,
    size: number,
    { dtype, owner }: { dtype: "float32" | "int32"; owner?: Arena | Recording },
  ): tf.DataId {
    const values = dtype === "float32"
      ? this.arena.floats(address, size)
      : this.arena.integers(address, size);
    const dataId = {};
    this.#set(dataId, { values, dtype, refCount: 1, address, owner });
    return dataId;
  }

  #moveIn(data: Data): number {
    const size = (data.values as View).length;
    const owner = this.#recording ?? this.arena;
    const address = owner.allocate(4 * size);
    const view = data.dtype === "float32"
      ? this.arena.floats(address, size)
      : this.arena.integers(address, size);
    view.set(data.values as View);
    data.values = view;
    data.address = address;
    data.owner = owner;
    return address;
  }

  #spoil(obstacle: string): void {
    if (this.#isTakingDown) this.#recording?.spoil(obstacle);
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
