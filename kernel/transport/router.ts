// Knows its partners by their identities: each message that comes bears its sender's in front, and each that goes
// out that of its receiver.
// https://rfc.zeromq.org/spec/28/#the-router-socket-type

import { encodeHex } from "@std/encoding";
import type { EndListener } from "./listener.ts";
import type { ZmtpConnection } from "./zmtp/connection.ts";

/** Bytes of an identity that the router gives. */
const GIVEN_LENGTH = 5;

/** A socket of kind ROUTER. */
export class Router implements EndListener {
  readonly #receive: (frames: Uint8Array[]) => void;
  readonly #partners = new Map<string, ZmtpConnection>();
  readonly #identities = new WeakMap<ZmtpConnection, Uint8Array>();
  readonly refused: (reason: string) => void;
  #given = 0;

  constructor(
    { receive, refused }: {
      receive: (frames: Uint8Array[]) => void;
      refused: (reason: string) => void;
    },
  ) {
    this.#receive = receive;
    this.refused = refused;
  }

  opened(connection: ZmtpConnection): void {
    const { identity: own } = connection.peer;
    // Those that begin with 0 are the router's to give.
    const identity = own.length > 0 && own[0] !== 0 ? own : this.#give();
    this.#identities.set(connection, identity);
    // Who comes again under the same name has lost the former connection, whether that shows yet or not.
    this.#partners.set(encodeHex(identity), connection);
  }

  message(frames: Uint8Array[], connection: ZmtpConnection): void {
    this.#receive([this.#identities.get(connection)!, ...frames]);
  }

  closed(connection: ZmtpConnection): void {
    const identity = this.#identities.get(connection);
    if (identity === undefined) return;
    const name = encodeHex(identity);
    if (this.#partners.get(name) === connection) this.#partners.delete(name);
  }

  /** Sends a message to the partner whose identity stands in front; to nobody, if that one has gone. */
  send([identity, ...frames]: readonly Uint8Array[]): void {
    this.#partners.get(encodeHex(identity))?.send(frames);
  }

  #give(): Uint8Array {
    const identity = new Uint8Array(GIVEN_LENGTH);
    new DataView(identity.buffer).setUint32(1, ++this.#given);
    return identity;
  }
}
