// Those who listen to a kernel. What comes while somebody is away is kept, so that a closed lid, a lost network
// or a sleeping tab costs no output: whoever comes back under the same session id gets it.

import type { KernelMessage } from "../websocket/kernel_message.ts";

/** Somebody who listens. */
export interface Listener {
  hear(message: KernelMessage): void;
  /** Called when another listener has come under the same session id, or the kernel is gone. */
  dismiss(reason: string): void;
}

/** What is kept for somebody who is away. */
interface Missed {
  messages: KernelMessage[];
  bytes: number;
}

/** How many bytes are kept for one who is away; beyond, the oldest messages go. The outputs are recorded, too. */
const KEPT_BYTES = 32 * 2 ** 20;

/** How many who are away are remembered; beyond, those who left first are forgotten. */
const KEPT_ABSENT = 8;

/** The listeners of one kernel. */
export class Audience {
  readonly #present = new Map<string, Listener>();
  readonly #absent = new Map<string, Missed>();

  /** How many are listening. */
  get size(): number {
    return this.#present.size;
  }

  /** Adds a listener, who first gets what they missed. Somebody else under the same session id is dismissed. */
  join(session: string, listener: Listener): void {
    this.#present.get(session)?.dismiss("another connection has come under the same session id");
    this.#present.set(session, listener);
    const missed = this.#absent.get(session);
    this.#absent.delete(session);
    for (const message of missed?.messages ?? []) listener.hear(message);
  }

  /** The listener is away. What comes is kept for them from now on, and what they could not take before. */
  leave(session: string, listener: Listener, unheard: KernelMessage[] = []): void {
    if (this.#present.get(session) !== listener) return;
    this.#present.delete(session);
    const missed: Missed = { messages: [], bytes: 0 };
    for (const message of unheard) keep(missed, message);
    this.#absent.set(session, missed);
    if (this.#absent.size > KEPT_ABSENT) this.#absent.delete(this.#absent.keys().next().value!);
  }

  /** Tells everybody. */
  broadcast(message: KernelMessage): void {
    for (const listener of this.#present.values()) listener.hear(message);
    for (const missed of this.#absent.values()) keep(missed, message);
  }

  /** Tells one. */
  tell(session: string, message: KernelMessage): void {
    const listener = this.#present.get(session);
    const missed = this.#absent.get(session);
    if (listener !== undefined) listener.hear(message);
    else if (missed !== undefined) keep(missed, message);
  }

  /** Sends everybody away. */
  dismiss(reason: string): void {
    for (const listener of this.#present.values()) listener.dismiss(reason);
    this.#present.clear();
    this.#absent.clear();
  }
}

function keep(missed: Missed, message: KernelMessage): void {
  missed.messages.push(message);
  missed.bytes += message.size;
  while (missed.bytes > KEPT_BYTES) missed.bytes -= missed.messages.shift()!.size;
}
