// A small x86-64 assembler: bytes, labels and the general-purpose instructions that loops around
// vector code need. Vector instructions are in vector_instructions.ts.

/** A general-purpose register, by its number in instruction encodings. */
export type Register = number;

/** The sixteen general-purpose registers. */
export const RAX = 0, RCX = 1, RDX = 2, RBX = 3, RSP = 4, RBP = 5, RSI = 6, RDI = 7;
export const R8 = 8, R9 = 9, R10 = 10, R11 = 11, R12 = 12, R13 = 13, R14 = 14, R15 = 15;

/** A place in the code that jumps and calls can name before it is known. */
export interface Label {
  position: number | undefined;
  readonly uses: number[];
}

/** Memory at the address in `base` plus `offset` bytes. */
export interface Memory {
  readonly base: Register;
  readonly offset: number;
}

/**
 * Collects machine code. Every method appends one instruction.
 *
 * @see Intel, "64 and IA-32 Architectures Software Developer's Manual", volume 2
 */
export class Assembler {
  #bytes = new Uint8Array(4096);
  #length = 0;

  /** How many bytes have been written. */
  get position(): number {
    return this.#length;
  }

  /** The finished code. Every label that is used must have been placed. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Appends raw bytes; only the low eight bits of each value count. */
  bytes(...values: number[]): void {
    while (this.#length + values.length > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (const value of values) this.#bytes[this.#length++] = value;
  }

  /** Appends a signed 32-bit value, low byte first. */
  int32(value: number): void {
    if (value !== (value | 0)) {
      throw new RangeError(`${value} does not fit the 32 bits of an instruction's operand.`);
    }
    this.bytes(value, value >> 8, value >> 16, value >> 24);
  }

  /** A label that is placed later with {@linkcode place}. */
  label(): Label {
    return { position: undefined, uses: [] };
  }

  /** Lets `label` mean the next instruction. */
  place(label: Label): void {
    label.position = this.#length;
    for (const use of label.uses) this.#patch(use, label.position);
  }

  /** A label that means the next instruction. */
  here(): Label {
    return { position: this.#length, uses: [] };
  }

  /** The 32-bit distance from the end of this operand to `label`. */
  distanceTo(label: Label): void {
    const at = this.#length;
    label.uses.push(at);
    this.int32(0);
    if (label.position !== undefined) this.#patch(at, label.position);
  }

  #patch(at: number, target: number): void {
    new DataView(this.#bytes.buffer).setInt32(at, target - (at + 4), true);
  }

  /**
   * The ModRM byte, with what follows it, for a register and memory.
   *
   * @param scale what a one-byte offset counts in: 1, or the operand's size in EVEX encodings
   */
  modrm(reg: number, { base, offset }: Memory, scale = 1): void {
    const short = offset / scale;
    const isShort = Number.isInteger(short) && short >= -128 && short <= 127;
    this.bytes((isShort ? 0x40 : 0x80) | (reg & 7) << 3 | (base & 7));
    if ((base & 7) === RSP) this.bytes(0x24); // these two bases are spelled with a SIB byte
    if (isShort) this.bytes(short);
    else this.int32(offset);
  }

  /** `to = from`, 64 bits. */
  move(to: Register, from: Register): void {
    this.bytes(0x48 | (from >> 3) << 2 | to >> 3, 0x89, 0xc0 | (from & 7) << 3 | (to & 7));
  }

  /** `to = value`, from 0 to 2³¹ − 1. */
  moveConstant(to: Register, value: number): void {
    if (to >= 8) this.bytes(0x41);
    this.bytes(0xb8 | (to & 7));
    this.int32(value);
  }

  /** `to += value`, 64 bits; nothing where `value` is 0. */
  add(to: Register, value: number): void {
    if (value === 0) return;
    this.bytes(0x48 | to >> 3, 0x81, 0xc0 | (to & 7));
    this.int32(value);
  }

  /** `to = from + offset`, 64 bits. */
  address(to: Register, from: Memory): void {
    this.bytes(0x48 | (to >> 3) << 2 | from.base >> 3, 0x8d);
    this.modrm(to, from);
  }

  /** `to += from`, 64 bits. */
  addRegister(to: Register, from: Register): void {
    this.bytes(0x48 | (from >> 3) << 2 | to >> 3, 0x01, 0xc0 | (from & 7) << 3 | (to & 7));
  }

  /** `to −= from`, 64 bits. */
  subtractRegister(to: Register, from: Register): void {
    this.bytes(0x48 | (from >> 3) << 2 | to >> 3, 0x29, 0xc0 | (from & 7) << 3 | (to & 7));
  }

  /** `to = memory`, 32 bits, the upper half 0. */
  load32(to: Register, from: Memory): void {
    const rex = (to >> 3) << 2 | from.base >> 3;
    if (rex) this.bytes(0x40 | rex);
    this.bytes(0x8b);
    this.modrm(to, from);
  }

  /** `to = memory`, 64 bits. */
  load64(to: Register, from: Memory): void {
    this.bytes(0x48 | (to >> 3) << 2 | from.base >> 3, 0x8b);
    this.modrm(to, from);
  }

  /** `memory = from`, 64 bits. */
  store64(to: Memory, from: Register): void {
    this.bytes(0x48 | (from >> 3) << 2 | to.base >> 3, 0x89);
    this.modrm(from, to);
  }

  /** `memory += value`, 64 bits; nothing where `value` is 0. */
  addToMemory(to: Memory, value: number): void {
    if (value === 0) return;
    this.bytes(0x48 | to.base >> 3, 0x81);
    this.modrm(0, to);
    this.int32(value);
  }

  /** Fetches the cache line of `memory` into the first-level cache; any address will do. */
  prefetch(memory: Memory): void {
    if (memory.base >= 8) this.bytes(0x41);
    this.bytes(0x0f, 0x18);
    this.modrm(1, memory);
  }

  /** The same for a line that will be written. */
  prefetchToWrite(memory: Memory): void {
    if (memory.base >= 8) this.bytes(0x41);
    this.bytes(0x0f, 0x0d);
    this.modrm(1, memory);
  }

  /** `memory = from`, 32 bits. */
  store32(to: Memory, from: Register): void {
    const rex = (from >> 3) << 2 | to.base >> 3;
    if (rex) this.bytes(0x40 | rex);
    this.bytes(0x89);
    this.modrm(from, to);
  }

  push(register: Register): void {
    if (register >= 8) this.bytes(0x41);
    this.bytes(0x50 | (register & 7));
  }

  pop(register: Register): void {
    if (register >= 8) this.bytes(0x41);
    this.bytes(0x58 | (register & 7));
  }

  call(label: Label): void {
    this.bytes(0xe8);
    this.distanceTo(label);
  }

  return(): void {
    this.bytes(0xc3);
  }

  /** Runs `body` `count` times; `counter` is lost to the body. A single turn needs no loop. */
  repeat({ counter, count }: { counter: Register; count: number }, body: () => void): void {
    if (count === 0) return;
    if (count === 1) return body();
    this.moveConstant(counter, count);
    this.countDown(counter, body);
  }

  /** Runs `body` as often as `counter` says, at least once; `counter` is lost to the body. */
  countDown(counter: Register, body: () => void): void {
    const start = this.here();
    body();
    if (counter >= 8) this.bytes(0x41);
    this.bytes(0xff, 0xc8 | (counter & 7)); // dec
    this.jumpIfNotZero(start);
  }

  /** Goes on at `label` if `register` is 0. */
  jumpIfZero(register: Register, label: Label): void {
    this.bytes(0x48 | (register >> 3) << 2 | register >> 3, 0x85); // test
    this.bytes(0xc0 | (register & 7) << 3 | (register & 7));
    this.bytes(0x0f, 0x84);
    this.distanceTo(label);
  }

  /** `to =` the address of `label`. */
  addressOf(to: Register, label: Label): void {
    this.bytes(0x48 | (to >> 3) << 2, 0x8d, (to & 7) << 3 | 5);
    this.distanceTo(label);
  }

  /** Goes on at `label` unless the last sum or count was 0. */
  jumpIfNotZero(label: Label): void {
    this.bytes(0x0f, 0x85);
    this.distanceTo(label);
  }
}
