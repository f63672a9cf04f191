// Workers that share the work on a long text. Each has one request at a time; replies come in the order
// of the requests, so that the result is the same however many there are.

import { ConfigError } from "../errors.ts";
import { orAborted } from "../interrupt.ts";

/** What a worker answers: a reply, or the sentence with which it refused. */
export type WorkerAnswer<Reply> = { readonly reply: Reply } | { readonly refusal: string };

/** Workers beyond this many would wait for the text: cutting and handing it over is for one thread. */
const MOST_WORKERS = 8;

/**
 * How many workers pay on this machine, for a long text; none where there is one core.
 *
 * @param free cores to leave to this thread
 */
export function defaultWorkers({ free }: { free: number }): number {
  const cores = navigator.hardwareConcurrency;
  return cores < 2 ? 0 : Math.min(cores - free, MOST_WORKERS);
}

/**
 * The check of a number of workers that a caller gives.
 *
 * @throws {ConfigError} if it is not a whole number from 0
 */
export function checkWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 0 && workers <= 1024) return;
  throw new ConfigError(
    `workers is ${workers}; give a whole number, 0 to work without any.`,
  );
}

/**
 * Has requests answered by workers, and yields each with its reply, in their order. Only as many are taken
 * from the source as keep the workers busy.
 *
 * @param options.url the worker's module; it gets `setup` as its first message, then the requests
 * @throws {ConfigError} if a worker refuses a request
 * @throws {Error} if a worker fails
 */
export async function* answerInOrder<Request, Reply>(
  requests: Iterable<Request> | AsyncIterable<Request>,
  { url, workers, setup, signal }: {
    url: URL;
    workers: number;
    setup: unknown;
    signal?: AbortSignal;
  },
): AsyncGenerator<{ request: Request; reply: Reply }> {
  const pool = Array.from({ length: workers }, () => new OneWorker<Request, Reply>(url, setup));
  const waiting: { request: Request; reply: Promise<Reply> }[] = [];
  const first = async (): Promise<{ request: Request; reply: Reply }> => {
    const { request, reply } = waiting.shift()!;
    return { request, reply: await orAborted(reply, signal) };
  };
  try {
    let next = 0;
    for await (const request of requests) {
      const reply = pool[next++ % workers].answer(request);
      reply.catch(() => {}); // it is looked at when its turn comes
      waiting.push({ request, reply });
      // Two for each worker: one to work on, one to begin with as soon as that is done.
      if (waiting.length >= 2 * workers) {
        yield await first();
      }
    }
    while (waiting.length > 0) yield await first();
  } finally {
    for (const worker of pool) worker.end();
  }
}

/** A worker and the requests it has not answered yet; it answers them in their order. */
class OneWorker<Request, Reply> {
  readonly #worker: Worker;
  readonly #open: PromiseWithResolvers<Reply>[] = [];

  constructor(url: URL, setup: unknown) {
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Reply>>) => {
      const request = this.#open.shift()!;
      if ("reply" in data) request.resolve(data.reply);
      else request.reject(new ConfigError(data.refusal));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      for (const request of this.#open) {
        request.reject(new Error(`A tokenizer's worker failed: ${event.message}`));
      }
    };
    this.#worker.postMessage(setup);
  }

  answer(request: Request): Promise<Reply> {
    const open = Promise.withResolvers<Reply>();
    this.#open.push(open);
    this.#worker.postMessage(request);
    return open.promise;
  }

  end(): void {
    this.#worker.terminate();
  }
}
