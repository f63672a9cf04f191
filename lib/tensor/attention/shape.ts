// What fused attention is asked for with, and whether it may be computed.

import { ShapeError } from "../../errors.ts";
import type { Region } from "../products/product.ts";

/**
 * Sizes of causal attention. Queries and what comes out lie in memory as (B, T, H · D), keys and values as
 * (B, T, G · D), so that nothing has to be transposed. Strides count floats.
 */
export interface AttentionShape {
  readonly batch: number;
  /** T, positions. */
  readonly context: number;
  /** H, query heads. */
  readonly heads: number;
  /** G, key and value heads; consecutive query heads share one. */
  readonly groups: number;
  /** D, floats of a head. */
  readonly width: number;
  /** From one position of the queries to the next; H · D if they lie without gaps. */
  readonly rowQuery: number;
  /** The same for keys. */
  readonly rowKey: number;
  /** The same for values. */
  readonly rowValue: number;
}

/** Operands of the forward pass, in one memory. */
export interface ForwardOperands {
  readonly query: Region;
  readonly key: Region;
  readonly value: Region;
  /** (B, T, H · D). */
  readonly output: Region;
  /** What the backward pass wants to know again: {@linkcode statisticsSize} floats. */
  readonly statistics: Region;
}

/** Operands of the backward pass, in one memory. Gradients lie without gaps. */
export interface BackwardOperands {
  readonly query: Region;
  readonly key: Region;
  readonly value: Region;
  readonly statistics: Region;
  readonly outputGradient: Region;
  readonly queryGradient: Region;
  readonly keyGradient: Region;
  readonly valueGradient: Region;
}

/** Queries that are treated together at most, and so the unit in which statistics are stored. */
const MOST_TOGETHER = 32;

/** Floats of one head's statistics: for each query its greatest score and what to multiply by. */
export function headStatistics(context: number): number {
  return 2 * MOST_TOGETHER * Math.ceil(context / MOST_TOGETHER);
}

/** Floats of all statistics. */
export function statisticsSize({ batch, heads, context }: AttentionShape): number {
  return batch * heads * headStatistics(context);
}

/** The largest size or stride, in floats, that the offsets inside an instruction are sure to hold. */
const MOST_ROW = 2 ** 20;

/**
 * @param written the operands that are written; they must not overlap any other
 * @param bytes how much the memory holds
 * @throws {ShapeError} if a size cannot be, or an operand is not where or as long as it must be
 */
export function checkAttention(
  operands: ForwardOperands | BackwardOperands,
  shape: AttentionShape,
  { written, bytes }: { written: readonly string[]; bytes: number },
): void {
  const { batch, context, heads, groups, width, rowQuery, rowKey, rowValue } = shape;
  const sizes = { batch, context, heads, groups, width, rowQuery, rowKey, rowValue };
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(size) || size < 1 || size > MOST_ROW) {
      throw new ShapeError(`${name} of attention must be from 1 to ${MOST_ROW}, but is ${size}.`);
    }
  }
  if (heads % groups !== 0) {
    throw new ShapeError(
      `Attention needs key heads that divide the query heads, but got ${groups} for ${heads}.`,
    );
  }
  if (rowQuery < heads * width || Math.min(rowKey, rowValue) < groups * width) {
    throw new ShapeError(
      `Positions of attention lie ${rowQuery}, ${rowKey} and ${rowValue} floats apart, ` +
        `less than ${heads} and ${groups} heads of ${width} need.`,
    );
  }
  const extent = (row: number, columns: number) => (batch * context - 1) * row + columns;
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  const needs: Readonly<Record<string, number>> = {
    query: extent(rowQuery, ofQueries),
    key: extent(rowKey, ofKeys),
    value: extent(rowValue, ofKeys),
    output: extent(ofQueries, ofQueries),
    statistics: statisticsSize(shape),
    outputGradient: extent(ofQueries, ofQueries),
    queryGradient: extent(ofQueries, ofQueries),
    keyGradient: extent(ofKeys, ofKeys),
    valueGradient: extent(ofKeys, ofKeys),
  };
  const all = Object.entries(operands) as [string, Region][];
  for (const [name, { address, length }] of all) {
    // Written so that NaN fails too.
    if (!(length >= needs[name])) {
      throw new ShapeError(
        `Operand ${name} of attention holds ${length} floats, but needs ${needs[name]}.`,
      );
    }
    if (!(address >= 0 && address % 4 === 0 && address + 4 * length <= bytes)) {
      throw new ShapeError(
        `Operand ${name} of attention, ${length} floats at ${address}, ` +
          `is not inside the memory of ${bytes} bytes.`,
      );
    }
  }
  for (const [name, region] of all) {
    if (!written.includes(name)) continue;
    for (const [other, beside] of all) {
      if (name !== other && overlap(region, beside)) {
        throw new ShapeError(`Attention cannot write its ${name} over its ${other}.`);
      }
    }
  }
}

function overlap(x: Region, y: Region): boolean {
  return x.address < y.address + 4 * y.length && y.address < x.address + 4 * x.length;
}
