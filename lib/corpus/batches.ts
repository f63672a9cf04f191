// Tokens as the model takes them: rows of `context` ids, and for each the id that comes next. Training
// draws its rows by chance; evaluation walks through all of them in order.

import { ConfigError, CorpusError } from "../errors.ts";
import { Random } from "../random.ts";

/** Rows to learn or to judge from, in row-major order. */
export interface Batch {
  /** (B, T) */
  readonly inputs: Int32Array;
  /** (B, T): the token after each of `inputs`. */
  readonly targets: Int32Array;
  /** B, the number of rows. */
  readonly batch: number;
  /** T, the number of tokens in a row. */
  readonly context: number;
}

/** What `sampleBatch` draws. */
export interface SampleBatchOptions {
  /** B, the number of rows. */
  batch: number;
  /** T, the number of tokens in a row. */
  context: number;
  /** Which run it is: another seed draws other rows. */
  seed: number;
  /** Which draw of the run it is. */
  step: number;
}

/**
 * A batch of rows that begin anywhere, each place as likely as any other.
 *
 * The rows depend on the seed and the step alone, so a run that was interrupted goes on with the
 * batches it would have had.
 *
 * @throws {CorpusError} if there are fewer than `context` + 1 tokens
 * @throws {ConfigError} if `batch` or `context` is not a whole number from 1
 */
export function sampleBatch(
  tokens: Uint32Array,
  { batch, context, seed, step }: SampleBatchOptions,
): Batch {
  checkRows(tokens, { batch, context });
  const random = new Random(seed, `batch ${step}`);
  const places = tokens.length - context; // the row's last target must be there too
  const starts = Array.from({ length: batch }, () => random.integer(places));
  return rowsAt(tokens, starts, context);
}

/**
 * All tokens in order, in windows that do not overlap: every token but the first, which nothing
 * precedes, is a target exactly once. The last, shorter window is a batch of its own.
 *
 * @throws {CorpusError} if there are fewer than `context` + 1 tokens
 * @throws {ConfigError} if `batch` or `context` is not a whole number from 1
 */
export function* windows(
  tokens: Uint32Array,
  { batch, context }: { batch: number; context: number },
): Generator<Batch> {
  checkRows(tokens, { batch, context });
  const targets = tokens.length - 1;
  const rest = targets % context;
  const whole = targets - rest;
  for (let start = 0; start < whole; start += batch * context) {
    const rows = Math.min(batch, (whole - start) / context);
    yield rowsAt(tokens, Array.from({ length: rows }, (_, row) => start + row * context), context);
  }
  if (rest > 0) yield rowsAt(tokens, [whole], rest);
}

function rowsAt(tokens: Uint32Array, starts: number[], context: number): Batch {
  const batch = starts.length;
  const inputs = new Int32Array(batch * context); // (B, T)
  const targets = new Int32Array(batch * context); // (B, T)
  for (const [row, start] of starts.entries()) {
    inputs.set(tokens.subarray(start, start + context), row * context);
    targets.set(tokens.subarray(start + 1, start + context + 1), row * context);
  }
  return { inputs, targets, batch, context };
}

function checkRows(
  tokens: Uint32Array,
  { batch, context }: { batch: number; context: number },
): void {
  for (const [name, value] of Object.entries({ batch, context })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new ConfigError(`${name} is ${value}; it must be a whole number from 1.`);
    }
  }
  if (tokens.length < context + 1) {
    throw new CorpusError(
      `A context of ${context} needs at least ${
        context + 1
      } tokens in each part of the corpus, but ` +
        `this part has ${tokens.length}: use a longer text or a shorter context.`,
    );
  }
}
