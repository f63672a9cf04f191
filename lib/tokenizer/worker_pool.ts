// Workers that share the work on a long text. Each has one request at a time; replies come in the order
// of the requests, so that the result is the same however many there are.

import { AnsweringWorker } from "../answering_worker.ts";
import { ConfigError } from "../errors.ts";
import { orAborted } from "../interrupt.ts";

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
  const pool = Array.from(
    { length: workers },
    () => new AnsweringWorker<Request, Reply>(url, { name: "A tokenizer's worker", setup }),
  );
  const waiting: { request: Request; reply: Promise<Reply> }[] = [];
  const first = async (): Promise<{ request: Request; reply: Reply }> => {
    const { request, reply } = waiting.shift()!;
    return { request, reply: await orAborted(reply, signal) };
  };
  try {
    let next = 0;
    for await (const request of requests) {
      const reply = pool[next++ % workers].ask(request);
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
