// A message of a kernel on its way to front ends, in the form that each of them speaks. Many may hear the same
// message, so each form is made once, when it is first needed.

import type { ClientChannel } from "../../client/channels.ts";
import type { MessageFrames } from "../../protocol/wire.ts";
import { toLegacy } from "./framing_legacy.ts";
import { toV1 } from "./framing_v1.ts";

/** A message and the channel it came on. */
export class KernelMessage {
  readonly channel: ClientChannel;
  readonly frames: MessageFrames;
  /** How many bytes it has. */
  readonly size: number;
  #v1: Uint8Array<ArrayBuffer> | undefined;
  #legacy: string | Uint8Array<ArrayBuffer> | undefined;

  constructor(channel: ClientChannel, frames: MessageFrames) {
    this.channel = channel;
    this.frames = frames;
    const { header, parentHeader, metadata, content, buffers } = frames;
    this.size = [header, parentHeader, metadata, content, ...buffers]
      .reduce((sum, { length }) => sum + length, 0);
  }

  /** As subprotocol `v1.kernel.websocket.jupyter.org` has it. */
  get v1(): Uint8Array<ArrayBuffer> {
    return this.#v1 ??= toV1(this.channel, this.frames);
  }

  /** As front ends without a subprotocol have it. */
  get legacy(): string | Uint8Array<ArrayBuffer> {
    return this.#legacy ??= toLegacy(this.channel, this.frames);
  }
}
