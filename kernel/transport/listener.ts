// Listens at an address and speaks ZeroMQ with whoever connects.

import type { Address } from "../protocol/connection_file.ts";
import { type ByteStream, type ConnectionListener, ZmtpConnection } from "./zmtp/connection.ts";
import type { SocketType } from "./zmtp/handshake.ts";

/** What is done with what happens at an address. */
export interface EndListener extends ConnectionListener {
  /** Somebody was turned away. */
  refused(reason: string): void;
  /** A connection has ended. */
  closed(connection: ZmtpConnection): void;
}

/** Milliseconds until the next attempt where the system has no descriptors left for another connection. */
const RETRY = 100;

/** One bound end. */
export class Listener {
  readonly #accepting: Deno.Listener<Deno.Conn>;
  readonly #path: string | undefined;
  readonly #connections = new Set<ZmtpConnection>();
  #closed = false;

  private constructor(accepting: Deno.Listener<Deno.Conn>, path: string | undefined) {
    this.#accepting = accepting;
    this.#path = path;
  }

  /**
   * Listens at an address.
   *
   * @throws {Error} if it is taken or not of this machine
   */
  static bind(address: Address): Listener {
    if (!("path" in address)) return new Listener(Deno.listen(address), undefined);
    removeStale(address.path);
    const accepting = Deno.listen({ transport: "unix", path: address.path });
    return new Listener(accepting, address.path);
  }

  /** Speaks with all who connect as a socket of kind `type`, until it is closed. */
  async serve(type: SocketType, listener: EndListener): Promise<void> {
    while (!this.#closed) {
      try {
        const stream = await this.#accepting.accept();
        // Nothing waits for more to be sent with it.
        if ("setNoDelay" in stream) (stream as Deno.TcpConn).setNoDelay(true);
        void this.#speak(stream, { type, listener });
      } catch {
        if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** Sends what waits, for `linger` milliseconds at most, and ends all connections. */
  async close({ linger }: { linger: number }): Promise<void> {
    this.#closed = true;
    this.#accepting.close();
    if (this.#path !== undefined) removeStale(this.#path);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, linger));
    const drained = [...this.#connections].map((connection) => connection.drained());
    await Promise.race([Promise.all(drained), patience]);
    clearTimeout(timer);
    for (const connection of this.#connections) connection.close();
  }

  async #speak(
    stream: ByteStream,
    { type, listener }: { type: SocketType; listener: EndListener },
  ): Promise<void> {
    const connection = new ZmtpConnection(stream, { type, listener });
    this.#connections.add(connection);
    try {
      await connection.listen();
    } catch (error) {
      listener.refused((error as Error).message);
    } finally {
      this.#connections.delete(connection);
      listener.closed(connection);
    }
  }
}

/** Removes the file of a Unix socket: one that a killed kernel left would be in the way. */
function removeStale(path: string): void {
  try {
    if (Deno.lstatSync(path).isSocket) Deno.removeSync(path);
  } catch {
    // There is none.
  }
}
