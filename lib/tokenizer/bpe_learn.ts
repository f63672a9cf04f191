// The whole of a BPE's training: options checked, pieces counted, merges learned. In one go for a text at
// hand, or giving others a turn and using other cores for a text that arrives.

import { ConfigError } from "../errors.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import type { BpeParts } from "./bpe_json.ts";
import { learnMerges, type Merge } from "./bpe_train.ts";
import { BYTE_ORDER } from "./byte_alphabet.ts";
import { countFrom } from "./count_from.ts";
import { PieceCounter } from "./piece_counts.ts";
import { checkSpecialTokens } from "./special_tokens.ts";
import { isSplitName, type SplitName, SPLITS } from "./split.ts";
import { TextBlocks, type TextParts } from "./text_blocks.ts";
import type { TextSource } from "./text_source.ts";
import { checkWorkers } from "./worker_pool.ts";

/** How far a training has come. */
export interface BpeTrainingProgress {
  /** Counting the pieces of the text, then learning the merges. */
  readonly phase: "counting" | "merging";
  /** UTF-16 units counted, or tokens made. */
  readonly done: number;
  /** The number of tokens to make; while counting, the text's length if it was given whole. */
  readonly total?: number;
}

/** How a BPE is trained. */
export interface BpeTrainingOptions {
  /** The number of ids wanted, special tokens and the 256 bytes included. */
  vocabularySize: number;
  /** Texts that are one token each, such as `<|endoftext|>`; they take the first ids. */
  specialTokens?: readonly string[];
  /** How text is cut into pieces before merging: as for GPT-2, the default, or as for GPT-4. */
  split?: SplitName;
  /** A pair that occurs less often than this is not merged. */
  minimumFrequency?: number;
  /** Called now and then, and at the end of each phase. */
  onProgress?: (progress: BpeTrainingProgress) => void;
  /** Stops the training with its reason; by default the running cell's interrupt. */
  signal?: AbortSignal;
}

/** How a BPE is trained on a text that arrives. */
export interface BpeTrainFromOptions extends BpeTrainingOptions {
  /**
   * Whether the parts are chunks of one text, cut anywhere, as a file's stream gives them (the default), or
   * documents: then no token reaches from one into the next.
   */
  parts?: TextParts;
  /**
   * How many workers count pieces, while this thread reads and cuts. By default one for each other core, up to
   * eight, once 16 MB have come: shorter texts are done before workers have warmed up. The result is the same.
   */
  workers?: number;
}

/** Learns from a text at hand; see `BpeTokenizer.train`. */
export function learnBpe(
  text: string | Iterable<string>,
  { signal = cellSignal(), ...options }: BpeTrainingOptions,
): BpeParts {
  const plan = planOf(options);
  const reporter = new Reporter(options.onProgress);
  const counter = new PieceCounter(plan.split);
  const total = typeof text === "string" ? text.length : undefined;
  let done = 0;
  for (const block of blocksOf(typeof text === "string" ? [text] : text)) {
    signal?.throwIfAborted();
    counter.count(block);
    done += block.reduce((sum, { length }) => sum + length, 0);
    reporter.counted(done, total);
  }
  reporter.report({ phase: "counting", done, total });
  signal?.throwIfAborted();
  const steps = learnMerges(counter.counts, plan);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    reporter.report({ phase: "merging", done: step.value, total: plan.tokens });
    signal?.throwIfAborted();
  }
  return partsOf(plan, step.value, reporter);
}

/** Learns from a text that arrives; see `BpeTokenizer.trainFrom`. */
export async function learnBpeFrom(
  source: TextSource,
  { parts = "chunks", workers, signal = cellSignal(), ...options }: BpeTrainFromOptions,
): Promise<BpeParts> {
  const plan = planOf(options);
  if (workers !== undefined) checkWorkers(workers);
  if (parts !== "chunks" && parts !== "documents") {
    throw new ConfigError(`parts is ${JSON.stringify(parts)}; choose "chunks" or "documents".`);
  }
  const reporter = new Reporter(options.onProgress);
  let done = 0;
  const onCharacters = (read: number): void => reporter.counted(done = read, undefined);
  const { split } = plan;
  const counts = await countFrom(source, { split, parts, workers, onCharacters, signal });
  reporter.report({ phase: "counting", done, total: undefined });
  const steps = learnMerges(counts, plan);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    reporter.report({ phase: "merging", done: step.value, total: plan.tokens });
    await breathe();
    signal?.throwIfAborted();
  }
  return partsOf(plan, step.value, reporter);
}

