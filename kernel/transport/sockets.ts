// The kernel's ends of the five channels: shell, control and stdin route requests and replies, IOPub
// broadcasts, the heartbeat echoes. Only whole messages with the right signature come through.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#introduction

import { Reply, Router, XPublisher } from "zeromq";
import {
  type Channel,
  channelAddress,
  CHANNELS,
  type ConnectionInfo,
} from "../protocol/connection_file.ts";
import type { Message } from "../protocol/message.ts";
import { parse, serialize, signatureOf, WireError } from "../protocol/wire.ts";
import { Poller } from "./poller.ts";
import { SendQueue } from "./send_queue.ts";
import { SeenSignatures } from "./seen_signatures.ts";

/** The channels on which requests come and replies go. */
export type RoutedChannel = "shell" | "control" | "stdin";

/** Messages that may wait in ZeroMQ for one front end before sending waits. */
const HIGH_WATER_MARK = 200;

/** The first byte of a subscription; 0 ends one. */
const SUBSCRIBE = 1;

/** What front ends send. */
export interface Receiver {
  /** A request on shell or control, or an answer on stdin. */
  receive(channel: RoutedChannel, message: Message): void;
  /** Somebody subscribed to a topic on IOPub. */
  welcome(topic: string): void;
}

/** How long closing waits for the last messages to leave, in milliseconds. */
const LINGER = 1_000;

/** The five bound sockets. */
export class Sockets {
  readonly #key: string;
  readonly #routers: Record<RoutedChannel, Router>;
  readonly #iopub: XPublisher;
  readonly #heartbeat: Reply;
  readonly #queues: Record<Channel, SendQueue>;
  readonly #seen = new SeenSignatures();

  private constructor(key: string) {
    const options = { linger: LINGER, sendTimeout: 0 };
    const router = () => new Router({ ...options, sendHighWaterMark: 0 });
    this.#key = key;
    this.#routers = { shell: router(), control: router(), stdin: router() };
    this.#iopub = new XPublisher({
      ...options,
      sendHighWaterMark: HIGH_WATER_MARK,
      noDrop: true,
      verbosity: "allSubs",
    });
    this.#heartbeat = new Reply(options);
    this.#queues = {
      shell: new SendQueue(this.#routers.shell),
      control: new SendQueue(this.#routers.control),
      stdin: new SendQueue(this.#routers.stdin),
      iopub: new SendQueue(this.#iopub),
      hb: new SendQueue(this.#heartbeat),
    };
  }

  /**
   * Listens where the connection file says.
   *
   * @throws {Error} if an address is taken or not of this machine
   */
  static async bind(connection: ConnectionInfo): Promise<Sockets> {
    const sockets = new Sockets(connection.key);
    for (const channel of CHANNELS) {
      const address = channelAddress(connection, channel);
      try {
        await sockets.#socket(channel).bind(address);
      } catch (error) {
        await sockets.close();
        throw new Error(`cannot listen on ${address} for ${channel}: ${(error as Error).message}`);
      }
    }
    return sockets;
  }

  /**
   * Hands over what arrives until the sockets are closed. What is no message of ours is logged and forgotten.
   *
   * @throws {Error} if a socket fails
   */
  async serve(receiver: Receiver): Promise<void> {
    const poller = new Poller();
    for (const channel of ["shell", "control", "stdin"] as const) {
      poller.add(this.#routers[channel], (frames) => {
        const message = this.#read(frames, channel);
        if (message !== undefined) receiver.receive(channel, message);
      });
    }
    poller.add(this.#iopub, ([frame]) => {
      if (frame?.[0] === SUBSCRIBE) receiver.welcome(new TextDecoder().decode(frame.subarray(1)));
    });
    poller.add(this.#heartbeat, (frames) => void this.#queues.hb.send(frames));
    await poller.run();
  }

  /** Sends a reply or a request to one front end. */
  send<Content>(channel: RoutedChannel, message: Message<Content>): Promise<void> {
    return this.#queues[channel].send(serialize(message, this.#key));
  }

  /** Broadcasts a message. */
  publish<Content>(message: Message<Content>): Promise<void> {
    return this.#queues.iopub.send(serialize(message, this.#key));
  }

  /** Resolves when front ends have caught up with what was broadcast; undefined if they have. */
  relieved(): Promise<void> | undefined {
    return this.#queues.iopub.relieved();
  }

  /** Sends what waits and lets the sockets go. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.drained()));
    for (const channel of CHANNELS) this.#socket(channel).close();
  }

  #socket(channel: Channel): Router | XPublisher | Reply {
    if (channel === "iopub") return this.#iopub;
    if (channel === "hb") return this.#heartbeat;
    return this.#routers[channel];
  }

  #read(frames: Uint8Array[], channel: RoutedChannel): Message | undefined {
    try {
      const message = parse(frames, this.#key);
      if (this.#key !== "") this.#seen.expectNew(signatureOf(frames));
      return message;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(`dials: ignored on ${channel}: ${error.message}`);
    }
  }
}
