// Sends each message to all who have subscribed to its topic, the first frame. Whoever reads too slowly slows
// the sender; whoever does not read at all loses messages, so that the others can go ahead.
// https://rfc.zeromq.org/spec/29/#the-xpub-socket-type

import type { EndListener } from "./listener.ts";
import { CANCEL, SUBSCRIBE, type ZmtpConnection } from "./zmtp/connection.ts";
import { ZmtpError } from "./zmtp/framing.ts";

/** Bytes that may wait for one subscriber before {@linkcode Publisher.relieved} does. */
const CONGESTED = 8 << 20;

/** How long a subscriber that reads nothing holds everybody up, in milliseconds, before it loses messages. */
const PATIENCE = 10_000;

/** Bytes of the longest topic: Jupyter's are names of message types. */
const LONGEST_TOPIC = 1_024;

/** Topics that one front end may subscribe to. */
const MOST_TOPICS = 1_000;

/** Milliseconds between two looks at those who hold everybody up. */
const INTERVAL = 500;

/** Bytes as text of as many characters, so that topics compare byte by byte. */
const latin1 = new TextDecoder("latin1");

/** Somebody who listens. */
interface Subscriber {
  /** Each topic as often as it was subscribed to. */
  topics: string[];
  /** When it last read something, or had nothing to read. */
  progressAt: number;
  /** Whether it loses messages. */
  isLosing: boolean;
}

/** A socket of kind XPUB. */
export class Publisher implements EndListener {
  readonly refused: (reason: string) => void;
  readonly #welcome: (topic: string, connection: ZmtpConnection) => void;
  readonly #subscribers = new Map<ZmtpConnection, Subscriber>();
  #relieved: PromiseWithResolvers<void> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  /** Calls `welcome` with every new subscription. */
  constructor(
    { welcome, refused }: {
      welcome: (topic: string, connection: ZmtpConnection) => void;
      refused: (reason: string) => void;
    },
  ) {
    this.#welcome = welcome;
    this.refused = refused;
  }

  opened(connection: ZmtpConnection): void {
    const progressAt = performance.now();
    this.#subscribers.set(connection, { topics: [], progressAt, isLosing: false });
  }

  message([frame]: Uint8Array[], connection: ZmtpConnection): void {
    if (frame.length > LONGEST_TOPIC) throw new ZmtpError("a subscription's topic is too long");
    const { topics } = this.#subscribers.get(connection)!;
    const topic = latin1.decode(frame.subarray(1));
    if (frame[0] === SUBSCRIBE) {
      if (topics.length === MOST_TOPICS) {
        throw new ZmtpError("a peer subscribes to too many topics");
      }
      topics.push(topic);
      this.#welcome(new TextDecoder().decode(frame.subarray(1)), connection);
    } else if (frame[0] === CANCEL && topics.includes(topic)) {
      topics.splice(topics.indexOf(topic), 1);
    }
  }

  progress(connection: ZmtpConnection): void {
    const subscriber = this.#subscribers.get(connection);
    if (subscriber === undefined) return;
    subscriber.progressAt = performance.now();
    if (connection.waiting <= CONGESTED) {
      subscriber.isLosing = false;
      this.#relieve();
    }
  }

  closed(connection: ZmtpConnection): void {
    this.#subscribers.delete(connection);
    this.#relieve();
  }

  /** Sends a message to those who want it. */
  send(frames: readonly Uint8Array[]): void {
    const topic = latin1.decode(frames[0]);
    for (const [connection, subscriber] of this.#subscribers) {
      if (subscriber.isLosing) continue;
      if (!subscriber.topics.some((wanted) => topic.startsWith(wanted))) continue;
      if (connection.waiting === 0) subscriber.progressAt = performance.now();
      connection.send(frames);
    }
  }

  /** Resolves when little enough waits; undefined if that is so now. */
  relieved(): Promise<void> | undefined {
    if (!this.#isCongested()) return undefined;
    this.#watch ??= setInterval(() => this.#loseSilent(), INTERVAL);
    this.#relieved ??= Promise.withResolvers();
    return this.#relieved.promise;
  }

  /** Those who read nothing are waited for no longer. */
  #loseSilent(): void {
    for (const [connection, subscriber] of this.#subscribers) {
      const silent = performance.now() - subscriber.progressAt;
      if (subscriber.isLosing || connection.waiting <= CONGESTED || silent < PATIENCE) continue;
      subscriber.isLosing = true;
      console.error("dials: a front end does not read; it loses messages until it does");
    }
    this.#relieve();
  }

  #isCongested(): boolean {
    return [...this.#subscribers].some(([connection, { isLosing }]) =>
      !isLosing && connection.waiting > CONGESTED
    );
  }

  #relieve(): void {
    if (this.#relieved === undefined || this.#isCongested()) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#relieved.resolve();
    this.#relieved = undefined;
  }
}
