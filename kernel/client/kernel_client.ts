// A Jupyter client: starts a kernel, runs code in it, hears what comes of it, interrupts it, ends it.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html

import type { Contents, ExecuteReply, KernelInfoOk, MessageType } from "../protocol/content.ts";
import { createMessage, type Message } from "../protocol/message.ts";
import { Channels, type RequestChannel } from "./channels.ts";
import { KernelDiedError, KernelProcess, type KernelProcessOptions } from "./kernel_process.ts";

/** How a kernel is started. */
export interface StartOptions extends KernelProcessOptions {
  /** How long it may take to answer for the first time, in milliseconds. */
  startTimeout?: number;
  /** Gives up starting when it aborts. */
  signal?: AbortSignal;
}

/** Options of {@linkcode KernelClient.execute}. */
export interface ExecuteOptions {
  /**
   * Called with every message on IOPub that the code causes (`stream`, `display_data`, `status`, …), also
   * with those that come after it ended, from what it left running.
   */
  onMessage?: (message: Message) => void;
  /** Interrupts the code when it aborts. The code's reply then says what came of it. */
  signal?: AbortSignal;
}

/** A request that waits for its reply, and for the kernel to say that everything it caused has been sent. */
interface Pending {
  reply: PromiseWithResolvers<Message>;
  idle: PromiseWithResolvers<void>;
}

/** How long after a reply the last outputs may take, in milliseconds, before they count as lost. */
const OUTPUT_PATIENCE = 10_000;

/** A kernel and the connection to it. */
export class KernelClient {
  readonly #process: KernelProcess;
  readonly #channels: Channels;
  readonly #session = crypto.randomUUID();
  readonly #pending = new Map<string, Pending>();
  readonly #listeners = new Map<string, (message: Message) => void>();
  #death: KernelDiedError | undefined;
  #ending = false;
  #info: KernelInfoOk | undefined;

  private constructor(process: KernelProcess) {
    this.#process = process;
    this.#channels = new Channels(process.connection, {
      onReply: (message) => this.#pendingOf(message)?.reply.resolve(message),
      onBroadcast: (message) => this.#hear(message),
    });
    void process.ended.then(() => this.#mourn());
  }

  /**
   * Starts a kernel and waits until it answers on every channel.
   *
   * @throws {KernelDiedError} if it ends before that, takes too long, or `signal` aborts
   */
  static async start(
    { startTimeout = 120_000, signal, ...options }: StartOptions,
  ): Promise<KernelClient> {
    const client = new KernelClient(await KernelProcess.start(options));
    const late = new KernelDiedError(
      `The kernel did not answer within ${Math.round(startTimeout / 1000)} s of its start.`,
    );
    const given = Promise.withResolvers<never>();
    const giveUp = () => given.reject(new KernelDiedError("The kernel's start was given up."));
    signal?.addEventListener("abort", giveUp);
    try {
      if (signal?.aborted) giveUp();
      const greeted = Promise.race([client.#greet(), given.promise]);
      await within(greeted, { milliseconds: startTimeout, error: late });
      return client;
    } catch (error) {
      await client.shutdown({ grace: 0 });
      throw error;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
  }

  /** What the kernel says about itself. */
  get info(): KernelInfoOk {
    if (this.#info === undefined) throw new Error("The kernel has not answered yet.");
    return this.#info;
  }

  /**
   * Runs code and resolves when its reply and all its outputs have come.
   *
   * @returns the reply; code that fails is a reply with status `error`, not an exception
   * @throws {KernelDiedError} if the kernel ends meanwhile
   */
  async execute(
    code: string,
    { onMessage, signal }: ExecuteOptions = {},
  ): Promise<Message<ExecuteReply>> {
    const interrupt = () => void this.interrupt().catch(() => {}); // a dead kernel is reported by the reply
    signal?.addEventListener("abort", interrupt, { once: true });
    try {
      const request = this.#request("shell", "execute_request", {
        content: {
          code,
          silent: false,
          store_history: true,
          allow_stdin: false,
          stop_on_error: true,
        },
        listener: onMessage,
      });
      if (signal?.aborted) interrupt();
      const reply = await request.reply.promise;
      await within(request.idle.promise, { milliseconds: OUTPUT_PATIENCE });
      return reply as unknown as Message<ExecuteReply>;
    } finally {
      signal?.removeEventListener("abort", interrupt);
    }
  }

  /** Asks the kernel to interrupt the code it runs. */
  async interrupt(): Promise<void> {
    await this.#request("control", "interrupt_request", { content: {} }).reply.promise;
  }

  /** Ends the kernel: asks it to, and kills it when it has not ended after `grace` milliseconds. */
  async shutdown({ grace = 5_000 } = {}): Promise<void> {
    this.#ending = true;
    if (grace > 0 && this.#death === undefined) {
      // The reply may be lost as the kernel ends; its end is the answer.
      this.#request("control", "shutdown_request", { content: { restart: false } });
    }
    await this.#process.end({ grace });
    this.#channels.close();
  }

  /**
   * Asks what the kernel is until the answer has come on shell and on IOPub: a subscription takes a moment
   * to reach the kernel, and what was broadcast before that is lost.
   */
  async #greet(): Promise<void> {
    while (true) {
      const { reply, idle } = this.#request("shell", "kernel_info_request", { content: {} });
      const { content } = await reply.promise;
      this.#info = content as unknown as KernelInfoOk;
      if (await within(idle.promise.then(() => true), { milliseconds: 200 })) return;
    }
  }

  #request<Type extends MessageType>(
    channel: RequestChannel,
    type: Type,
    { content, listener }: { content: Contents[Type]; listener?: (message: Message) => void },
  ): Pending {
    const message = createMessage(type, { content, session: this.#session, username: "client" });
    const pending: Pending = { reply: Promise.withResolvers(), idle: Promise.withResolvers() };
    // Not everybody waits for both.
    pending.reply.promise.catch(() => {});
    pending.idle.promise.catch(() => {});
    if (this.#death !== undefined) {
      pending.reply.reject(this.#death);
      return pending;
    }
    const id = message.header.msg_id;
    this.#pending.set(id, pending);
    if (listener !== undefined) this.#listeners.set(id, listener);
    void Promise.allSettled([pending.reply.promise, pending.idle.promise])
      .then(() => this.#pending.delete(id));
    this.#channels.send(channel, message).catch((error) => pending.reply.reject(error));
    return pending;
  }

  #pendingOf({ parent_header }: Message): Pending | undefined {
    return this.#pending.get(parent_header.msg_id ?? "");
  }

  #hear(message: Message): void {
    this.#listeners.get(message.parent_header.msg_id ?? "")?.(message);
    const { header, content } = message;
    if (header.msg_type === "status" && content.execution_state === "idle") {
      this.#pendingOf(message)?.idle.resolve();
    }
  }

  /** Whoever waits for the kernel hears that it has ended. */
  async #mourn(): Promise<void> {
    const what = this.#ending
      ? "The kernel was shut down"
      : this.#info === undefined
      ? "The kernel did not start"
      : "The kernel died";
    this.#death = await this.#process.obituary(what);
    for (const { reply, idle } of this.#pending.values()) {
      reply.reject(this.#death);
      idle.resolve();
    }
  }
}

/**
 * What `promise` gives, if it comes in time.
 *
 * @returns undefined after `milliseconds`, where no `error` is to be thrown instead
 */
async function within<T>(
  promise: Promise<T>,
  { milliseconds, error }: { milliseconds: number; error?: Error },
): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(
    () => error ? late.reject(error) : late.resolve(undefined),
    milliseconds,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
