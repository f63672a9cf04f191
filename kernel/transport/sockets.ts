// The kernel's ends of the five channels: shell, control and stdin route requests and replies, IOPub
// broadcasts, the heartbeat echoes. Only whole messages with the right signature come through.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#introduction

import {
  type Channel,
  channelAddress,
  channelEnd,
  CHANNELS,
  type ConnectionInfo,
} from "../protocol/connection_file.ts";
import type { Message } from "../protocol/message.ts";
import { parse, serialize, signatureOf, WireError } from "../protocol/wire.ts";
import { type EndListener, Listener } from "./listener.ts";
import { Publisher } from "./publisher.ts";
import { Router } from "./router.ts";
import { SeenSignatures } from "./seen_signatures.ts";
import type { SocketType } from "./zmtp/handshake.ts";

/** The channels on which requests come and replies go. */
export type RoutedChannel = "shell" | "control" | "stdin";

/** What front ends send. */
export interface Receiver {
  /** A request on shell or control, or an answer on stdin. */
  receive(channel: RoutedChannel, message: Message): void;
  /** Somebody subscribed to a topic on IOPub; the message that greets them. */
  welcome(topic: string): Message<unknown>;
}

/** How long closing waits for the last messages to leave, in milliseconds. */
const LINGER = 1_000;

/** The kind of socket at the kernel's end of each channel. */
const TYPES: Record<Channel, SocketType> = {
  shell: "ROUTER",
  control: "ROUTER",
  stdin: "ROUTER",
  iopub: "XPUB",
  hb: "REP",
};

/** The five bound sockets. */
export class Sockets {
  readonly #key: string;
  readonly #listeners: Record<Channel, Listener>;
  readonly #seen = new SeenSignatures();
  readonly #closed = Promise.withResolvers<void>();
  #routers: Record<RoutedChannel, Router> | undefined;
  #iopub: Publisher | undefined;

  private constructor(key: string, listeners: Record<Channel, Listener>) {
    this.#key = key;
    this.#listeners = listeners;
  }

  /**
   * Listens where the connection file says.
   *
   * @throws {Error} if an address is taken or not of this machine
   */
  static bind(connection: ConnectionInfo): Sockets {
    const listeners: Partial<Record<Channel, Listener>> = {};
    for (const channel of CHANNELS) {
      try {
        listeners[channel] = Listener.bind(channelEnd(connection, channel));
      } catch (error) {
        for (const bound of Object.values(listeners)) void bound.close({ linger: 0 });
        const address = channelAddress(connection, channel);
        throw new Error(`cannot listen on ${address} for ${channel}: ${(error as Error).message}`);
      }
    }
    return new Sockets(connection.key, listeners as Record<Channel, Listener>);
  }

  /**
   * Hands over what arrives until the sockets are closed. What is no message of ours is logged and forgotten.
   */
  async serve(receiver: Receiver): Promise<void> {
    const router = (channel: RoutedChannel) =>
      new Router({
        refused: refusal(channel),
        receive: (frames) => {
          const message = this.#read(frames, channel);
          if (message !== undefined) receiver.receive(channel, message);
        },
      });
    this.#routers = { shell: router("shell"), control: router("control"), stdin: router("stdin") };
    this.#iopub = new Publisher({
      refused: refusal("iopub"),
      welcome: (topic, connection) =>
        connection.answer(serialize(receiver.welcome(topic), this.#key)),
    });
    // The heartbeat comes back as it is.
    const heartbeat: EndListener = {
      message: (frames, connection) => connection.answer(frames),
      refused: refusal("hb"),
      closed: () => {},
    };
    const ends = { ...this.#routers, iopub: this.#iopub, hb: heartbeat };
    for (const channel of CHANNELS) {
      void this.#listeners[channel].serve(TYPES[channel], ends[channel]);
    }
    await this.#closed.promise;
  }

  /** Sends a reply or a request to one front end. */
  send<Content>(channel: RoutedChannel, message: Message<Content>): void {
    this.#routers?.[channel].send(serialize(message, this.#key));
  }

  /** Broadcasts a message. */
  publish<Content>(message: Message<Content>): void {
    this.#iopub?.send(serialize(message, this.#key));
  }

  /** Resolves when front ends have caught up with what was broadcast; undefined if they have. */
  relieved(): Promise<void> | undefined {
    return this.#iopub?.relieved();
  }

  /** Sends what waits and lets the sockets go. */
  async close(): Promise<void> {
    await Promise.all(
      CHANNELS.map((channel) => this.#listeners[channel].close({ linger: LINGER })),
    );
    this.#closed.resolve();
  }

  #read(frames: Uint8Array[], channel: RoutedChannel): Message | undefined {
    try {
      const message = parse(frames, this.#key);
      if (this.#key !== "") this.#seen.expectNew(signatureOf(frames));
      return message;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      refusal(channel)(error.message);
    }
  }
}

/** Logs what comes on a channel and is not taken. */
function refusal(channel: Channel): (reason: string) => void {
  return (reason) => console.error(`dials: ignored on ${channel}: ${reason}`);
}
