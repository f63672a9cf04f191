// How much time and memory a run takes, before it starts.

import { ConfigError } from "../errors.ts";
import type { ModelConfig } from "../model/config.ts";
import type { Layout } from "./layout.ts";
import type { CompleteTrainingOptions } from "./options.ts";

/** What a run is going to take. */
export interface RunEstimate {
  /** Time of all its steps and evaluations, in seconds. */
  readonly seconds: number;
  /** Memory of this process while it runs, in bytes. */
  readonly bytes: number;
}

/** What the memory of a run depends on. */
export interface RunSize {
  readonly config: ModelConfig;
  readonly options: Pick<CompleteTrainingOptions, "batch" | "context" | "ema">;
  readonly layout: Layout;
  /** Numbers the optimiser remembers. */
  readonly stateSize: number;
  readonly workers: number;
}

/** Deno, tfjs and their code: in the process, and again in each worker. */
const PROGRAM = { process: 100e6, worker: 60e6 };
/** What one WebAssembly memory, and so all tensors together, can hold. */
const MOST_FOR_TENSORS = 4 * 2 ** 30;
/**
 * Share of all results of the way forward that are there at once: a repeated step uses memory again as soon as nothing
 * needs it. Measured at 4 layers of 128 and 6 of 384: 0.3 where steps are repeated, 0.6 where they are not.
 */
const HELD = 0.6;

/** Memory that a run needs, in bytes: what does not depend on the batch, and what each of its rows adds. */
export function memoryNeeded(
  { config, options, layout, stateSize, workers }: RunSize,
): { fixed: number; row: number } {
  const { layers, heads, headWidth, width, mlpWidth, vocabularySize } = config;
  const copies = 2 + workers + (options.ema > 0 ? 1 : 0); // parameters, the last good ones, gradients
  const numbers = copies * layout.size + stateSize;
  // Attention keeps no matrix of positions by positions.
  const block = 16 * width + 4 * heads * headWidth + 4 * mlpWidth;
  const token = layers * block + 3 * vocabularySize;
  return { fixed: 4 * numbers, row: 4 * HELD * token * options.context };
}

/**
 * Refuses a run for which there is not enough memory.
 *
 * @param available free memory in bytes; by default what the system says
 * @throws {ConfigError} saying which batch would fit
 */
export function expectToFit(size: RunSize, { available = availableMemory() } = {}): void {
  const { fixed, row } = memoryNeeded(size);
  const room = Math.min(
    MOST_FOR_TENSORS,
    available - PROGRAM.process - size.workers * PROGRAM.worker,
  );
  const { batch } = size.options;
  if (fixed + batch * row <= room) return;
  const most = Math.floor((room - fixed) / row);
  const advice = most >= 1
    ? `A batch of ${most} would fit, with accumulate: ${Math.ceil(batch / most)} to make up for it`
    : "Not even one row would fit: choose a smaller model or a shorter context";
  throw new ConfigError(
    `This run needs about ${gigabytes(fixed + batch * row)}, but there is room for ${
      gigabytes(Math.max(0, room))
    }. ${advice}.`,
  );
}

function availableMemory(): number {
  try {
    return Deno.systemMemoryInfo().available;
  } catch {
    return Infinity; // a sandbox may not tell
  }
}

function gigabytes(bytes: number): string {
  return `${Number((bytes / 1e9).toPrecision(2))} GB`;
}
