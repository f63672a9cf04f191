// The workers of a run, as the thread that started them sees them.

import { backendInUse, type BackendName } from "../tensor/backend.ts";
import { reclaim, sharedMemory } from "../tensor/arena/regions.ts";
import type { TokenizerJson } from "../tokenizer/tokenizer.ts";
import { Barrier } from "./barrier.ts";
import type { BatchRing } from "./batch_ring.ts";
import { TrainingError } from "./guards.ts";
import { type RunMemory, wordsOf } from "./run_memory.ts";
import type { LoopReport, LoopSetup } from "./train_loop.ts";

/** What a worker is told. */
export interface WorkerOrders {
  readonly memory: WebAssembly.Memory;
  readonly backend: BackendName;
  readonly setup: LoopSetup;
  readonly data: SharedData;
  readonly tokenizer: TokenizerJson;
}

/** What workers learn from: tokens to draw from, or batches that are drawn for them. */
export type SharedData =
  | { readonly train: Uint32Array; readonly validation: Uint32Array }
  | { readonly ring: BatchRing };

/** What a worker says. */
export type WorkerMessage =
  | LoopReport
  | { readonly kind: "joined"; readonly owner: number }
  | { readonly kind: "ended" }
  | { readonly kind: "broken"; readonly error: Error };

/** Milliseconds that workers get to end by themselves when one of them has failed. */
const GRACE = 2000;

/** Workers that go through the training loop together. */
export class WorkerGroup {
  readonly #workers: readonly Worker[];
  readonly #owners: number[] = [];
  readonly #memory: RunMemory;
  readonly #onReport: (report: LoopReport) => void;
  readonly #allEnded = Promise.withResolvers<void>();
  #running: number;
  #error: Error | undefined;

  /**
   * Starts the workers.
   *
   * @param options.onReport called with each report of the first worker, as it comes
   */
  constructor(
    { setup, data, tokenizer, onReport }: {
      setup: Omit<LoopSetup, "rank">;
      data: SharedData;
      tokenizer: TokenizerJson;
      onReport: (report: LoopReport) => void;
    },
  ) {
    this.#memory = setup.memory;
    this.#onReport = onReport;
    this.#running = setup.workers;
    this.#workers = Array.from({ length: setup.workers }, (_, rank) => {
      const worker = new Worker(new URL("./train_worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => this.#hear(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(event.message);
      };
      const orders: WorkerOrders = {
        memory: sharedMemory(),
        backend: backendInUse() ?? "native",
        setup: { ...setup, rank },
        data,
        tokenizer,
      };
      worker.postMessage(orders);
      return worker;
    });
  }

  /**
   * Waits until all workers are through the loop, and takes back their memory.
   *
   * @throws {Error} what one of them threw; a {@linkcode TrainingError} if it failed altogether
   */
  async end(): Promise<void> {
    await this.#allEnded.promise;
    for (const worker of this.#workers) worker.terminate();
    for (const owner of this.#owners) reclaim(owner);
    if (this.#error !== undefined) throw this.#error;
  }

  /** Makes the run end in an error. */
  abandon(error: Error): void {
    this.#error ??= error;
    new Barrier(wordsOf(this.#memory), { workers: this.#workers.length }).abandon();
    setTimeout(() => this.#allEnded.resolve(), GRACE);
  }

  #hear(message: WorkerMessage): void {
    switch (message.kind) {
      case "joined":
        this.#owners.push(message.owner);
        break;
      case "ended":
        this.#endOne();
        break;
      case "broken":
        this.#fail(message.error.message);
        break;
      default:
        this.#onReport(message);
    }
  }

  #fail(reason: string): void {
    this.abandon(new TrainingError(`A training worker failed: ${reason.replace(/\.$/, "")}.`));
    this.#endOne();
  }

  #endOne(): void {
    if (--this.#running === 0) this.#allEnded.resolve();
  }
}
