// All kernels of the lab.

import { RequestError } from "../errors.ts";
import { KERNEL_NAME } from "../../spec.ts";
import { LabKernel, type LabKernelOptions } from "./kernel.ts";
import { findKernels } from "./kernelspecs.ts";

/** How a kernel is asked for. */
export interface KernelWish extends Omit<LabKernelOptions, "signal"> {
  /** The kernelspec's name; the lab's own kernel if it is left out. */
  name?: string;
  /** The id it is to have. */
  id?: string;
}

/** Starts, finds and ends kernels. */
export class KernelManager {
  readonly #kernels = new Map<string, LabKernel>();
  /** Those that start, so that they can be ended with the others. */
  readonly #starting = new Set<Promise<LabKernel>>();
  readonly #closing = new AbortController();

  /** All that run. */
  list(): LabKernel[] {
    return [...this.#kernels.values()];
  }

  /**
   * The kernel with an id.
   *
   * @throws {RequestError} 404 if there is none
   */
  get(id: string): LabKernel {
    const kernel = this.#kernels.get(id);
    if (kernel === undefined) throw new RequestError(404, `Kernel does not exist: ${id}`);
    return kernel;
  }

  /** Whether there is a kernel with an id. */
  has(id: string): boolean {
    return this.#kernels.has(id);
  }

  /**
   * Starts a kernel.
   *
   * @throws {RequestError} 501 if there is no kernelspec of that name, 409 if the id is taken
   * @throws {KernelDiedError} if it does not answer
   */
  async start(
    { name = KERNEL_NAME, id = crypto.randomUUID(), ...options }: KernelWish,
  ): Promise<LabKernel> {
    if (this.#closing.signal.aborted) throw new RequestError(500, "The lab is about to end.");
    if (this.#kernels.has(id)) throw new RequestError(409, `There is a kernel ${id} already.`);
    const spec = (await findKernels()).get(name.toLowerCase());
    if (spec === undefined) {
      throw new RequestError(
        501,
        `The '${name}' kernel is not available; pick another one, or install it for Jupyter.`,
      );
    }
    const starting = LabKernel.start(id, {
      spec,
      ...options,
      signal: this.#closing.signal,
    });
    this.#starting.add(starting);
    try {
      const kernel = await starting;
      this.#kernels.set(id, kernel);
      return kernel;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /**
   * Ends a kernel.
   *
   * @throws {RequestError} 404 if there is none
   */
  async shutdown(id: string): Promise<void> {
    const kernel = this.get(id);
    this.#kernels.delete(id);
    await kernel.shutdown();
  }

  /** Ends all kernels, those included that are about to start; with `grace` 0 at once. */
  async close({ grace }: { grace?: number } = {}): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#starting);
    await Promise.allSettled(this.list().map((kernel) => kernel.shutdown({ grace })));
    this.#kernels.clear();
  }
}
