// Reads ZeroMQ sockets by looking at them every few milliseconds. Under Deno a pending `receive` is not
// reliable: a socket that was woken without a message (a peer connected, a queue has room again) is not woken
// again, and a time limit on the wait crashes the process. A look costs about a microsecond.

import { setImmediate } from "node:timers";
import type { Reply, Router, XPublisher } from "zeromq";

/** Anything that can be read. */
export type ReadableSocket = Router | Reply | XPublisher;

/** How long after a message the next look comes at once, in milliseconds: requests often come in a row. */
const EAGER = 3;

/** How long after a message looks come every millisecond or two; later they come less often. */
const ATTENTIVE = 2_000;

/** The pause between looks when nothing has come for a while, in milliseconds. */
const LONGEST_PAUSE = 5;

/** How many messages of a socket are taken before the others have their turn. */
const TURN = 256;

/** Hands over the messages of several sockets as they come. */
export class Poller {
  readonly #sockets = new Map<ReadableSocket, (frames: Uint8Array[]) => void>();
  #lastMessage = performance.now();

  /** Calls `receive` with every message of `socket`, from {@linkcode Poller.run} on. */
  add(socket: ReadableSocket, receive: (frames: Uint8Array[]) => void): void {
    this.#sockets.set(socket, receive);
  }

  /**
   * Reads until all sockets are closed.
   *
   * @throws {Error} if a socket fails
   */
  async run(): Promise<void> {
    while (this.#sockets.size > 0) {
      for (const [socket, receive] of this.#sockets) {
        if (socket.closed) this.#sockets.delete(socket);
        else await this.#take(socket, receive);
      }
      await this.#pause();
    }
  }

  async #take(socket: ReadableSocket, receive: (frames: Uint8Array[]) => void): Promise<void> {
    for (let taken = 0; taken < TURN && !socket.closed && socket.readable; taken++) {
      receive(await socket.receive());
      this.#lastMessage = performance.now();
    }
  }

  #pause(): Promise<void> {
    const quiet = performance.now() - this.#lastMessage;
    if (quiet < EAGER) return new Promise((resolve) => setImmediate(resolve));
    const pause = quiet < ATTENTIVE ? 1 : LONGEST_PAUSE;
    return new Promise((resolve) => setTimeout(resolve, pause));
  }
}
