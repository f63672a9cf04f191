// What a decoder has computed for it: the loops in which its time goes. One implementation is machine code made
// at run time, another WebAssembly.

/** y = x · W for a few rows x. Addresses are in bytes, strides from row to row in floats. */
export interface RowProduct {
  readonly rows: number;
  readonly x: number;
  readonly strideX: number;
  readonly y: number;
  readonly strideY: number;
  /** How many numbers of each row of x, and rows of W, count. */
  readonly inputs: number;
  /** W as `[block][input][32]`: a packed matrix, or keys or values. */
  readonly w: number;
  readonly blocks: number;
  /** Bytes from a block to the next. */
  readonly blockStride: number;
  /** For bytes in place of floats: where their scales are. */
  readonly scales?: number;
  /** The same once for each of several heads, whose operands lie so many bytes apart; once by default. */
  readonly heads?: {
    readonly count: number;
    readonly x: number;
    readonly w: number;
    readonly y: number;
  };
}

/** How an activation is named where it is computed. */
export type RowActivation = "gelu" | "silu";

/** Rows of numbers, each with a shift of its own. */
export interface ExponentialRows {
  readonly x: number;
  readonly rows: number;
  /** Floats from a row to the next. */
  readonly stride: number;
  /** Of each row. */
  readonly length: number;
  /** At most {@linkcode MOST_SHIFTS} of each. */
  readonly shifts: ArrayLike<number>;
  /** Where the sums go. */
  readonly sums: number[];
}

/** Rows whose exponentials can be asked for at once. */
export const MOST_SHIFTS = 256;

/** The loops. Lengths are multiples of 32 floats. */
export interface Kernels {
  /** What they are, for people. */
  readonly name: string;
  /** y = x · W. Each number of y is a sum in the order of the inputs, whatever the number of rows. */
  multiply(product: RowProduct): void;
  /** x = e^(x − shift) for each number of each row, and the sum of each row. */
  exponentials(rows: ExponentialRows): void;
  /** x = activation(x), or activation(x) · `up` where that is given. */
  activate(activation: RowActivation, x: number, options: { length: number; up?: number }): void;
}
