// Writes WebAssembly functions: as much of the binary format as a matrix product needs. All parameters
// and scalar locals are 32-bit integers; the memory is imported.
// See the WebAssembly Core Specification, chapter 5, and its SIMD and relaxed SIMD instructions.

/** A local variable of a function, or one of its parameters. */
export type Local = number;

const INT32 = 0x7f, VECTOR = 0x7b, EMPTY = 0x40;

/** The body of one function, as it is written. Parameters are the first locals. */
export class WasmFunction {
  readonly parameterCount: number;
  readonly #code: number[] = [];
  readonly #locals: number[] = [];

  constructor(parameterCount: number) {
    this.parameterCount = parameterCount;
  }

  /** The parameters, in their order. */
  parameters(): Local[] {
    return Array.from({ length: this.parameterCount }, (_, index) => index);
  }

  /** A new local for an address or a count, 0 at first. */
  integer(): Local {
    return this.parameterCount + this.#locals.push(INT32) - 1;
  }

  /** A new local for four floats. */
  vector(): Local {
    return this.parameterCount + this.#locals.push(VECTOR) - 1;
  }

  /** Pushes a local. */
  get(local: Local): this {
    return this.#append(0x20, ...unsigned(local));
  }

  /** Pops into a local. */
  set(local: Local): this {
    return this.#append(0x21, ...unsigned(local));
  }

  /** Pushes a 32-bit constant. */
  constant(value: number): this {
    return this.#append(0x41, ...signed(value));
  }

  /** Appends an instruction without operands of its own, or with those given as they are encoded. */
  instruction(code: number, ...operands: number[]): this {
    return this.#append(code, ...operands);
  }

  /** Appends a vector instruction with its operands as they are encoded. */
  vectorInstruction(code: number, ...operands: number[]): this {
    return this.#simd(code, operands);
  }

  /** `local += amount`, another local or a constant. */
  advance(local: Local, amount: { by: Local } | { bytes: number }): this {
    this.get(local);
    if ("by" in amount) this.get(amount.by);
    else this.constant(amount.bytes);
    return this.#append(0x6a).set(local);
  }

  /** Pops an address and pushes the four floats `offset` bytes behind it. */
  load(offset: number): this {
    return this.#simd(0, [2, ...unsigned(offset)]);
  }

  /** Pops an address and pushes the float `offset` bytes behind it, four times. */
  loadSplat(offset: number): this {
    return this.#simd(9, [2, ...unsigned(offset)]);
  }

  /** Pops four floats and an address, and stores them `offset` bytes behind it. */
  store(offset: number): this {
    return this.#simd(11, [2, ...unsigned(offset)]);
  }

  /** Pops an address and pushes the float there. */
  loadFloat(offset: number): this {
    return this.#append(0x2a, 2, ...unsigned(offset));
  }

  /** Pops a float and an address, and stores it. */
  storeFloat(offset: number): this {
    return this.#append(0x38, 2, ...unsigned(offset));
  }

  /** Pushes four zeros. */
  zeros(): this {
    return this.#simd(12, new Array(16).fill(0));
  }

  /** Pops two vectors of four floats and pushes their sums. */
  add(): this {
    return this.#simd(228);
  }

  /** `sum += a · b` on three vectors; rounded once with relaxed SIMD, else twice. */
  multiplyAdd(
    sum: Local,
    factors: readonly [Local, Local],
    { relaxed }: { relaxed: boolean },
  ): this {
    if (relaxed) return this.get(factors[0]).get(factors[1]).get(sum).#simd(0x105).set(sum);
    return this.get(sum).get(factors[0]).get(factors[1]).#simd(230).#simd(228).set(sum);
  }

  /** Runs `body` as often as `count` says, which counts down to 0. */
  repeat(count: Local, body: () => void): void {
    this.#append(0x02, EMPTY).get(count).#append(0x45, 0x0d, 0); // not at all if 0
    this.#append(0x03, EMPTY);
    body();
    this.get(count).#append(0x41, 1, 0x6b, 0x22, ...unsigned(count), 0x0d, 0);
    this.#append(0x0b, 0x0b);
  }

  /** The function as it stands in a module's code section. */
  encode(): number[] {
    const locals = this.#locals.flatMap((type) => [1, type]);
    const body = [...unsigned(this.#locals.length), ...locals, ...this.#code, 0x0b];
    return [...unsigned(body.length), ...body];
  }

  #simd(code: number, immediate: readonly number[] = []): this {
    return this.#append(0xfd, ...unsigned(code), ...immediate);
  }

  #append(...bytes: number[]): this {
    this.#code.push(...bytes);
    return this;
  }
}

/** The most pages that any memory can have. */
const MOST_PAGES = 65_536;

/** A module that imports the shared `memory` from `host` and exports functions by their names. */
export function encodeModule(functions: Readonly<Record<string, WasmFunction>>): Uint8Array<
  ArrayBuffer
> {
  const all = Object.entries(functions);
  const types = all.map(([, { parameterCount }]) => [
    0x60,
    ...vectorOf(new Array(parameterCount).fill([INT32])),
    0,
  ]);
  const memoryImport = [...text("host"), ...text("memory"), 0x02, 0x03, 1, ...unsigned(MOST_PAGES)];
  const exports = all.map(([name], index) => [...text(name), 0x00, ...unsigned(index)]);
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [memoryImport]),
    ...section(3, all.map((_, index) => unsigned(index))),
    ...section(7, exports),
    ...section(10, all.map(([, body]) => body.encode())),
  ]);
}

function section(id: number, entries: readonly number[][]): number[] {
  const content = vectorOf(entries);
  return [id, ...unsigned(content.length), ...content];
}

function vectorOf(entries: readonly number[][]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(value: string): number[] {
  return vectorOf([...new TextEncoder().encode(value)].map((byte) => [byte]));
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 | 0x80);
  return [...bytes, value];
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (; value < -64 || value > 63; value >>= 7) bytes.push(value & 127 | 0x80);
  return [...bytes, value & 127];
}
