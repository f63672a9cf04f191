// The language of the vector kernels: what can be said in it, and how it is written down. A kernel is a
// TypeScript function that is called once with a `KernelCode` and says there, step by step, what is to
// be done; the steps are then translated to machine code and to WebAssembly, which differ in how many
// floats a vector holds. A kernel never asks how many.

/** Floats in a vector register: one number in each lane. A constant has no register. */
export interface Vector {
  readonly register: number;
  readonly constant?: Constant;
}

/** What a constant holds in every lane. */
export type Constant = { readonly value: number } | { readonly bits: number };

/** An address or a count in an integer register. */
export interface Integer {
  readonly integer: number;
}

/** An operation on two vectors, lane by lane; some take the lanes as 32-bit integers. */
export type Binary =
  | ("add" | "subtract" | "multiply" | "divide" | "max" | "min")
  | ("addBits" | "multiplyBits" | "and" | "xor");
/** A shift of the bits of each lane; `rightSigned` fills up with the highest bit, the others with 0. */
export type Shift = "left" | "right" | "rightSigned";

/** Which lanes a step may touch: all of them, or those that are left at the end of a row. */
export type Lanes = "all" | "rest";

/** One step of a kernel. */
export type Step =
  | { readonly step: "pointer" | "count"; readonly to: Integer; readonly word: number }
  | { readonly step: "number"; readonly to: Vector; readonly word: number }
  | { readonly step: "copy" | "bytes"; readonly to: Integer; readonly from: Integer }
  | { readonly step: "product"; readonly to: Integer; readonly a: Integer; readonly b: Integer }
  | { readonly step: "set"; readonly to: Integer; readonly value: number }
  | { readonly step: "advance"; readonly to: Integer; readonly by: Integer | number }
  | { readonly step: "loadInteger"; readonly to: Integer; readonly from: Integer }
  | { readonly step: "repeat"; readonly counter: Integer; readonly count: Integer }
  | { readonly step: "endRepeat"; readonly counter: Integer }
  | {
    readonly step: "whole";
    readonly index: Integer;
    readonly end: Integer;
    readonly count: Integer;
  }
  | { readonly step: "endWhole"; readonly index: Integer; readonly end: Integer }
  | {
    readonly step: "rest";
    readonly index: Integer;
    readonly left: Integer;
    readonly count: Integer;
  }
  | { readonly step: "endRest"; readonly index: Integer; readonly left: Integer }
  | {
    readonly step: "load";
    readonly to: Vector;
    readonly from: Integer;
    readonly index: Integer;
    readonly lanes: Lanes;
  }
  | {
    readonly step: "store";
    readonly to: Integer;
    readonly index: Integer;
    readonly from: Vector;
    readonly lanes: Lanes;
  }
  | { readonly step: "broadcast"; readonly to: Vector; readonly from: Integer }
  | { readonly step: "storeFirst"; readonly to: Integer; readonly from: Vector }
  | {
    readonly step: "binary";
    readonly operation: Binary;
    readonly to: Vector;
    readonly a: Vector;
    readonly b: Vector;
  }
  | { readonly step: "root"; readonly to: Vector; readonly a: Vector }
  | {
    readonly step: "shift";
    readonly direction: Shift;
    readonly bits: number;
    readonly to: Vector;
    readonly a: Vector;
  }
  | { readonly step: "places"; readonly to: Vector; readonly index: Integer }
  | {
    /** `to = c + a · b`, or `c − a · b`. */
    readonly step: "fused";
    readonly isNegated: boolean;
    readonly to: Vector;
    readonly a: Vector;
    readonly b: Vector;
    readonly c: Vector;
  }
  | { readonly step: "assign"; readonly to: Vector; readonly from: Vector }
  | {
    /** Adds `from` to a variable, or keeps the larger; lanes beyond a row's end change nothing. */
    readonly step: "gather";
    readonly operation: "add" | "max";
    readonly to: Vector;
    readonly from: Vector;
    readonly lanes: Lanes;
  }
  | {
    /** Puts the sum, or the largest, of all lanes into every lane. */
    readonly step: "across";
    readonly operation: "add" | "max";
    readonly to: Vector;
    readonly from: Vector;
  };

/** What the words of a kernel's argument block mean, in their order. */
export type ParameterKind = "pointer" | "count" | "number" | "bits";

