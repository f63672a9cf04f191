// A language model as a lossless compressor: what it finds likely becomes short. Both directions run the same model over
// the same tokens, so that the reader knows the probabilities the writer had.
//
// The file: "DLZ1", the number of tokens and the text's CRC-32 as 32-bit little-endian integers, then the arithmetic
// code of the tokens.

import { crc32 } from "node:zlib";
import { ConfigError, FormatError } from "../../errors.ts";
import { type LanguageModel, startDecoding } from "../../generate/decode.ts";
import { promptTokens } from "../../generate/generate.ts";
import { softmax } from "../../generate/sampling.ts";
import { breathe, cellSignal } from "../../interrupt.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { ArithmeticDecoder, ArithmeticEncoder } from "./arithmetic_coder.ts";
import { TokenShares } from "./shares.ts";

/** Options of {@linkcode compressText} and {@linkcode decompressText}. */
export interface CompressionOptions {
  /** Hears how many of all tokens are done. */
  progress?: (done: { tokens: number; of: number }) => void;
  /** Ends the work with the signal's reason. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

const MAGIC = "DLZ1";
const HEADER = 12;

/** Tokens between two turns for timers and interrupts. */
const BREATH = 32;

/**
 * Compresses a text with a model. The better the model guesses, the shorter the result: the arithmetic code takes as
 * many bits as the model is surprised by, and less than two bytes more.
 *
 * @returns bytes that only the same model, computed in the same way, turns back into the text
 * @throws {ConfigError} if the tokenizer cannot give the text back, or does not fit the model
 * @see Delétang et al. 2023, "Language Modeling Is Compression"
 * @example
 * ```ts
 * const bytes = await compressText(model, tokenizer, "The tide was out.");
 * const text = await decompressText(model, tokenizer, bytes);
 * ```
 */
export async function compressText(
  model: LanguageModel,
  tokenizer: Tokenizer,
  text: string,
  { progress, signal = cellSignal() }: CompressionOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const tokens = tokenizer.encode(text);
  if (tokenizer.decode(tokens) !== text) {
    throw new ConfigError(
      "The text holds something that the tokenizer does not give back, such as half a surrogate pair: leave it out.",
    );
  }
  const encoder = new ArithmeticEncoder();
  const predictor = new Predictor(model, tokenizer);
  for (const [i, token] of tokens.entries()) {
    const shares = await predictor.next();
    encoder.encode(shares.of(token));
    predictor.took(token);
    if (i % BREATH === 0) await pause({ done: { tokens: i, of: tokens.length }, progress, signal });
  }
  progress?.({ tokens: tokens.length, of: tokens.length });
  const code = encoder.finish();
  const file = new Uint8Array(HEADER + code.length);
  const view = new DataView(file.buffer);
  new TextEncoder().encodeInto(MAGIC, file);
  view.setUint32(4, tokens.length, true);
  view.setUint32(8, crc32(text), true);
  file.set(code, HEADER);
  return file;
}

/**
 * The text that {@linkcode compressText} made the bytes from.
 *
 * @throws {FormatError} if the bytes are cut off or are none of its, or the model is another one
 */
export async function decompressText(
  model: LanguageModel,
  tokenizer: Tokenizer,
  bytes: Uint8Array,
  { progress, signal = cellSignal() }: CompressionOptions = {},
): Promise<string> {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (bytes.length < HEADER || magic !== MAGIC) {
    throw new FormatError(
      "These bytes are no text that compressText made: they do not begin as one.",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(4, true);
  const decoder = new ArithmeticDecoder(bytes.subarray(HEADER));
  const predictor = new Predictor(model, tokenizer);
  const tokens: number[] = []; // grows as they come: the count is the file's word alone
  while (tokens.length < count) {
    const shares = await predictor.next();
    const token = shares.at(decoder.position(shares.total));
    decoder.advance(shares.of(token));
    predictor.took(token);
    tokens.push(token);
    if (tokens.length % BREATH === 0) {
      await pause({ done: { tokens: tokens.length, of: count }, progress, signal });
    }
  }
  const text = tokenizer.decode(tokens);
  if (crc32(text) !== view.getUint32(8, true)) {
    throw new FormatError(
      "The bytes do not give back the text they were made from: the model or its backend is another one.",
    );
  }
  return text;
}

/** What a model expects after the tokens so far. */
class Predictor {
  readonly #step: ReturnType<typeof startDecoding>;
  readonly #shares: TokenShares;
  readonly #vocabularySize: number;
  #read: Iterable<number>;

  /** @throws {ConfigError} if the tokenizer has more tokens than the model */
  constructor(model: LanguageModel, tokenizer: Tokenizer) {
    if (tokenizer.vocabularySize > model.config.vocabularySize) {
      throw new ConfigError(
        `The tokenizer has ${tokenizer.vocabularySize} tokens and the model ` +
          `${model.config.vocabularySize}: use the tokenizer the model was trained with.`,
      );
    }
    this.#vocabularySize = tokenizer.vocabularySize;
    this.#step = startDecoding(model);
    this.#shares = new TokenShares(tokenizer.vocabularySize);
    this.#read = promptTokens(tokenizer, "");
  }

  async next(): Promise<TokenShares> {
    const logits = await this.#step(this.#read); // (V)
    this.#shares.set(softmax(logits.subarray(0, this.#vocabularySize)));
    return this.#shares;
  }

  took(token: number): void {
    this.#read = [token];
  }
}

async function pause(
  { done, progress, signal }: CompressionOptions & { done: { tokens: number; of: number } },
): Promise<void> {
  signal?.throwIfAborted();
  progress?.(done);
  await breathe();
}
