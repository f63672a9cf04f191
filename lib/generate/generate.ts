// Text from a model: what can be asked for, and the forms it comes in. The loop is in continue.ts.

import { ConfigError } from "../errors.ts";
import { cellSignal } from "../interrupt.ts";
import { type Addition, type Beginning, continueTexts, type TextCodec } from "./continue.ts";
import { logSoftmax, mostLikely, type ScoredToken } from "./log_probabilities.ts";
import { checkPrecision, openReader, type Precision } from "./open_reader.ts";
import { TextPieces } from "./pieces.ts";
import type { LanguageModel } from "./reader.ts";
import { checkSampling, type SamplingOptions } from "./sampling.ts";

export type { TextCodec } from "./continue.ts";

/** Options of {@linkcode generate} beyond the prompt. */
export interface ContinueOptions extends SamplingOptions {
  /** How many tokens to generate at most. */
  tokens: number;
  /** Whether the text begins with the prompt itself. Default false: only what the model adds. */
  echo?: boolean;
  /** Names the draw: the same seed gives the same text. A different text every time by default. */
  seed?: number;
  /** Strings that end the text; they are not part of it. */
  stop?: readonly string[];
  /** Tokens that end the text, such as that of a turn's end; they are not part of it. */
  stopTokens?: readonly number[];
  /**
   * What happens when the text outgrows the model's context: it `"stop"`s, or the model's sight `"slide"`s on,
   * the default, and the oldest quarter of what it sees falls out of it.
   */
  beyond?: "slide" | "stop";
  /**
   * `"int8"` reads the model's matrices rounded to a quarter of their size: much faster where they are large, and
   * close to the same. Default `"float32"`.
   */
  precision?: Precision;
  /** Ends the text early when aborted. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** Options of {@linkcode generate}. */
export interface GenerateOptions extends ContinueOptions {
  /**
   * The text to continue, or its tokens. Empty by default: the model then begins as after a line break.
   */
  prompt?: string | Uint32Array;
}

/** A token that a model has written. */
export interface GeneratedToken extends ScoredToken {
  /** Its text; bytes that are only part of a character are U+FFFD. */
  readonly text: string;
  /** The tokens that were most likely in its place, the likeliest first. */
  readonly alternatives: readonly (ScoredToken & { readonly text: string })[];
}

/** Texts that are written at the same time; others begin where some have ended. */
const TOGETHER = 32;

/**
 * Continues a prompt, in pieces as they come. A piece never holds half a character. When the signal is aborted the
 * text ends where it is.
 *
 * @returns the text the model adds to the prompt, piece by piece
 * @throws {ConfigError} if an option is out of its range or the tokenizer does not fit the model
 *
 * @example
 * ```ts
 * for await (const piece of generate(model, tokenizer, { prompt: "The ", tokens: 200, temperature: 0.8 })) {
 *   await Deno.stdout.write(new TextEncoder().encode(piece));
 * }
 * ```
 */
export function generate(
  model: LanguageModel,
  tokenizer: TextCodec,
  options: GenerateOptions,
): AsyncIterable<string> {
  const { prompt = "", echo = false } = options;
  const additions = start(model, tokenizer, { ...options, prompts: [prompt] });
  const shown = echo ? textOf(prompt, tokenizer) : "";
  return piecesOf(additions, shown);
}

/**
 * Continues a prompt and resolves to the whole text.
 *
 * @throws as {@linkcode generate}
 *
 * @example
 * ```ts
 * await generateText(model, tokenizer, { prompt: "The ", tokens: 50, echo: true, seed: 1 });
 * ```
 */
export async function generateText(
  model: LanguageModel,
  tokenizer: TextCodec,
  options: GenerateOptions,
): Promise<string> {
  let text = "";
  for await (const piece of generate(model, tokenizer, options)) text += piece;
  return text;
}

/**
 * Continues several prompts, of any lengths, at the same time, which takes less than one after the other. With a
 * seed, the prompt at index `i` is continued as {@linkcode generateText} would with `seed + i`.
 *
 * @returns one text a prompt, in order; if the signal was aborted they end where they are
 * @throws as {@linkcode generate}
 */
export async function generateTexts(
  model: LanguageModel,
  tokenizer: TextCodec,
  { prompts, seed = freshSeed(), ...options }: ContinueOptions & {
    prompts: readonly (string | Uint32Array)[];
  },
): Promise<string[]> {
  const texts = prompts.map((prompt) => options.echo ? textOf(prompt, tokenizer) : "");
  for await (const { text, piece } of start(model, tokenizer, { ...options, seed, prompts })) {
    texts[text] += piece;
  }
  return texts;
}

/**
 * Continues a prompt, and tells of each token how likely it was to the model, and which others were. Neither
 * temperature nor any other option of sampling changes these figures.
 *
 * @param options.alternatives how many of the most likely tokens are told at each step; 5 by default
 * @throws as {@linkcode generate}
 *
 * @example
 * ```ts
 * for await (const { text, logProbability, alternatives } of generateTokens(model, tokenizer, options)) {
 *   console.log(text, Math.exp(logProbability), alternatives.map(({ text }) => text));
 * }
 * ```
 */
export function generateTokens(
  model: LanguageModel,
  tokenizer: TextCodec,
  { alternatives = 5, ...options }: Omit<GenerateOptions, "echo"> & { alternatives?: number },
): AsyncIterable<GeneratedToken> {
  if (!(Number.isInteger(alternatives) && alternatives >= 0)) {
    throw new ConfigError(
      `alternatives is ${alternatives}: give the number of tokens to be told of, a whole number from 0.`,
    );
  }
  const additions = start(model, tokenizer, { ...options, prompts: [options.prompt ?? ""] });
  return scored(additions, { tokenizer, alternatives });
}

/**
 * A prompt as tokens. An empty one becomes a line break, which stands before most beginnings in any
 * text, or token 0 where the tokenizer has no token for it.
 *
 * @returns at least one token
 */
export function promptTokens(
  tokenizer: TextCodec,
  prompt: string | Uint32Array,
): ArrayLike<number> & Iterable<number> {
  const tokens = typeof prompt === "string" ? tokenizer.encode(prompt) : prompt;
  if (tokens.length > 0) return tokens;
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const bytes = tokenizer.tokenBytes(id);
    if (bytes.length === 1 && bytes[0] === 0x0a) return [id];
  }
  return [0];
}

