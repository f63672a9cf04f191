// Sends messages on one ZeroMQ socket in order: a socket takes one at a time. Knows how much waits, so that
// whoever prints faster than front ends read can be slowed.

import type { Reply, Router, XPublisher } from "zeromq";

/** Milliseconds between two attempts to send to a front end that does not keep up. */
const RETRY = 2;

/** Bytes that may wait before {@linkcode SendQueue.relieved} does. */
const CONGESTED = 8 << 20;

/** How long a front end that does not read holds everybody up, in milliseconds, before it loses messages. */
const PATIENCE = 10_000;

/** The messages that wait for a socket. */
export class SendQueue {
  readonly #socket: Router | XPublisher | Reply;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #relieved: PromiseWithResolvers<void> | undefined;

  /** A queue for `socket`, whose `sendTimeout` is zero: it says at once that it cannot send. */
  constructor(socket: Router | XPublisher | Reply) {
    this.#socket = socket;
  }

  /** Sends a message after those before it; resolves when ZeroMQ has it. */
  send(frames: Uint8Array[]): Promise<void> {
    const size = frames.reduce((bytes, frame) => bytes + frame.length, 0);
    this.#waiting += size;
    this.#last = this.#last.then(async () => {
      await this.#sendNow(frames);
      this.#waiting -= size;
      if (this.#waiting <= CONGESTED) {
        this.#relieved?.resolve();
        this.#relieved = undefined;
      }
    });
    return this.#last;
  }

  /** Resolves when little enough waits; undefined if that is so now. */
  relieved(): Promise<void> | undefined {
    if (this.#waiting <= CONGESTED) return undefined;
    this.#relieved ??= Promise.withResolvers();
    return this.#relieved.promise;
  }

  /** Resolves when all messages are with ZeroMQ. */
  async drained(): Promise<void> {
    await this.#last;
  }

  async #sendNow(frames: Uint8Array[]): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    while (!this.#socket.closed) {
      try {
        return await this.#socket.send(frames);
      } catch (error) {
        if (this.#socket.closed) return;
        if (!isAgain(error)) {
          console.error(`dials: a message could not be sent: ${error}`);
          return;
        }
        if (performance.now() > deadline) {
          console.error("dials: a message was dropped because a front end does not read");
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }
}

/** Whether a call failed only because it would have had to wait. */
function isAgain(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "code") === "EAGAIN";
}
