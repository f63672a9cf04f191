// An arithmetic coder: turns a row of symbols into nearly as few bits as their probabilities say, and back. Whoever
// predicts the symbols well gets a short file; that is all that makes prediction compression.
//
// The state is an interval of 32-bit integers that each symbol narrows to its share. Bits that both ends agree on are
// written and shifted out; where the ends close in on the middle without agreeing, the undecided bits are counted and
// written once the next one decides.

import { FormatError } from "../../errors.ts";

/** A symbol's share of an interval: from `start` to `end`, of `total`. */
export interface Share {
  readonly start: number;
  readonly end: number;
  /** At most {@linkcode MOST_TOTAL}. */
  readonly total: number;
}

/** The finest division of an interval. */
export const MOST_TOTAL = 2 ** 20;

const FULL = 2 ** 32;
const HALF = FULL / 2;
const QUARTER = FULL / 4;

/**
 * Writes symbols.
 *
 * @see Witten, Neal & Cleary 1987, "Arithmetic coding for data compression"
 */
export class ArithmeticEncoder {
  #low = 0;
  #high = FULL - 1;
  /** Bits that will be the opposite of the next one. */
  #undecided = 0;
  readonly #bits = new BitWriter();

  /** Narrows the interval to the share of one symbol. */
  encode({ start, end, total }: Share): void {
    const range = this.#high - this.#low + 1;
    this.#high = this.#low + Math.floor(range * end / total) - 1;
    this.#low += Math.floor(range * start / total);
    while (true) {
      if (this.#high < HALF) this.#write(0);
      else if (this.#low >= HALF) this.#write(1);
      else if (this.#low >= QUARTER && this.#high < HALF + QUARTER) this.#undecided++;
      else return;
      const offset = offsetOf(this.#low, this.#high);
      this.#low = 2 * (this.#low - offset);
      this.#high = 2 * (this.#high - offset) + 1;
    }
  }

  /** What has been written, ended so that it can be read. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#undecided++;
    this.#write(this.#low < QUARTER ? 0 : 1);
    return this.#bits.bytes();
  }

  #write(bit: number): void {
    this.#bits.push(bit);
    for (; this.#undecided > 0; this.#undecided--) this.#bits.push(1 - bit);
  }
}

/** Reads what an {@linkcode ArithmeticEncoder} wrote, given the same shares in the same order. */
export class ArithmeticDecoder {
  #low = 0;
  #high = FULL - 1;
  #value = 0;
  readonly #bits: BitReader;

  /** @param bytes what the encoder's `finish` gave */
  constructor(bytes: Uint8Array) {
    this.#bits = new BitReader(bytes);
    for (let i = 0; i < 32; i++) this.#value = 2 * this.#value + this.#bits.next();
  }

  /** Where in the interval the next symbol lies: from 0 to `total` − 1; its share holds that number. */
  position(total: number): number {
    const range = this.#high - this.#low + 1;
    return Math.min(total - 1, Math.floor(((this.#value - this.#low + 1) * total - 1) / range));
  }

  /**
   * Takes the symbol of that share as read.
   *
   * @throws {FormatError} if the bytes ended long before
   */
  advance({ start, end, total }: Share): void {
    const range = this.#high - this.#low + 1;
    this.#high = this.#low + Math.floor(range * end / total) - 1;
    this.#low += Math.floor(range * start / total);
    while (
      this.#high < HALF || this.#low >= HALF ||
      (this.#low >= QUARTER && this.#high < HALF + QUARTER)
    ) {
      const offset = offsetOf(this.#low, this.#high);
      this.#low = 2 * (this.#low - offset);
      this.#high = 2 * (this.#high - offset) + 1;
      this.#value = 2 * (this.#value - offset) + this.#bits.next();
    }
  }
}

/** What is taken off an interval before it is doubled: its lower half, its upper half or what surrounds its middle. */
function offsetOf(low: number, high: number): number {
  if (high < HALF) return 0;
  return low >= HALF ? HALF : QUARTER;
}

class BitWriter {
  #bytes = new Uint8Array(1024);
  #count = 0;

  push(bit: number): void {
    const at = this.#count >> 3;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[at] |= bit << (7 - (this.#count & 7));
    this.#count++;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, Math.ceil(this.#count / 8));
  }
}

/** Bits that may be read behind the end, where the encoder left out what makes no difference. */
const SPARE_BITS = 64;

class BitReader {
  readonly #bytes: Uint8Array;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number {
    const at = this.#count++;
    if (at >= 8 * this.#bytes.length + SPARE_BITS) {
      throw new FormatError(
        "The compressed text ends too early: it was cut off, or is of another model.",
      );
    }
    return (this.#bytes[at >> 3] >> (7 - (at & 7))) & 1;
  }
}
