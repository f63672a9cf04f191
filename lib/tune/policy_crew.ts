// All who work on a policy: this thread, and others that see the same parameters in the same memory.

import { AnsweringWorker } from "../answering_worker.ts";
import type { ModelConfig } from "../model/config.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Beginning } from "../generate/continue.ts";
import { ConfigError } from "../errors.ts";
import { reclaim, regionOf, sharedMemory } from "../tensor/arena/regions.ts";
import { backendInUse, type BackendName } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import type { TokenizerJson } from "../tokenizer/tokenizer.ts";
import { flopsPerToken } from "../train/flops.ts";
import { isShared } from "../train/run_memory.ts";
import type { PolicyLossOptions } from "./policy_loss.ts";
import {
  type Learned,
  type Lesson,
  type PolicyModels,
  PolicyWork,
  type PolicyWorker,
  type Writing,
} from "./policy_work.ts";

/** How many threads work. */
export interface CrewOptions {
  /**
   * Threads that share the work, the one that calls among them; by default as many as are fastest here for this model.
   */
  readonly workers?: number;
}

/** What another thread is told first. */
export interface PolicyOrders {
  readonly memory: WebAssembly.Memory;
  readonly backend: BackendName;
  readonly config: ModelConfig;
  /** Where the parameters lie, in their order. */
  readonly model: readonly Region[];
  readonly reference?: readonly Region[];
  readonly tokenizer: TokenizerJson;
  readonly options: PolicyLossOptions;
}

/** What another thread is asked. */
export type PolicyRequest =
  | { readonly kind: "join" }
  | {
    readonly kind: "write";
    readonly beginnings: readonly Beginning[];
    readonly writing: Writing;
  }
  | { readonly kind: "learn"; readonly lesson: Lesson };

/** What it answers: the number under which it holds memory, answers or what it learned. */
export type PolicyReply = number | number[][] | Learned;

/** Arithmetic of a step from which another thread gains more than it costs to begin and to wait for. */
const WORTH_SHARING = 5e9;

/** Threads that write and learn together. */
export class PolicyCrew {
  readonly #own: PolicyWork;
  readonly #others: readonly PolicyThread[];

  private constructor(own: PolicyWork, others: readonly PolicyThread[]) {
    this.#own = own;
    this.#others = others;
  }

  /**
   * A crew for a policy. Until it is closed the models stay where they are: whoever moves the parameters does it in
   * place.
   *
   * @param options.answers how many are written in a step
   * @throws {ConfigError} if `workers` is no whole number from 1 up
   */
  static async open(
    models: PolicyModels,
    { workers, answers, ...options }: CrewOptions & PolicyLossOptions & { answers: number },
  ): Promise<PolicyCrew> {
    if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1 && workers <= 256)) {
      throw new ConfigError(`workers is ${workers}: give a whole number of threads, 1 to 256.`);
    }
    const size = isShared() ? workers ?? usualWorkers(models.model.config, answers) : 1;
    const own = new PolicyWork(models, options);
    const others = Array.from(
      { length: Math.min(size, answers) - 1 },
      () => new PolicyThread(ordersFor(models, options)),
    );
    const crew = new PolicyCrew(own, others);
    try {
      await Promise.all(others.map((other) => other.join()));
      return crew;
    } catch (error) {
      await crew.close();
      throw error;
    }
  }

  /** How many lessons are learned at the same time. */
  get size(): number {
    return 1 + this.#others.length;
  }

  /** Continues conversations, each thread its part of them. */
  async write(beginnings: readonly Beginning[], writing: Writing): Promise<number[][]> {
    const parts = cut(beginnings, this.size);
    return (await this.#all((worker, i) => worker.write(parts[i], writing))).flat();
  }

  /** Has each thread learn a lesson. */
  learn(lessons: readonly Lesson[]): Promise<Learned[]> {
    return this.#all((worker, i) => worker.learn(lessons[i]));
  }

  /** Waits for what is being done, and gives the memory back. */
  async close(): Promise<void> {
    this.#own.dispose();
    await Promise.all(this.#others.map((other) => other.end()));
  }

  /** The others are asked before this thread begins: then it hears nothing. */
  async #all<T>(ask: (worker: PolicyWorker, i: number) => Promise<T>): Promise<T[]> {
    const others = this.#others.map((other, i) => ask(other, i + 1));
    return await Promise.all([ask(this.#own, 0), ...others]);
  }
}

/** Another thread, as this one sees it. */
class PolicyThread implements PolicyWorker {
  readonly #worker: AnsweringWorker<PolicyRequest, PolicyReply>;
  #last: Promise<unknown> = Promise.resolve();
  #owner: number | undefined;

  constructor(orders: PolicyOrders) {
    const url = new URL("./policy_thread.ts", import.meta.url);
    this.#worker = new AnsweringWorker(url, {
      name: "A thread that practises",
      setup: orders,
    });
  }

  async join(): Promise<void> {
    this.#owner = await this.#ask<number>({ kind: "join" });
  }

  write(beginnings: readonly Beginning[], writing: Writing): Promise<number[][]> {
    return this.#ask({ kind: "write", beginnings, writing });
  }

  learn(lesson: Lesson): Promise<Learned> {
    return this.#ask({ kind: "learn", lesson });
  }

  /** Ends when it has done what it was asked: until then it writes where others would. */
  async end(): Promise<void> {
    await this.#last;
    this.#worker.end();
    if (this.#owner !== undefined) reclaim(this.#owner);
  }

  #ask<T extends PolicyReply>(request: PolicyRequest): Promise<T> {
    const reply = this.#worker.ask(request) as Promise<T>;
    this.#last = reply.catch(() => {}); // whoever asked hears of it
    return reply;
  }
}

function ordersFor(
  { model, reference, tokenizer }: PolicyModels,
  options: PolicyLossOptions,
): PolicyOrders {
  return {
    memory: sharedMemory(),
    backend: backendInUse() ?? "native",
    config: model.config,
    model: regionsOf(model),
    reference: reference && regionsOf(reference),
    tokenizer: tokenizer.toJSON(),
    options: { clip: options.clip, klWeight: options.klWeight },
  };
}

function regionsOf({ parameters }: Transformer): Region[] {
  return [...parameters.values()].map(regionOf);
}

function usualWorkers(config: ModelConfig, answers: number): number {
  const work = flopsPerToken(config, config) * config.context * answers;
  return Math.max(1, Math.min(navigator.hardwareConcurrency, Math.floor(work / WORTH_SHARING)));
}

/** So many neighbouring parts, as equal as they can be. */
function cut<T>(all: readonly T[], parts: number): T[][] {
  const at = (part: number) => Math.round(part * all.length / parts);
  return Array.from({ length: parts }, (_, i) => all.slice(at(i), at(i + 1)));
}
