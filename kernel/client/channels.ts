// The client's ends of a kernel's channels: requests go out on shell and control, replies and outputs come
// back as they arrive. Messages whose signature is wrong are dropped, as the specification asks.

import { type Channel, channelEnd, type ConnectionInfo } from "../protocol/connection_file.ts";
import type { Message } from "../protocol/message.ts";
import { parse, serialize, WireError } from "../protocol/wire.ts";
import { SUBSCRIBE, ZmtpConnection } from "../transport/zmtp/connection.ts";
import { ZmtpError } from "../transport/zmtp/framing.ts";

/** The channels a client sends requests on. */
export type RequestChannel = "shell" | "control";

/** What is done with the messages that arrive. */
export interface ChannelHandlers {
  /** A reply on shell or control. */
  onReply: (message: Message) => void;
  /** Anything on IOPub. */
  onBroadcast: (message: Message) => void;
}

/** Milliseconds between two attempts to connect to a kernel that does not listen yet. */
const RETRY = 5;

/** Connected sockets; {@linkcode Channels.close} lets them go. */
export class Channels {
  readonly #connection: ConnectionInfo;
  readonly #requests: Record<RequestChannel, Promise<ZmtpConnection | undefined>>;
  readonly #open = new Set<ZmtpConnection>();
  #closed = false;

  /** Connects to a kernel, which need not listen yet. */
  constructor(connection: ConnectionInfo, { onReply, onBroadcast }: ChannelHandlers) {
    this.#connection = connection;
    this.#requests = {
      shell: this.#connect("shell", onReply),
      control: this.#connect("control", onReply),
    };
    void this.#connect("iopub", onBroadcast)
      .then((iopub) => iopub?.send([new Uint8Array([SUBSCRIBE])])); // to everything
  }

  /** Sends a request, once the kernel listens. */
  async send<Content>(channel: RequestChannel, message: Message<Content>): Promise<void> {
    const frames = serialize(message, this.#connection.key);
    (await this.#requests[channel])?.send(frames);
  }

  /** Closes the sockets; nothing arrives any more. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#open) connection.close();
  }

  /** Connects to a channel; undefined if the channels are closed before the kernel listens. */
  async #connect(
    channel: Channel,
    receive: (message: Message) => void,
  ): Promise<ZmtpConnection | undefined> {
    while (!this.#closed) {
      const stream = await connect(channelEnd(this.#connection, channel));
      if (stream !== undefined) return this.#listen(stream, { channel, receive });
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }

  #listen(
    stream: Deno.Conn,
    { channel, receive }: { channel: Channel; receive: (message: Message) => void },
  ): ZmtpConnection {
    const connection = new ZmtpConnection(stream, {
      type: channel === "iopub" ? "SUB" : "DEALER",
      listener: {
        message: (frames) => {
          try {
            receive(parse(frames, this.#connection.key));
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
