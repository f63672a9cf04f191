// One front end's WebSocket to a kernel.

import { type MessageFrames, WireError } from "../../protocol/wire.ts";
import type { RequestChannel } from "../../client/channels.ts";
import type { Listener } from "../kernels/audience.ts";
import type { LabKernel } from "../kernels/kernel.ts";
import { FramingError } from "./framing_error.ts";
import { fromLegacy } from "./framing_legacy.ts";
import { fromV1, V1_PROTOCOL } from "./framing_v1.ts";
import type { KernelMessage } from "./kernel_message.ts";

/** How many bytes may be on their way to one front end. The rest waits here, where all front ends share it. */
const IN_FLIGHT = 4 * 2 ** 20;

/** The pause before looking again whether a slow front end has taken what was sent, in milliseconds. */
const PATIENCE = 5;

/** WebSocket close codes: the other side speaks wrongly; the kernel is not there any more. */
const PROTOCOL_ERROR = 1002;
const GOING_AWAY = 1001;

const CHANNELS: ReadonlySet<string> = new Set<RequestChannel>(["shell", "control", "stdin"]);

/** How messages are written: as the subprotocol has them, or as where there is none. */
type Form = "v1" | "legacy";

/** Connects a WebSocket to a kernel for as long as it is open. */
export function connectKernel(
  socket: WebSocket,
  { kernel, session, protocol }: { kernel: LabKernel; session: string; protocol?: string },
): void {
  socket.binaryType = "arraybuffer";
  const form = protocol === V1_PROTOCOL ? "v1" : "legacy";
  const connection = new Connection(socket, form);
  socket.onopen = () => kernel.audience.join(session, connection);
  socket.onmessage = ({ data }) => {
    try {
      const { channel, frames } = read(data, form);
      if (CHANNELS.has(channel)) kernel.receive(session, channel as RequestChannel, frames);
    } catch (error) {
      if (!(error instanceof FramingError || error instanceof WireError)) throw error;
      socket.close(PROTOCOL_ERROR, error.message.slice(0, 100));
    }
  };
  // A connection that fails is closed next.
  socket.onerror = () => {};
  socket.onclose = () => kernel.audience.leave(session, connection, connection.waiting);
}

function read(
  data: string | ArrayBuffer,
  form: Form,
): { channel: string; frames: MessageFrames } {
  if (form === "legacy") return fromLegacy(data);
  if (typeof data === "string") {
    throw new FramingError(`${V1_PROTOCOL} has binary frames alone`);
  }
  return fromV1(data);
}

/** Sends no faster than the front end takes, and loses nothing. */
class Connection implements Listener {
  readonly #socket: WebSocket;
  readonly #form: Form;
  readonly #waiting: KernelMessage[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: WebSocket, form: Form) {
    this.#socket = socket;
    this.#form = form;
  }

  /** What could not be sent. */
  get waiting(): KernelMessage[] {
    return this.#waiting;
  }

  hear(message: KernelMessage): void {
    this.#waiting.push(message);
    if (this.#timer === undefined) this.#send();
  }

  dismiss(reason: string): void {
    this.#waiting.length = 0;
    this.#socket.close(GOING_AWAY, reason);
  }

  #send(): void {
    const socket = this.#socket;
    this.#timer = undefined;
    let sent = 0;
    while (
      sent < this.#waiting.length && socket.readyState === WebSocket.OPEN &&
      socket.bufferedAmount < IN_FLIGHT
    ) {
      const message = this.#waiting[sent++];
      socket.send(message[this.#form]);
    }
    this.#waiting.splice(0, sent);
    if (this.#waiting.length === 0 || socket.readyState !== WebSocket.OPEN) return;
    this.#timer = setTimeout(() => this.#send(), PATIENCE);
  }
}
