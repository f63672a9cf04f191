// A Jupyter client: starts a kernel, runs code in it, hears what comes of it, interrupts it, ends it.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html

import type { Contents, ExecuteReply, KernelInfoOk, MessageType } from "../protocol/content.ts";
import { createMessage, type Message } from "../protocol/message.ts";
import {
  decodeMessage,
  decodeParentHeader,
  encodeMessage,
  type MessageFrames,
} from "../protocol/wire.ts";
import {
  type ChannelReceiver,
  Channels,
  type ClientChannel,
  type RequestChannel,
} from "./channels.ts";
import { KernelDiedError, KernelProcess, type KernelProcessOptions } from "./kernel_process.ts";

/** How a kernel is started. */
export interface StartOptions extends KernelProcessOptions {
  /** How long it may take to answer for the first time, in milliseconds. */
  startTimeout?: number;
  /** Gives up starting when it aborts. */
  signal?: AbortSignal;
  /** How the kernel wants to be interrupted; by a message if it does not say. */
  interruptMode?: "message" | "signal";
  /** Hears every message of the kernel, whoever caused it. */
  onFrames?: ChannelReceiver;
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
  readonly #ended = Promise.withResolvers<KernelDiedError>();
  #death: KernelDiedError | undefined;
  #ending = false;
  #info: KernelInfoOk | undefined;
  readonly #interruptMode: "message" | "signal";

  private constructor(
    process: KernelProcess,
    { interruptMode = "message", onFrames }: Pick<StartOptions, "interruptMode" | "onFrames">,
  ) {
    this.#process = process;
    this.#interruptMode = interruptMode;
    this.#channels = new Channels(process.connection, (channel, frames) => {
      this.#hear(channel, frames);
      onFrames?.(channel, frames);
    });
    void process.ended.then(() => this.#mourn());
  }

  /**
   * Starts a kernel and waits until it answers on every channel.
   *
   * @throws {KernelDiedError} if it ends before that, takes too long, or `signal` aborts
   */
  static async start(
    { startTimeout = 120_000, signal, interruptMode, onFrames, ...options }: StartOptions,
  ): Promise<KernelClient> {
    const process = await KernelProcess.start(options);
    const client = new KernelClient(process, { interruptMode, onFrames });
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

  /** Resolves when the kernel's process has ended, with what became of it. */
  get ended(): Promise<KernelDiedError> {
    return this.#ended.promise;
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

  /** Passes on a message that somebody else has made; its replies come to `onFrames`. */
  relay(channel: RequestChannel, frames: MessageFrames): Promise<void> {
    return this.#channels.send(channel, frames);
  }

  /** Asks the kernel to interrupt the code it runs, in the way it wants to be asked. */
  async interrupt(): Promise<void> {
    if (this.#interruptMode === "signal") return this.#process.interrupt();
    await this.#request("control", "interrupt_request", { content: {} }).reply.promise;
  }

  /** Ends the kernel: asks it to, and kills it when it has not ended after `grace` milliseconds. */
  async shutdown({ grace = 5_000, restart = false } = {}): Promise<void> {
    this.#ending = true;
    if (grace > 0 && this.#death === undefined) {
      // The reply may be lost as the kernel ends; its end is the answer.
      this.#request("control", "shutdown_request", { content: { restart } });
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
    this.#channels.send(channel, encodeMessage(message)).catch((error) =>
      pending.reply.reject(error)
    );
    return pending;
  }

  /** Takes a message if this client's own requests caused it. */
  #hear(channel: ClientChannel, frames: MessageFrames): void {
    const cause = decodeParentHeader(frames).msg_id ?? "";
    const pending = this.#pending.get(cause);
    const listener = this.#listeners.get(cause);
    if (pending === undefined && listener === undefined) return;
    const message = decodeMessage(frames);
    if (channel !== "iopub") {
      pending?.reply.resolve(message);
      return;
    }
    listener?.(message);
    if (message.header.msg_type === "status" && message.content.execution_state === "idle") {
      pending?.idle.resolve();
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
    this.#ended.resolve(this.#death);
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
