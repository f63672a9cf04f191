// A worker that is asked, and answers one request after the other.

import { ConfigError } from "./errors.ts";

/** What such a worker posts: a reply, or the sentence with which it refused. */
export type WorkerAnswer<Reply> = { readonly reply: Reply } | { readonly refusal: string };

/** A worker and the requests it has not answered yet; it answers them in their order. */
export class AnsweringWorker<Request, Reply> {
  readonly #worker: Worker;
  readonly #open: PromiseWithResolvers<Reply>[] = [];
  #failure: Error | undefined;

  /**
   * Starts the worker.
   *
   * @param url its module
   * @param options.name what it is called where it fails
   * @param options.setup its first message, which is not answered
   */
  constructor(url: URL, { name, setup }: { name: string; setup: unknown }) {
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Reply>>) => {
      const request = this.#open.shift()!;
      if ("reply" in data) request.resolve(data.reply);
      else request.reject(new ConfigError(data.refusal));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failure = new Error(`${name} failed: ${event.message}`);
      for (const request of this.#open.splice(0)) request.reject(this.#failure);
    };
    this.#worker.postMessage(setup);
  }

  /**
   * Asks it something.
   *
   * @throws {ConfigError} if it refuses
   * @throws {Error} if it fails, or has failed
   */
  ask(request: Request): Promise<Reply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const open = Promise.withResolvers<Reply>();
    this.#open.push(open);
    this.#worker.postMessage(request);
    return open.promise;
  }

  /** Ends it at once, whatever it has not answered. */
  end(): void {
    this.#worker.terminate();
  }
}
