// The installed kernel, and ZeroMQ's own library as its client, for tests: everything it sends is kept, in order.

import { stripVTControlCharacters } from "node:util";
import { Dealer, Subscriber } from "zeromq";
import { KernelProcess } from "../../../kernel/client/kernel_process.ts";
import { channelAddress } from "../../../kernel/protocol/connection_file.ts";
import { createCustomMessage, type Message } from "../../../kernel/protocol/message.ts";
import { parse, serialize } from "../../../kernel/protocol/wire.ts";
import { commandLine, installedSpec } from "./installed.ts";

/** A channel that takes requests. */
export type TestChannel = "shell" | "control" | "stdin";

/** What came of a request. */
export interface Answer {
  // deno-lint-ignore no-explicit-any -- tests look into contents of every type
  reply: Message<any>;
  /** Everything broadcast for it, up to idle. */
  // deno-lint-ignore no-explicit-any -- as above
  messages: Message<any>[];
}

/** How a kernel for a test is started. */
export interface KernelOptions {
  folder?: string;
  environment?: Record<string, string>;
  /** Run cells in a sandbox, with these flags beside. */
  sandbox?: string[];
}

/** What all sockets of a client have in common. */
const CLIENT = { linger: 0, reconnectInterval: 5 };

/** How long a test waits for anything, in milliseconds. */
const PATIENCE = 30_000;

/** A kernel process and a client's sockets. */
export class TestKernel implements AsyncDisposable {
  readonly process: KernelProcess;
  readonly #requests: Record<TestChannel, Dealer>;
  readonly #iopub = new Subscriber({ ...CLIENT, receiveHighWaterMark: 0 });
  #sending: Promise<void> = Promise.resolve();
  #ended = false;
  /** What has come on each channel, oldest first. */
  readonly received: Record<TestChannel | "iopub", Message[]> = {
    shell: [],
    control: [],
    stdin: [],
    iopub: [],
  };

  /** Whether another client started the process, and ends it. */
  readonly #borrowed: boolean;

  private constructor(process: KernelProcess, { borrowed = false } = {}) {
    this.process = process;
    this.#borrowed = borrowed;
    // One identity on all channels, as clients have: input requests find their way by it.
    const routingId = crypto.randomUUID();
    const dealer = () => new Dealer({ ...CLIENT, routingId });
    this.#requests = { shell: dealer(), control: dealer(), stdin: dealer() };
  }

  /** Starts a kernel and waits until its broadcasts arrive. */
  static async start({ folder, environment, sandbox }: KernelOptions = {}): Promise<TestKernel> {
    const spec = await installedSpec(sandbox);
    const kernel = new TestKernel(
      await KernelProcess.start({
        arguments: (connectionFile) => commandLine(spec, connectionFile),
        folder,
        // Without a history on disk, which belongs to the user.
        environment: { ...spec.env, DIALS_HISTORY: "", ...environment },
      }),
    );
    return await kernel.#ready();
  }

  /** Another front end of the same kernel. */
  another(): Promise<TestKernel> {
    return new TestKernel(this.process, { borrowed: true }).#ready();
  }

  async #ready(): Promise<TestKernel> {
    this.#connect();
    await this.until(() => this.received.iopub.find(ofType("iopub_welcome")));
    return this;
  }

  /** Sends a request and returns its id. */
  async send(
    type: string,
    content: Record<string, unknown>,
    channel: TestChannel = "shell",
  ): Promise<string> {
    const message = createCustomMessage(type, { content, session: "test" });
    await this.sendFrames(serialize(message, this.process.connection.key), channel);
    return message.header.msg_id;
  }

  /** Sends frames as they are. */
  async sendFrames(frames: Uint8Array[], channel: TestChannel = "shell"): Promise<void> {
    // A socket takes one message at a time.
    this.#sending = this.#sending.then(() => this.#requests[channel].send(frames));
    await this.#sending;
  }

  /** Sends a request and waits for all that comes of it. */
  async request(
    type: string,
    content: Record<string, unknown> = {},
    channel: TestChannel = "shell",
  ): Promise<Answer> {
    return await this.answer(await this.send(type, content, channel), channel);
  }

  /** Waits for all that comes of a request. */
  async answer(id: string, channel: TestChannel = "shell"): Promise<Answer> {
    const reply = await this.until(() => this.received[channel].find(answering(id)));
    await this.until(() => this.broadcasts(id).find(isIdle));
    return { reply, messages: this.broadcasts(id) };
  }

  /** Runs a cell. */
  execute(code: string, options: Record<string, unknown> = {}): Promise<Answer> {
    return this.request("execute_request", { code, ...options });
  }

  /** What has been broadcast for a request so far. */
  broadcasts(id: string): Message[] {
    return this.received.iopub.filter(answering(id));
  }

  /** Waits until `find` finds something. */
  async until<T>(find: () => T | undefined): Promise<T> {
    const deadline = performance.now() + PATIENCE;
    while (performance.now() < deadline) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`the kernel did not do in ${PATIENCE} ms what a test waits for: ${find}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#borrowed) await this.process.end();
    this.#ended = true;
    for (const socket of [...Object.values(this.#requests), this.#iopub]) socket.close();
  }

  #connect(): void {
    const { connection } = this.process;
    for (const [channel, socket] of Object.entries({ ...this.#requests, iopub: this.#iopub })) {
      socket.connect(channelAddress(connection, channel as TestChannel | "iopub"));
    }
    this.#iopub.subscribe();
    void this.#listen();
  }

  /** Looks at the sockets again and again: under Deno, a pending `receive` of this library may wait for ever. */
  async #listen(): Promise<void> {
    while (!this.#ended) {
      for (const channel of ["iopub", "shell", "control", "stdin"] as const) {
        const socket = channel === "iopub" ? this.#iopub : this.#requests[channel];
        while (!this.#ended && socket.readable) {
          const frames = await socket.receive();
          this.received[channel].push(parse(frames, this.process.connection.key));
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

/** A test with a kernel of its own, which is gone afterwards. */
export function kernelTest(
  claim: string,
  test: (kernel: TestKernel) => Promise<void>,
  options: KernelOptions = {},
): void {
  Deno.test({
    name: claim,
    // ZeroMQ's sockets and threads are not Deno's to count.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using kernel = await TestKernel.start(options);
      await test(kernel);
    },
  });
}

/** Whether a message is of a type. */
export function ofType(type: string): (message: Message) => boolean {
  return ({ header }) => header.msg_type === type;
}

/** The text that a stream has printed. */
export function printed({ messages }: Answer, name: "stdout" | "stderr"): string {
  return messages.filter(ofType("stream")).filter(({ content }) => content.name === name)
    .map(({ content }) => content.text).join("");
}

/** The plain text of the cell's result, without its colours. */
export function result({ messages }: Answer): string | undefined {
  const text = messages.find(ofType("execute_result"))?.content.data["text/plain"];
  return typeof text === "string" ? stripVTControlCharacters(text) : undefined;
}

/** The types of the messages, in order. */
export function types({ messages }: Answer): string[] {
  return messages.map(({ header }) => header.msg_type);
}

function answering(id: string): (message: Message) => boolean {
  return ({ parent_header }) => parent_header.msg_id === id;
}

function isIdle({ header, content }: Message): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}
