// Which comms are open, as told by the messages of both sides.

import type { CommInfoOk, CommInfoRequest } from "../protocol/content.ts";

/** The open comms of a kernel. */
export class OpenComms {
  /** The name of the target, by the comm's id. */
  readonly #targets = new Map<string, string>();

  /** Hears a message of either side. */
  hear(type: string, { comm_id, target_name }: Record<string, unknown>): void {
    if (typeof comm_id !== "string") return;
    if (type === "comm_open") this.#targets.set(comm_id, String(target_name));
    if (type === "comm_close") this.#targets.delete(comm_id);
  }

  /** The answer to a comm_info request. */
  info({ target_name }: CommInfoRequest): CommInfoOk {
    const wanted = [...this.#targets].filter(([, target]) =>
      target_name === undefined || target === target_name
    );
    const comms = wanted.map(([id, target]) => [id, { target_name: target }]);
    return { status: "ok", comms: Object.fromEntries(comms) };
  }

  /** Forgets all, and returns their ids. */
  clear(): string[] {
    const ids = [...this.#targets.keys()];
    this.#targets.clear();
    return ids;
  }
}