/** Checks everything, then begins; what is wrong is said at the call and not at the first piece. */
function start(
  model: LanguageModel,
  tokenizer: TextCodec,
  { prompts, ...options }: ContinueOptions & { prompts: readonly (string | Uint32Array)[] },
): AsyncIterable<Addition> {
  checkOptions(model, tokenizer, options);
  checkPrecision(model, options);
  const { seed = freshSeed(), signal = cellSignal(), precision, ...continuing } = options;
  const sizes = model.config;
  const beginnings = prompts.map((prompt, i): Beginning => {
    const tokens = promptTokens(tokenizer, prompt);
    if (options.beyond === "stop" && tokens.length > sizes.context) {
      throw new ConfigError(
        `The prompt has ${tokens.length} tokens, but the model sees ${sizes.context}: shorten it, or ` +
          'let the sight slide with beyond: "slide".',
      );
    }
    return { tokens, seed: seed + i };
  });
  const reader = openReader(model, { precision });
  reader.catch(() => {}); // whoever asks for the text hears of it
  const all = { ...continuing, signal, tokenizer, sizes, together: TOGETHER };
  return continueTexts(reader, beginnings, all);
}

async function* piecesOf(
  additions: AsyncIterable<Addition>,
  shown: string,
): AsyncGenerator<string> {
  if (shown !== "") yield shown;
  for await (const { piece } of additions) if (piece !== "") yield piece;
}

async function* scored(
  additions: AsyncIterable<Addition>,
  { tokenizer, alternatives }: { tokenizer: TextCodec; alternatives: number },
): AsyncGenerator<GeneratedToken> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const text = (id: number) => decoder.decode(tokenizer.tokenBytes(id));
  for await (const { token } of additions) {
    if (token === undefined) continue;
    const { id, logits } = token;
    const logProbabilities = logSoftmax(logits);
    yield {
      id,
      text: text(id),
      logProbability: logProbabilities[id],
      alternatives: mostLikely(logProbabilities, alternatives)
        .map((other) => ({ ...other, text: text(other.id) })),
    };
  }
}

function checkOptions(
  model: LanguageModel,
  tokenizer: TextCodec,
  options: ContinueOptions,
): void {
  checkSampling(options);
  if (!(Number.isInteger(options.tokens) && options.tokens >= 0)) {
    throw new ConfigError(
      `tokens is ${options.tokens}: give the number of tokens to generate, 0 or a positive whole number.`,
    );
  }
  if (options.stop !== undefined && !Array.isArray(options.stop)) {
    throw new ConfigError(
      `stop must be a list of strings, as in ["\\n"], but got ${JSON.stringify(options.stop)}.`,
    );
  }
  if (options.seed !== undefined && !Number.isSafeInteger(options.seed)) {
    throw new ConfigError(`seed must be a whole number, but got ${options.seed}.`);
  }
  if (!["slide", "stop", undefined].includes(options.beyond)) {
    throw new ConfigError(`beyond is ${JSON.stringify(options.beyond)}; choose "slide" or "stop".`);
  }
  if (tokenizer.vocabularySize > model.config.vocabularySize) {
    throw new ConfigError(
      `The tokenizer has ${tokenizer.vocabularySize} tokens and the model ${model.config.vocabularySize}: ` +
        "use the tokenizer the model was trained with.",
    );
  }
}

function textOf(prompt: string | Uint32Array, tokenizer: TextCodec): string {
  if (typeof prompt === "string") return prompt;
  const pieces = new TextPieces();
  let text = "";
  for (const token of prompt) text += pieces.push(tokenizer.tokenBytes(token));
  return text + pieces.finish();
}

function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
