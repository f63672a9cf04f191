// The client's ends of a kernel's channels: requests go out on shell and control, replies and outputs come
// back as they arrive. Messages whose signature is wrong are dropped, as the specification asks.

import { channelEnd, type ConnectionInfo } from "../protocol/connection_file.ts";
import { type MessageFrames, openFrames, sealFrames, WireError } from "../protocol/wire.ts";
import { SUBSCRIBE, ZmtpConnection } from "../transport/zmtp/connection.ts";
import { ZmtpError } from "../transport/zmtp/framing.ts";

/** The channels a client sends on: requests on shell and control, what the user typed on stdin. */
export type RequestChannel = "shell" | "control" | "stdin";

/** The channels a client hears. */
export type ClientChannel = RequestChannel | "iopub";

/** Takes a message that has arrived and is signed as it should be. */
export type ChannelReceiver = (channel: ClientChannel, frames: MessageFrames) => void;

/** Milliseconds between two attempts to connect to a kernel that does not listen yet. */
const RETRY = 5;

/** Connected sockets; {@linkcode Channels.close} lets them go. */
export class Channels {
  readonly #connection: ConnectionInfo;
  readonly #receive: ChannelReceiver;
  /** The kernel asks for input at the address that the code came from: all channels have the same one. */
  readonly #identity = new TextEncoder().encode(crypto.randomUUID());
  readonly #requests: Record<RequestChannel, Promise<ZmtpConnection | undefined>>;
  readonly #open = new Set<ZmtpConnection>();
  #closed = false;

  /** Connects to a kernel, which need not listen yet. */
  constructor(connection: ConnectionInfo, receive: ChannelReceiver) {
    this.#connection = connection;
    this.#receive = receive;
    this.#requests = {
      shell: this.#connect("shell"),
      control: this.#connect("control"),
      stdin: this.#connect("stdin"),
    };
    void this.#connect("iopub")
      .then((iopub) => iopub?.send([new Uint8Array([SUBSCRIBE])])); // to everything
  }

  /** Sends a message, once the kernel listens. */
  async send(channel: RequestChannel, message: MessageFrames): Promise<void> {
    const frames = sealFrames(message, this.#connection.key);
    (await this.#requests[channel])?.send(frames);
  }

  /** Closes the sockets; nothing arrives any more. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#open) connection.close();
  }

  /** Connects to a channel; undefined if the channels are closed before the kernel listens. */
  async #connect(channel: ClientChannel): Promise<ZmtpConnection | undefined> {
    while (!this.#closed) {
      const stream = await connect(channelEnd(this.#connection, channel));
      if (stream !== undefined) return this.#listen(stream, channel);
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }

  #listen(stream: Deno.Conn, channel: ClientChannel): ZmtpConnection {
    const connection = new ZmtpConnection(stream, {
      type: channel === "iopub" ? "SUB" : "DEALER",
      identity: this.#identity,
      listener: {
        message: (frames) => {
          try {
            this.#receive(channel, openFrames(frames, this.#connection.key));
          } catch (error) {
            if (!(error instanceof WireError)) throw error;
          }
        },
      },
    });
    this.#open.add(connection);
    connection.listen().catch((error) => {
      // Somebody else listens there: no answer will come, which is for those to tell who wait for one.
      if (!(error instanceof ZmtpError)) throw error;
    });
    return connection;
  }
}

/** A connection to whoever listens there; undefined if nobody does. */
async function connect(end: ReturnType<typeof channelEnd>): Promise<Deno.Conn | undefined> {
  try {
    if ("path" in end) return await Deno.connect({ transport: "unix", ...end });
    const stream = await Deno.connect(end);
    stream.setNoDelay(true);
    return stream;
  } catch {
    return undefined;
  }
}
