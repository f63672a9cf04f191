// Text from a model, token by token: encode the prompt, then decode, sample and show until enough tokens
// have come, a stop string appears or a signal asks to end.
import { ConfigError } from "../errors.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { type LanguageModel, startDecoding } from "./decode.ts";
import { TextPieces } from "./pieces.ts";
import { checkSampling, sampleToken, type SamplingOptions } from "./sampling.ts";

/** What generating needs of a tokenizer. */
export type TextCodec = Pick<Tokenizer, "vocabularySize" | "encode" | "tokenBytes">;

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

/** Longest stretch without giving way to timers, displays and interrupts, in milliseconds. */
const BREATH = 10;

/**
 * Continues a prompt, in pieces as they come. A piece never holds half a character. Beyond the model's
 * context the window slides. When the signal is aborted the text ends where it is.
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
  if (tokenizer.vocabularySize > model.config.vocabularySize) {
    throw new ConfigError(
      `The tokenizer has ${tokenizer.vocabularySize} tokens and the model ${model.config.vocabularySize}: ` +
        "use the tokenizer the model was trained with.",
    );
  }
  return pieces(model, tokenizer, { ...options, signal: options.signal ?? cellSignal() });
}

async function* pieces(
  model: LanguageModel,
  tokenizer: TextCodec,
  {
    prompt = "",
    tokens,
    echo = false,
    seed = freshSeed(),
    stop,
    stopTokens = [],
    signal,
    ...sampling
  }: GenerateOptions,
): AsyncGenerator<string> {
  const random = new Random(seed, "generate");
  const step = startDecoding(model);
  const text = new TextPieces(stop);
  const shown = typeof prompt === "string" ? prompt : textOf(prompt, tokenizer);
  if (echo && shown !== "") yield shown;
  let next: Iterable<number> = promptTokens(tokenizer, prompt);
  let breath = performance.now();
  for (let count = 0; count < tokens && !text.stopped && !signal?.aborted; count++) {
    const logits = await step(next); // (V)
    // A model may have more rows than the tokenizer has tokens; those can never be drawn.
    const token = sampleToken(logits.subarray(0, tokenizer.vocabularySize), {
      ...sampling,
      random,
    });
    if (stopTokens.includes(token)) break;
    next = [token];
    const piece = text.push(tokenizer.tokenBytes(token));
    if (piece !== "") yield piece;
    if (performance.now() - breath > BREATH) {
      await breathe();
      breath = performance.now();
    }
  }
  const rest = text.finish();
  if (rest !== "") yield rest;
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
 * Continues several prompts, one after the other. With a seed, the prompt at index `i` is continued as
 * {@linkcode generateText} would with `seed + i`.
 *
 * @returns one text a prompt, in order; fewer if the signal was aborted
 * @throws as {@linkcode generate}
 */
export async function generateTexts(
  model: LanguageModel,
  tokenizer: TextCodec,
  { prompts, ...options }: ContinueOptions & { prompts: readonly string[] },
): Promise<string[]> {
  const signal = options.signal ?? cellSignal();
  const seed = options.seed ?? freshSeed();
  const texts: string[] = [];
  for (const [i, prompt] of prompts.entries()) {
    if (signal?.aborted) break;
    texts.push(
      await generateText(model, tokenizer, { ...options, prompt, signal, seed: seed + i }),
    );
  }
  return texts;
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

function textOf(tokens: Uint32Array, tokenizer: TextCodec): string {
  const text = new TextPieces();
  let whole = "";
  for (const token of tokens) whole += text.push(tokenizer.tokenBytes(token));
  return whole + text.finish();
}

function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