/** Collects the steps of one kernel. */
export class KernelCode {
  readonly steps: Step[] = [];
  readonly parameters: ParameterKind[] = [];
  #vectors = 0;
  #integers = 0;
  /** The place in the row where the loop over columns is, while there is one. */
  #column: { readonly index: Integer; readonly lanes: Lanes } | undefined;

  /** The next argument, the address of an array. */
  pointer(): Integer {
    return this.#parameter("pointer", this.#integer());
  }

  /** The next argument, a whole number from 0 to 2³¹ − 1. */
  count(): Integer {
    return this.#parameter("count", this.#integer());
  }

  /** The next argument, a float, in every lane. */
  number(): Vector {
    const to = this.#vector();
    this.#add({ step: "number", to, word: this.parameters.push("number") - 1 });
    return to;
  }

  /** The next argument, a 32-bit integer, in every lane. */
  bits(): Vector {
    const to = this.#vector();
    this.#add({ step: "number", to, word: this.parameters.push("bits") - 1 });
    return to;
  }

  /** A copy that can be advanced by itself. */
  copy(from: Integer): Integer {
    const to = this.#integer();
    this.#add({ step: "copy", to, from });
    return to;
  }

  /** How many bytes `count` floats take. */
  bytes(count: Integer): Integer {
    const to = this.#integer();
    this.#add({ step: "bytes", to, from: count });
    return to;
  }

  product(a: Integer, b: Integer): Integer {
    const to = this.#integer();
    this.#add({ step: "product", to, a, b });
    return to;
  }

  /** A whole number from 0 to 2³¹ − 1. */
  integer(value: number): Integer {
    const to = this.#integer();
    this.#add({ step: "set", to, value });
    return to;
  }

  /** Moves a pointer on by so many bytes, or changes a count by as much. */
  advance(to: Integer, by: Integer | number): void {
    this.#add({ step: "advance", to, by });
  }

  /** The 32-bit integer at a pointer. */
  loadInteger(from: Integer): Integer {
    const to = this.#integer();
    this.#add({ step: "loadInteger", to, from });
    return to;
  }

  /** Runs `body` `count` times. */
  repeat(count: Integer, body: () => void): void {
    const counter = this.#integer();
    this.#add({ step: "repeat", counter, count });
    body();
    this.#add({ step: "endRepeat", counter });
  }

  /** Runs `body` along a row of `count` floats, as many at a time as a vector holds. */
  columns(count: Integer, body: () => void): void {
    const [index, end, left] = [this.#integer(), this.#integer(), this.#integer()];
    this.#add({ step: "whole", index, end, count });
    this.#column = { index, lanes: "all" };
    body();
    this.#add({ step: "endWhole", index, end });
    this.#add({ step: "rest", index, left, count });
    this.#column = { index, lanes: "rest" };
    body();
    this.#add({ step: "endRest", index, left });
    this.#column = undefined;
  }

  /** The floats of this column behind a pointer to the row; only inside `columns`. */
  load(from: Integer): Vector {
    const to = this.#vector();
    this.#add({ step: "load", to, from, ...this.#column! });
    return to;
  }

  /** Stores this column of a row; only inside `columns`. */
  store(to: Integer, from: Vector): void {
    this.#add({ step: "store", to, from: this.#inRegister(from), ...this.#column! });
  }

  /** The float at a pointer, in every lane. */
  broadcast(from: Integer): Vector {
    const to = this.#vector();
    this.#add({ step: "broadcast", to, from });
    return to;
  }

  /** Stores the first lane at a pointer. */
  storeFirst(to: Integer, from: Vector): void {
    this.#add({ step: "storeFirst", to, from: this.#inRegister(from) });
  }

  /** A number in every lane. */
  constant(value: number): Vector {
    return { register: -1, constant: { value } };
  }

  /** A 32-bit integer in every lane. */
  constantBits(bits: number): Vector {
    return { register: -1, constant: { bits } };
  }

  /** The places of these columns in their row, as 32-bit integers; only inside `columns`. */
  places(): Vector {
    const to = this.#vector();
    this.#add({ step: "places", to, index: this.#column!.index });
    return to;
  }

  /** A vector that `assign`, `gather` and `gatherProduct` can change. */
  variable(start: Vector | number): Vector {
    const to = this.#vector();
    this.assign(to, typeof start === "number" ? this.constant(start) : start);
    return to;
  }

  assign(to: Vector, from: Vector): void {
    this.#add({ step: "assign", to, from });
  }

  add(a: Vector, b: Vector): Vector {
    return this.#binary("add", a, b);
  }

  subtract(a: Vector, b: Vector): Vector {
    return this.#binary("subtract", a, b);
  }

  multiply(a: Vector, b: Vector): Vector {
    return this.#binary("multiply", a, b);
  }

  divide(a: Vector, b: Vector): Vector {
    return this.#binary("divide", a, b);
  }

  /** The larger; `b` where one of them is no number. */
  max(a: Vector, b: Vector): Vector {
    return this.#binary("max", a, b);
  }

  /** The smaller; `b` where one of them is no number. */
  min(a: Vector, b: Vector): Vector {
    return this.#binary("min", a, b);
  }

  addBits(a: Vector, b: Vector): Vector {
    return this.#binary("addBits", a, b);
  }

  multiplyBits(a: Vector, b: Vector): Vector {
    return this.#binary("multiplyBits", a, b);
  }

  and(a: Vector, b: Vector): Vector {
    return this.#binary("and", a, b);
  }

  xor(a: Vector, b: Vector): Vector {
    return this.#binary("xor", a, b);
  }

  root(a: Vector): Vector {
    const to = this.#vector();
    this.#add({ step: "root", to, a: this.#inRegister(a) });
    return to;
  }

  shift(direction: Shift, a: Vector, bits: number): Vector {
    const to = this.#vector();
    this.#add({ step: "shift", direction, bits, to, a: this.#inRegister(a) });
    return to;
  }

  /** `c + a · b`. */
  multiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
    return this.#fused(false, [a, b, c]);
  }

