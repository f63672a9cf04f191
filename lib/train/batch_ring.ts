// Batches on their way to the workers. Data that only the thread which made it can draw from is drawn there,
// some steps ahead, and handed over through shared memory.

import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import { AbandonedError, Barrier } from "./barrier.ts";
import type { BatchSource, DrawOptions } from "./batch_source.ts";
import { Word } from "./run_memory.ts";

/** Steps that are drawn ahead. */
const AHEAD = 8;
/** Numbers before the ids of a batch: its rows and its context. */
const HEADER = 2;
/** Milliseconds of sleep between looks whether the run was given up. */
const PATIENCE = 500;

/** The shared memory of a ring, and the validation split beside it. */
export interface BatchRing {
  readonly slots: SharedArrayBuffer;
  readonly validation: readonly Batch[];
}

/** An empty ring for batches of the size that `options` say, with the validation split of `source`. */
export function makeRing(source: BatchSource, options: DrawOptions): BatchRing {
  const slots = new SharedArrayBuffer(4 * AHEAD * slotSize(options));
  return { slots, validation: [...source.validation()].map(share) };
}

/** Draws the batches of all steps that the ring has room for, `done` steps having been used. */
export function fillRing(
  ring: BatchRing,
  { source, options, words, done, steps }: {
    source: BatchSource;
    options: DrawOptions;
    words: Int32Array;
    done: number;
    steps: number;
  },
): void {
  for (let step = Atomics.load(words, Word.drawn); step < Math.min(done + AHEAD, steps); step++) {
    for (const [part, batch] of source.at(step).entries()) {
      put(batch, placeOf(ring, { step, part, options }));
    }
    Atomics.store(words, Word.drawn, step + 1);
    Atomics.notify(words, Word.drawn);
  }
}

/** The batches that come through the ring, for a worker. */
export function drawnFromRing(
  ring: BatchRing,
  { options, words }: { options: DrawOptions; words: Int32Array },
): BatchSource {
  return {
    at(step) {
      for (let drawn; (drawn = Atomics.load(words, Word.drawn)) <= step;) {
        if (Atomics.load(words, Barrier.abandoned) !== 0) {
          throw new AbandonedError("the run was given up");
        }
        Atomics.wait(words, Word.drawn, drawn, PATIENCE);
      }
      return Array.from(
        { length: options.accumulate },
        (_, part) => take(placeOf(ring, { step, part, options })),
      );
    },
    validation: () => ring.validation,
  };
}

function batchSize({ batch, context }: DrawOptions): number {
  return HEADER + 2 * batch * context;
}

function slotSize(options: DrawOptions): number {
  return options.accumulate * batchSize(options);
}

function placeOf(
  { slots }: BatchRing,
  { step, part, options }: { step: number; part: number; options: DrawOptions },
): Int32Array {
  const start = (step % AHEAD) * slotSize(options) + part * batchSize(options);
  return new Int32Array(slots, 4 * start, batchSize(options));
}

function put({ inputs, targets, batch, context }: Batch, place: Int32Array): void {
  const size = batch * context;
  if (HEADER + 2 * size > place.length || inputs.length !== size || targets.length !== size) {
    const most = (place.length - HEADER) / 2;
    throw new ConfigError(
      `The data gave a batch of ${batch} rows of ${context} tokens with ${inputs.length} inputs and ` +
        `${targets.length} targets; at most ${most} tokens were asked for.`,
    );
  }
  place[0] = batch;
  place[1] = context;
  place.set(inputs, HEADER);
  place.set(targets, HEADER + size);
}

function take(place: Int32Array): Batch {
  const [batch, context] = place;
  const size = batch * context;
  return {
    inputs: place.subarray(HEADER, HEADER + size),
    targets: place.subarray(HEADER + size, HEADER + 2 * size),
    batch,
    context,
  };
}

function share({ inputs, targets, batch, context }: Batch): Batch {
  return { inputs: shared(inputs), targets: shared(targets), batch, context };
}

function shared(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
