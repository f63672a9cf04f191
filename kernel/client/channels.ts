// The client's ends of a kernel's channels: requests go out on shell and control, replies and outputs come
// back as they arrive. Messages whose signature is wrong are dropped, as the specification asks.
//
// The sockets are asked every few milliseconds whether something has come, instead of waiting in `receive`:
// under Deno, a ZeroMQ socket that is woken without a message (its peer connected, its queue has room again)
// is never woken again, so a pending `receive` can wait for ever beside a full queue. A `receiveTimeout` is no
// way out: its timer, when it fires, crashes the process (SIGSEGV; Deno 2.9.6, zeromq 6.8.0).

import { Dealer, Subscriber } from "zeromq";
import { channelAddress, type ConnectionInfo } from "../protocol/connection_file.ts";
import type { Message } from "../protocol/message.ts";
import { parse, serialize, WireError } from "../protocol/wire.ts";

/** The channels a client sends requests on. */
export type RequestChannel = "shell" | "control";

/** What is done with the messages that arrive. */
export interface ChannelHandlers {
  /** A reply on shell or control. */
  onReply: (message: Message) => void;
  /** Anything on IOPub. */
  onBroadcast: (message: Message) => void;
}

/** The longest pause between two looks at the sockets, in milliseconds; after a message it is the shortest. */
const LONGEST_PAUSE = 4;

/** How many messages of a socket are taken before the others, and timers, have their turn. */
const TURN = 256;

/** Connected sockets; {@linkcode Channels.close} lets them go. */
export class Channels {
  readonly #key: string;
  readonly #requests: Record<RequestChannel, Dealer>;
  readonly #iopub: Subscriber;
  /** The end of each channel's queue: a ZeroMQ socket takes one send at a time. */
  readonly #sending: Record<RequestChannel, Promise<void>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
  };
  #closed = false;

  /** Connects to a kernel, which need not listen yet: ZeroMQ goes on trying. */
  constructor(connection: ConnectionInfo, handlers: ChannelHandlers) {
    // No limit to what may wait here: a cell that prints a lot must not lose lines.
    const options = { linger: 0, reconnectInterval: 20, receiveHighWaterMark: 0 };
    this.#key = connection.key;
    this.#requests = { shell: new Dealer(options), control: new Dealer(options) };
    this.#requests.shell.connect(channelAddress(connection, "shell"));
    this.#requests.control.connect(channelAddress(connection, "control"));
    this.#iopub = new Subscriber(options);
    this.#iopub.connect(channelAddress(connection, "iopub"));
    this.#iopub.subscribe();
    void this.#listen(handlers);
  }

  /** Sends a request. */
  send<Content>(channel: RequestChannel, message: Message<Content>): Promise<void> {
    const frames = serialize(message, this.#key);
    const sent = this.#sending[channel].then(() => this.#requests[channel].send(frames));
    this.#sending[channel] = sent.catch(() => {}); // its sender hears of it; the next one may still go
    return sent;
  }

  /** Closes the sockets; nothing arrives any more. */
  close(): void {
    this.#closed = true;
    this.#requests.shell.close();
    this.#requests.control.close();
    this.#iopub.close();
  }

  async #listen({ onReply, onBroadcast }: ChannelHandlers): Promise<void> {
    const { shell, control } = this.#requests;
    let pause = 1;
    while (!this.#closed) {
      const taken = await this.#take(control, onReply) + await this.#take(shell, onReply) +
        await this.#take(this.#iopub, onBroadcast);
      pause = taken > 0 ? 0 : Math.min(pause + 1, LONGEST_PAUSE);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Hands over what has come on a socket, and says how many messages that was. */
  async #take(socket: Dealer | Subscriber, receive: (message: Message) => void): Promise<number> {
    let taken = 0;
    while (!this.#closed && taken < TURN && socket.readable) {
      const frames = await socket.receive();
      taken++;
      try {
        receive(parse(frames, this.#key));
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
      }
    }
    return taken;
  }
}