  /** `c − a · b`. */
  multiplySubtract(a: Vector, b: Vector, c: Vector): Vector {
    return this.#fused(true, [a, b, c]);
  }

  /** Adds this column to a variable. */
  gather(to: Vector, from: Vector): void {
    this.#gather("add", to, from);
  }

  /** Keeps the larger of a variable and this column. */
  gatherMax(to: Vector, from: Vector): void {
    this.#gather("max", to, from);
  }

  /** Adds the product of two columns to a variable. */
  gatherProduct(to: Vector, a: Vector, b: Vector): void {
    if (this.#column?.lanes === "rest") return this.gather(to, this.multiply(a, b));
    this.#add({ step: "fused", isNegated: false, to, a, b, c: to });
  }

  /** The sum of all lanes, in every lane. */
  sum(from: Vector): Vector {
    return this.#across("add", from);
  }

  /** The largest of all lanes, in every lane. */
  largest(from: Vector): Vector {
    return this.#across("max", from);
  }

  #parameter(step: "pointer" | "count", to: Integer): Integer {
    this.#add({ step, to, word: this.parameters.push(step) - 1 });
    return to;
  }

  #binary(operation: Binary, a: Vector, b: Vector): Vector {
    const to = this.#vector();
    this.#add({ step: "binary", operation, to, a: this.#inRegister(a), b });
    return to;
  }

  #fused(isNegated: boolean, [a, b, c]: [Vector, Vector, Vector]): Vector {
    const to = this.#vector();
    // At most one of the three is a constant, and never the first.
    const [first, second] = a.constant === undefined ? [a, b] : [b, a];
    const last = second.constant === undefined ? c : this.#inRegister(c);
    this.#add({ step: "fused", isNegated, to, a: first, b: second, c: last });
    return to;
  }

  #gather(operation: "add" | "max", to: Vector, from: Vector): void {
    const lanes = this.#column?.lanes ?? "all";
    this.#add({ step: "gather", operation, to, from: this.#inRegister(from), lanes });
  }

  #across(operation: "add" | "max", from: Vector): Vector {
    const to = this.#vector();
    this.#add({ step: "across", operation, to, from });
    return to;
  }

  #inRegister(value: Vector): Vector {
    return value.constant === undefined ? value : this.variable(value);
  }

  #vector(): Vector {
    return { register: this.#vectors++ };
  }

  #integer(): Integer {
    return { integer: this.#integers++ };
  }

  #add(step: Step): void {
    this.steps.push(step);
  }
}
