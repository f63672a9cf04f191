// Attention made of matrix products and vector kernels, for where it cannot be generated as one function.
// Of the scores, only those of some queries of one head exist at a time.

import type { Arena } from "../arena/arena.ts";
import type { Multiply } from "../products/adaptive.ts";
import type { Region } from "../products/product.ts";
import type { Integer, KernelCode } from "../vectors/code.ts";
import type { KernelDefinition, KernelRunner } from "../vectors/kernels.ts";
import { exponential } from "../vectors/math.ts";
import type { FusedAttention } from "./generated.ts";
import {
  type AttentionShape,
  type BackwardOperands,
  checkAttention,
  type ForwardOperands,
} from "./shape.ts";

/** Queries that are treated together. */
const TOGETHER = 64;
const FLOAT = 4;

/** Some queries of one head, and where it finds its parts of the operands. */
interface Block {
  readonly queries: number;
  /** Keys that the first of them sees, and that the last does. */
  readonly first: number;
  readonly last: number;
  /** The part of an operand that begins at the block's first query. */
  ofQueries(operand: Region, row: number): Region;
  /** The part of an operand that begins at the first key of the head. */
  ofKeys(operand: Region, row: number): Region;
}

/** Computes attention with what else computes in an arena. */
export class BlockAttention implements FusedAttention {
  readonly #arena: Arena;
  readonly #kernels: KernelRunner;
  readonly #multiply: Multiply;

