// Sends messages on one ZeroMQ socket in order: a socket takes one at a time. Knows how much waits, so that
// whoever prints faster than front ends read can be slowed.

import { type Reply, type Router, XPublisher } from "zeromq";

/** Milliseconds between two attempts to send to a front end that does not keep up. */
const RETRY = 2;

/** Bytes that may wait before {@linkcode SendQueue.relieved} does. */
const CONGESTED = 8 << 20;

/**
 * How long a front end that does not read holds everybody up, in milliseconds, before it loses messages; for as
 * long the others then go ahead, until it gets another chance.
 */
const PATIENCE = 10_000;

/** The messages that wait for a socket. */
export class SendQueue {
  readonly #socket: Router | XPublisher | Reply;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #relieved: PromiseWithResolvers<void> | undefined;
  /** When those who do not read are waited for again; undefined while they are. */
  #patientAgainAt: number | undefined;

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
    if (this.#patientAgainAt !== undefined && performance.now() > this.#patientAgainAt) {
      this.#waitForAll(true);
    }
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
          console.error("dials: a front end does not read; it loses messages until it does");
          this.#waitForAll(false);
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** Whether a broadcast waits until there is room for it at every front end. */
  #waitForAll(wait: boolean): void {
    if (this.#socket instanceof XPublisher) this.#socket.noDrop = wait;
    this.#patientAgainAt = wait ? undefined : performance.now() + PATIENCE;
  }
}

/** Whether a call failed only because it would have had to wait. */
function isAgain(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "code") === "EAGAIN";
}
