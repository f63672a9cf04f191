// A front end's WebSocket to a kernel of a lab, for tests, in either form of messages.

import type { MessageFrames } from "../../../../kernel/protocol/wire.ts";
import { encodeMessage } from "../../../../kernel/protocol/wire.ts";
import { createCustomMessage, type Message } from "../../../../kernel/protocol/message.ts";
import { fromLegacy } from "../../../../kernel/server/websocket/framing_legacy.ts";
import { fromV1, toV1, V1_PROTOCOL } from "../../../../kernel/server/websocket/framing_v1.ts";
import type { TestLab } from "./test_lab.ts";

/** A message as a front end sees it. */
export interface Heard {
  channel: string;
  type: string;
  /** The id of the message that caused it. */
  cause: string;
  // deno-lint-ignore no-explicit-any -- tests look into contents of every type
  content: any;
  id: string;
  buffers: Uint8Array[];
}

/** How a WebSocket is opened. */
export interface SocketOptions {
  kernel: string;
  session?: string;
  legacy?: boolean;
}

/** How long a test waits for anything, in milliseconds. */
const PATIENCE = 30_000;

/** An open WebSocket; all that comes is kept. */
export class KernelSocket implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #session: string;
  readonly heard: Heard[] = [];
  readonly closed: Promise<CloseEvent>;

  private constructor(socket: WebSocket, session: string) {
    this.#socket = socket;
    this.#session = session;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.heard.push(read(data, socket.protocol));
    this.closed = new Promise((resolve) => socket.onclose = resolve);
  }

  /** Connects with the token. */
  static async open(
    { lab }: TestLab,
    { kernel, session = crypto.randomUUID(), legacy = false }: SocketOptions,
  ): Promise<KernelSocket> {
    const url = `${lab.url.replace("http", "ws")}/api/kernels/${kernel}/channels`;
    const query = `?session_id=${session}&token=${lab.token}`;
    const socket = new WebSocket(url + query, legacy ? [] : [V1_PROTOCOL]);
    const connection = new KernelSocket(socket, session);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return connection;
  }

  /** The subprotocol that was agreed on. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Sends a message and returns its id. */
  send(
    type: string,
    content: Record<string, unknown>,
    { channel = "shell", metadata = {}, buffers = [], parent = {} }: {
      channel?: string;
      metadata?: Record<string, unknown>;
      buffers?: Uint8Array[];
      parent?: Record<string, never>;
    } = {},
  ): string {
    const message = createCustomMessage(type, {
      content,
      metadata,
      buffers,
      parent,
      session: this.#session,
      username: "tester",
    });
    if (this.protocol === V1_PROTOCOL) this.#socket.send(toV1(channel, encodeMessage(message)));
    else this.#socket.send(legacyFrame({ ...message, channel }));
    return message.header.msg_id;
  }

  /** Asks for a cell to be run and returns the request's id. */
  run(
    code: string,
    { cellId, allowStdin = false }: { cellId?: string; allowStdin?: boolean } = {},
  ): string {
    const content = { code, silent: false, store_history: true, allow_stdin: allowStdin };
    return this.send("execute_request", content, {
      metadata: cellId === undefined ? {} : { cellId },
    });
  }

  /** Runs a cell to its end and returns all that it caused. */
  async execute(code: string, options: { cellId?: string } = {}): Promise<Heard[]> {
    return await this.answer(this.run(code, options));
  }

  /** All that a request has caused, once that is over. */
  async answer(id: string): Promise<Heard[]> {
    await this.until(() => this.isDone(id) && this.find(id, /_reply$/));
    return this.heard.filter(({ cause }) => cause === id);
  }

  /** A message of a type that a request has caused, once it has come. */
  async expect(id: string, type: RegExp): Promise<Heard> {
    await this.until(() => this.find(id, type));
    return this.find(id, type)!;
  }

  /** Whether the kernel has said that it is done with a request. */
  isDone(id: string): boolean {
    return this.heard.some(({ type, cause, content }) =>
      type === "status" && cause === id && content.execution_state === "idle"
    );
  }

  find(id: string, type: RegExp): Heard | undefined {
    return this.heard.find((heard) => heard.cause === id && type.test(heard.type));
  }

  /** Waits until something is the case. */
  async until(condition: () => unknown): Promise<void> {
    const end = performance.now() + PATIENCE;
    while (!await condition()) {
      if (performance.now() > end) {
        throw new Error(`Waited in vain; heard ${JSON.stringify(this.heard)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** What a cell printed. */
export function printed(messages: Heard[]): string {
  return messages.filter(({ type }) => type === "stream").map(({ content }) => content.text).join(
    "",
  );
}

function read(data: string | ArrayBuffer, protocol: string): Heard {
  const { channel, frames } = protocol === V1_PROTOCOL
    ? fromV1(data as ArrayBuffer)
    : fromLegacy(data);
  const header = parse(frames.header);
  return {
    channel,
    type: header.msg_type,
    id: header.msg_id,
    cause: parse(frames.parentHeader).msg_id ?? "",
    content: parse(frames.content),
    buffers: frames.buffers,
  };
}

function parse(bytes: MessageFrames["header"]) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The form without subprotocol, written here once more: the lab's own writer is what is tested. */
function legacyFrame(
  { buffers, identities: _identities, ...message }: Message & { channel: string },
): string | Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(message);
  if (buffers.length === 0) return text;
  const parts = [new TextEncoder().encode(text), ...buffers];
  const head = new DataView(new ArrayBuffer(4 * (parts.length + 1)));
  head.setUint32(0, parts.length);
  let offset = head.byteLength;
  parts.forEach((part, index) => {
    head.setUint32(4 * (index + 1), offset);
    offset += part.length;
  });
  const bytes = new Uint8Array(offset);
  bytes.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