  constructor(
    arena: Arena,
    { kernels, multiply }: { kernels: KernelRunner; multiply: Multiply },
  ) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#multiply = multiply;
  }

  forward(shape: AttentionShape, operands: ForwardOperands): void {
    const written = ["output", "statistics"];
    const bytes = this.#arena.memory.buffer.byteLength;
    checkAttention(operands, shape, { written, bytes });
    const { width, heads } = shape;
    const { query, key, value, output } = operands;
    const rowC = heads * width;
    this.#withScratch(shape, ([weights]) => {
      for (const block of blocks(shape)) {
        this.#weigh(shape, block, { query, key, weights });
        this.#multiply({
          a: weights,
          b: block.ofKeys(value, shape.rowValue),
          c: block.ofQueries(output, rowC),
          ...{ m: block.queries, k: block.last, n: width, rowB: shape.rowValue, rowC },
        });
      }
    });
  }

  backward(shape: AttentionShape, operands: BackwardOperands): void {
    const written = ["queryGradient", "keyGradient", "valueGradient"];
    const bytes = this.#arena.memory.buffer.byteLength;
    checkAttention(operands, shape, { written, bytes });
    const { width: n, heads, groups, rowQuery, rowKey, rowValue } = shape;
    const { query, key, value, outputGradient, ...gradients } = operands;
    const [ofQueries, ofKeys] = [heads * n, groups * n];
    for (const { address, length } of [gradients.keyGradient, gradients.valueGradient]) {
      this.#arena.floats(address, length).fill(0);
    }
    this.#withScratch(shape, ([weights, scores]) => {
      for (const block of blocks(shape)) {
        const { queries, first, last } = block;
        this.#weigh(shape, block, { query, key, weights });
        const dy = block.ofQueries(outputGradient, ofQueries);
        this.#multiply({
          a: dy,
          b: block.ofKeys(value, rowValue),
          c: scores,
          ...{ m: queries, k: n, n: last, transposeB: true, rowA: ofQueries, rowB: rowValue },
        });
        const scale = 1 / Math.sqrt(n);
        this.#kernels.run(softmaxGradient, [
          ...[queries, last, first, last - first, scale],
          ...[weights.address, scores.address, scores.address + FLOAT * first],
        ]);
        this.#multiply({
          a: scores,
          b: block.ofKeys(key, rowKey),
          c: block.ofQueries(gradients.queryGradient, ofQueries),
          ...{ m: queries, k: last, n, rowB: rowKey, rowC: ofQueries },
        });
        const toKeys = { m: last, k: queries, n, transposeA: true, rowC: ofKeys, accumulate: true };
        this.#multiply({
          a: weights,
          b: dy,
          c: block.ofKeys(gradients.valueGradient, ofKeys),
          ...{ ...toKeys, rowB: ofQueries },
        });
        this.#multiply({
          a: scores,
          b: block.ofQueries(query, rowQuery),
          c: block.ofKeys(gradients.keyGradient, ofKeys),
          ...{ ...toKeys, rowB: rowQuery },
        });
      }
    });
  }

  /** The weights of a block, (queries, last). */
  #weigh(
    { width, rowQuery, rowKey }: AttentionShape,
    { queries, first, last, ofQueries, ofKeys }: Block,
    { query, key, weights }: { query: Region; key: Region; weights: Region },
  ): void {
    this.#multiply({
      a: ofQueries(query, rowQuery),
      b: ofKeys(key, rowKey),
      c: weights,
      ...{ m: queries, k: width, n: last, transposeB: true, rowA: rowQuery, rowB: rowKey },
    });
    this.#kernels.run(softmax, [
      ...[queries, last, first, last - first, 1 / Math.sqrt(width)],
      ...[weights.address, weights.address + FLOAT * first],
    ]);
  }

  /** Lends two buffers for the scores of a block. */
  #withScratch({ context }: AttentionShape, body: (buffers: readonly Region[]) => void): void {
    const length = Math.min(TOGETHER, context) * context;
    const buffers = [1, 2].map(() => ({ address: this.#arena.allocate(FLOAT * length), length }));
    try {
      body(buffers);
    } finally {
      for (const { address } of buffers) this.#arena.free(address, FLOAT * length);
    }
  }
}

/** All blocks of all heads. */
function* blocks({ batch, context, heads, groups, width }: AttentionShape): Generator<Block> {
  for (let text = 0; text < batch; text++) {
    for (let head = 0; head < heads; head++) {
      const group = Math.floor(head / (heads / groups));
      for (let start = 0; start < context; start += TOGETHER) {
        const queries = Math.min(TOGETHER, context - start);
        yield {
          ...{ queries, first: start + 1, last: start + queries },
          ofQueries: (operand, row) => part(operand, (text * context + start) * row + head * width),
          ofKeys: (operand, row) => part(operand, text * context * row + group * width),
        };
      }
    }
  }
}

/** What is left of a region behind so many floats. */
function part({ address, length }: Region, floats: number): Region {
  return { address: address + FLOAT * floats, length: length - floats };
}

const softmax: KernelDefinition = {
  name: "causal softmax",
  write(code) {
    const sizes = readSizes(code);
    const scale = code.number();
    const [x, behind] = [code.pointer(), code.pointer()];
    overTrapezium(code, { ...sizes, pointers: [x], behind }, (seen) => {
      const most = code.variable(-Infinity);
      code.columns(seen, () => code.gatherMax(most, code.load(x)));
      const top = code.largest(most);
      const sum = code.variable(0);
      code.columns(seen, () => {
        const difference = code.subtract(code.load(x), top);
        const e = exponential(code, code.multiply(difference, scale));
        code.store(x, e);
        code.gather(sum, e);
      });
      const share = code.divide(code.constant(1), code.sum(sum));
      code.columns(seen, () => code.store(x, code.multiply(code.load(x), share)));
    });
  },
};

const softmaxGradient: KernelDefinition = {
  name: "gradient of causal softmax",
  write(code) {
    const sizes = readSizes(code);
    const scale = code.number();
    const [y, dy, behind] = [code.pointer(), code.pointer(), code.pointer()];
    overTrapezium(code, { ...sizes, pointers: [y, dy], behind }, (seen) => {
      const dot = code.variable(0);
      code.columns(seen, () => code.gatherProduct(dot, code.load(y), code.load(dy)));
      const mean = code.sum(dot);
      code.columns(seen, () => {
        const pull = code.multiply(code.load(y), scale);
        code.store(dy, code.multiply(pull, code.subtract(code.load(dy), mean)));
      });
    });
  },
};

/** Rows of so many columns, of which the first sees some and not the others. */
interface Sizes {
  readonly rows: Integer;
  readonly columns: Integer;
  readonly seen: Integer;
  readonly hidden: Integer;
}

function readSizes(code: KernelCode): Sizes {
  return { rows: code.count(), columns: code.count(), seen: code.count(), hidden: code.count() };
}

/** Goes through rows of which each sees a column more than the one before; what is `behind` that becomes 0. */
function overTrapezium(
  code: KernelCode,
  { rows, columns, pointers, behind, ...first }: Sizes & {
    pointers: readonly Integer[];
    behind: Integer;
  },
  body: (seen: Integer) => void,
): void {
  const bytes = code.bytes(columns);
  const [seen, hidden] = [code.copy(first.seen), code.copy(first.hidden)];
  code.repeat(rows, () => {
    body(seen);
    code.columns(hidden, () => code.store(behind, code.constant(0)));
    for (const pointer of [...pointers, behind]) code.advance(pointer, bytes);
    code.advance(behind, FLOAT);
    code.advance(seen, 1);
    code.advance(hidden, -1);
  });
}