function* blocksOf(texts: Iterable<string>): Generator<string[]> {
  const blocks = new TextBlocks("documents");
  for (const text of texts) yield* blocks.add(text);
  yield* blocks.rest();
}

/** Options, checked and worked out. */
interface Plan {
  readonly byteIds: Uint32Array;
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly split: SplitName;
  /** The first id of a merged token. */
  readonly firstId: number;
  /** How many of them to make. */
  readonly tokens: number;
  readonly minimumFrequency: number;
}

function planOf(
  { vocabularySize, specialTokens = [], split = "gpt2", minimumFrequency = 2 }: BpeTrainingOptions,
): Plan {
  checkSpecialTokens(specialTokens);
  checkVocabularySize(vocabularySize, specialTokens.length);
  checkSplit(split);
  if (!(minimumFrequency >= 1)) {
    throw new ConfigError(`minimumFrequency is ${minimumFrequency}; it must be 1 or more.`);
  }
  const byteIds = new Uint32Array(256);
  BYTE_ORDER.forEach((byte, index) => byteIds[byte] = specialTokens.length + index);
  const firstId = specialTokens.length + 256;
  return {
    byteIds,
    specialTokens: new Map(specialTokens.map((token, id) => [token, id])),
    split,
    firstId,
    tokens: vocabularySize - firstId,
    minimumFrequency,
  };
}

function partsOf(
  { byteIds, specialTokens, split, tokens }: Plan,
  merges: Merge[],
  reporter: Reporter,
): BpeParts {
  const made = new Set(merges.map(({ id }) => id)).size;
  reporter.report({ phase: "merging", done: made, total: tokens });
  return { byteIds, specialTokens, split, merges, merging: "merges" };
}

/** UTF-16 units that pass between two reports of counting. */
const UNITS_BETWEEN_REPORTS = 2 ** 20;

/** Passes reports on, not too many; the end of a phase always, but not twice. */
class Reporter {
  readonly #onProgress: BpeTrainingOptions["onProgress"];
  #last: BpeTrainingProgress | undefined;

  constructor(onProgress: BpeTrainingOptions["onProgress"]) {
    this.#onProgress = onProgress;
  }

  /** Reports how far the counting has come, if it is time. */
  counted(done: number, total: number | undefined): void {
    if (done - (this.#last?.done ?? 0) < UNITS_BETWEEN_REPORTS) return;
    this.report({ phase: "counting", done, total });
  }

  report(progress: BpeTrainingProgress): void {
    if (progress.phase === this.#last?.phase && progress.done === this.#last.done) return;
    this.#last = progress;
    this.#onProgress?.(progress);
  }
}

function checkSplit(split: unknown): void {
  if (isSplitName(split)) return;
  throw new ConfigError(
    `The split ${JSON.stringify(split)} is not known: choose ${
      Object.keys(SPLITS).map((name) => `"${name}"`).join(" or ")
    }.`,
  );
}

function checkVocabularySize(vocabularySize: number, specialTokens: number): void {
  const least = 256 + specialTokens;
  if (!Number.isInteger(vocabularySize) || vocabularySize < least) {
    const why = specialTokens === 0
      ? "one for each byte"
      : `one for each byte and ${specialTokens} for special tokens`;
    throw new ConfigError(
      `A byte-level BPE needs a vocabularySize of at least ${least} (${why}), a whole number, ` +
        `but ${vocabularySize} was given: raise it, or use CharTokenizer for a smaller vocabulary.`,
    );
  }
}
