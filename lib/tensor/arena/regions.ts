// The arena of this thread, and what other parts of the library do with its memory beside tensors.
//
// Threads share an arena like this: one of them posts `sharedMemory()` to a new worker, which calls
// `joinArena(memory)` before anything else of the library makes a tensor. From then on an address means the
// same numbers in both. Each allocates from pages of its own and gives back only what it took itself;
// when a worker has ended, `reclaim(owner)` takes back all it held, so that what has to outlive a
// worker is allocated by somebody else. Nobody is told when numbers change: who writes a region that others
// read has to agree with them when.

import * as tf from "@tensorflow/tfjs";
import type { Region } from "../products/product.ts";
import { ARENA_BACKEND, ArenaBackend } from "./backend.ts";

let backend: ArenaBackend | undefined;

/** The arena's tfjs backend of this thread, made and made known to tfjs when it is first asked for. */
export function arenaBackend(): ArenaBackend {
  return backend ?? register(new ArenaBackend());
}

/**
 * Lets this thread's tensors live in the memory of another thread, which has posted it.
 *
 * @throws {Error} if this thread has made tensors in a memory of its own already
 */
export function joinArena(memory: WebAssembly.Memory): void {
  if (backend !== undefined) {
    throw new Error("This thread has an arena already; join another before useBackend is called.");
  }
  register(new ArenaBackend(memory));
}

/** The memory to post to a worker that is to share this thread's arena. */
export function sharedMemory(): WebAssembly.Memory {
  return arenaBackend().arena.memory;
}

/** The number under which this thread holds memory, for {@linkcode reclaim}. */
export function arenaOwner(): number {
  return arenaBackend().arena.pages.owner;
}

/** Takes back all that the thread `owner` held; it must have ended. */
export function reclaim(owner: number): void {
  arenaBackend().arena.pages.giveAll(owner);
}

/** Takes memory for `length` floats, with whatever was in it. It begins at a multiple of 64 bytes. */
export function allocateRegion(length: number): Region {
  return { address: arenaBackend().arena.allocate(4 * length), length };
}

/** Gives back what {@linkcode allocateRegion} gave in this thread. */
export function freeRegion({ address, length }: Region): void {
  arenaBackend().arena.free(address, 4 * length);
}

/** The numbers of a region where they lie. */
export function regionView({ address, length }: Region): Float32Array {
  return arenaBackend().arena.floats(address, length);
}

/**
 * A tensor whose numbers are those of `region`, now and whenever they change. Disposing of it leaves the region
 * as it is. The arena's backend must be in use.
 */
export function tensorOver({ address, length }: Region, shape: number[]): tf.Tensor {
  if (tf.util.sizeFromShape(shape) !== length) {
    throw new RangeError(`A region of ${length} floats cannot be a tensor of shape (${shape}).`);
  }
  const info = arenaBackend().over(address, shape);
  return tf.engine().makeTensorFromTensorInfo(info, arenaBackend());
}

/** Where the numbers of `tensor` lie, which is float32 and on the arena's backend. */
export function regionOf(tensor: tf.Tensor): Region {
  return { address: arenaBackend().address(tensor), length: tensor.size };
}

function register(made: ArenaBackend): ArenaBackend {
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernel.kernelName, ARENA_BACKEND) === undefined) {
      tf.registerKernel({ ...kernel, backendName: ARENA_BACKEND });
    }
  }
  tf.registerBackend(ARENA_BACKEND, () => made);
  return backend = made;
}
