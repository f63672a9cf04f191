// Byte-level BPE: text is split into pieces, a piece's UTF-8 bytes are the first tokens, and learned
// merges join them. Every string can be encoded, because every byte is in the
// vocabulary; only some files from elsewhere lack bytes.
//
// Ids follow Hugging Face tokenizers: special tokens first, then the 256 bytes in the order of the
// characters GPT-2 writes them as, then the merged tokens in the order of their learning. A tokenizer that was
// read from a file keeps that file's ids.

import { ConfigError } from "../errors.ts";
import {
  bpeFromJson,
  type BpeJson,
  type BpeParts,
  bpeToJson,
  NO_ID,
  tokenBytesOf,
} from "./bpe_json.ts";
import { mergePiece, type MergeRules } from "./bpe_merge.ts";
import {
  type BpeTrainFromOptions,
  type BpeTrainingOptions,
  learnBpe,
  learnBpeFrom,
} from "./bpe_learn.ts";
import type { Merge } from "./bpe_train.ts";
import { checkId } from "./check_id.ts";
import { partsFromHuggingFace } from "./hugging_face.ts";
import { huggingFaceFile, type HuggingFaceTokenizerJson } from "./hugging_face_write.ts";
import { mergeRules, WholePieces } from "./merge_rules.ts";
import { type EncodingWithOffsets, locateTokens } from "./offsets.ts";
import { PieceCache } from "./piece_cache.ts";
import { SpecialTokens } from "./special_tokens.ts";
import { lastBoundary, type SplitName, SPLITS } from "./split.ts";
import { partsFromTiktoken, tiktokenFile, type TiktokenOptions } from "./tiktoken.ts";
import { TokenBuffer } from "./token_buffer.ts";
import type { TextSource } from "./text_source.ts";
import type { EncodeOptions, TextRange, Tokenizer } from "./tokenizer.ts";
import { writeUtf8 } from "./utf8.ts";

const SCRATCH_SIZE = 192;

/**
 * A byte-level BPE tokenizer.
 *
 * @example
 * ```ts
 * const tokenizer = BpeTokenizer.train(text, { vocabularySize: 1024 });
 * const ids = tokenizer.encode("a word or two");
 * tokenizer.decode(ids); // "a word or two"
 * ```
 * @see Radford et al. 2019, "Language Models are Unsupervised Multitask Learners"
 */
export class BpeTokenizer implements Tokenizer {
  readonly kind = "bpe";
  readonly vocabularySize: number;
  /** What was learned, in its order: the tokens `left` and `right`, side by side, are the token `id`. */
  readonly merges: readonly Merge[];
  /** The id of each special token. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** How text is cut into pieces. */
  readonly split: SplitName;
  readonly #parts: BpeParts;
  readonly #tokenBytes: readonly Uint8Array[];
  readonly #rules: MergeRules;
  readonly #cache = new PieceCache();
  /** Where the pieces of ordinary length are worked on, which spares two allocations each. */
  readonly #scratchBytes = new Uint8Array(SCRATCH_SIZE);
  readonly #scratchTokens = new Uint32Array(SCRATCH_SIZE);
  readonly #special: SpecialTokens;
  readonly #wholePieces: WholePieces | undefined;

  private constructor(parts: BpeParts) {
    this.merges = parts.merges;
    this.specialTokens = parts.specialTokens;
    this.split = parts.split;
    this.#parts = parts;
    this.#tokenBytes = tokenBytesOf(parts);
    this.vocabularySize = this.#tokenBytes.length;
    this.#rules = mergeRules(parts);
    this.#special = new SpecialTokens(parts.specialTokens);
    if (parts.merging !== "merges") {
      this.#wholePieces = new WholePieces();
      for (const { id } of parts.merges) this.#wholePieces.add(this.#tokenBytes[id], id);
    }
  }

  /**
   * Learns the merges of a text. The same text gives the same tokenizer, everywhere.
   *
   * If the text has no more pairs to merge, the vocabulary is smaller than was asked for: read
   * `vocabularySize`.
   *
   * @param text the training text, whole or in parts; no token reaches from one part into the next
   * @throws {ConfigError} if `vocabularySize` leaves no room for the bytes and special tokens
   */
  static train(text: string | Iterable<string>, options: BpeTrainingOptions): BpeTokenizer {
    return new BpeTokenizer(learnBpe(text, options));
  }

  /**
   * Learns the merges of a text that arrives, of any length, in bounded memory: others get a turn meanwhile,
   * and the pieces of a long text are counted in workers. The result is that of `train`, with one exception: of
   * a text with more than about a million distinct pieces, the rarest are forgotten.
   *
   * @param source strings from an array, a generator or a stream, such as a file's
   * @throws {ConfigError} as `train`, or if the source gives no strings
   * @throws the signal's reason, once it is aborted
   * @example
   * ```ts
   * const file = await Deno.open("letters.txt");
   * const text = file.readable.pipeThrough(new TextDecoderStream());
   * const tokenizer = await BpeTokenizer.trainFrom(text, { vocabularySize: 8192 });
   * ```
   */
  static async trainFrom(source: TextSource, options: BpeTrainFromOptions): Promise<BpeTokenizer> {
    return new BpeTokenizer(await learnBpeFrom(source, options));
  }

  /**
   * The tokenizer that `toJSON` described.
   *
   * @throws {FormatError} if the JSON describes no tokenizer that can encode every byte
   */
  static fromJSON(json: unknown): BpeTokenizer {
    return new BpeTokenizer(bpeFromJson(json));
  }

  /**
   * The tokenizer in a Hugging Face `tokenizer.json`: byte-level BPE with GPT-2's split, that of GPT-4 and
   * Llama 3 or that of SmolLM, ids as there. What a template puts around a text is left out, as in Hugging Face's `encode` with
   * `add_special_tokens=False`.
   *
   * @param json the parsed file
   * @throws {FormatError} if the file asks for anything else; the message names it
   */
  static fromHuggingFace(json: unknown): BpeTokenizer {
    return new BpeTokenizer(partsFromHuggingFace(json));
  }

  /**
   * The tokenizer in a rank file of tiktoken, ids as there.
   *
   * @param file the file's text
   * @throws {ConfigError} if an option is not allowed
   * @throws {FormatError} if the text is no rank file
   * @example
   * ```ts
   * const file = await Deno.readTextFile("cl100k_base.tiktoken");
   * const gpt4 = BpeTokenizer.fromTiktoken(file, { specialTokens: { "<|endoftext|>": 100257 } });
   * ```
   */
  static fromTiktoken(file: string, options: TiktokenOptions = {}): BpeTokenizer {
    return new BpeTokenizer(partsFromTiktoken(file, options));
  }

  /**
   * The tokenizer as it was when its vocabulary had this size: the later merges forgotten, all other ids the
   * same. Learning is one merge after another, so it is what training to this size gives.
   *
   * @throws {ConfigError} if the size is below that of the bytes and special tokens or above this vocabulary's,
   * or ids do not follow the order of the merges, as in some files
   * @example
   * ```ts
   * const large = BpeTokenizer.train(text, { vocabularySize: 4096 });
   * const small = large.shortened(1024);
   * ```
   */
  shortened(vocabularySize: number): BpeTokenizer {
    const least = 256 + this.specialTokens.size;
    const ids = new Set<number>();
    let end = 0;
    while (least + ids.size < vocabularySize && end < this.merges.length) {
      ids.add(this.merges[end++].id);
    }
    const isInOrder = [...ids, ...this.specialTokens.values()].every((id) => id < vocabularySize);
    if (least + ids.size !== vocabularySize || !isInOrder) {
      throw new ConfigError(
        `This tokenizer of ${this.vocabularySize} ids cannot be shortened to ${vocabularySize}: give ` +
          `a whole number from ${least} to ${this.vocabularySize}, and a tokenizer whose ids are in ` +
          "the order of its merges, as training makes it.",
      );
    }
    const kept = this.merges.slice(0, end);
    return new BpeTokenizer({ ...this.#parts, merges: kept });
  }

  /**
   * The ids of a text. Special tokens in it are ordinary text unless `allowSpecial` is set. A lone
   * surrogate is read as U+FFFD; every other string comes back from `decode` as it was.
   *
   * @throws {ConfigError} if the vocabulary came from a file that lacks a byte of the text
   */
  encode(text: string, { allowSpecial = false }: EncodeOptions = {}): Uint32Array {
    const ids = new TokenBuffer(text.length >> 1);
    for (const part of allowSpecial ? this.#special.parts(text) : [text]) {
      if (typeof part === "number") ids.push(part);
      else this.#encodeText(part, ids);
    }
    return ids.take();
  }

  /**
   * The ids of a text, and for each the characters it covers. Where several tokens share the bytes of one
   * character, each covers all of it.
   *
   * @example
   * ```ts
   * const { ids, starts, ends } = tokenizer.encodeWithOffsets("two words");
   * "two words".slice(starts[1], ends[1]); // " words", if that is one token
   * ```
   */
  encodeWithOffsets(text: string, options: EncodeOptions = {}): EncodingWithOffsets {
    const ids = this.encode(text, options);
    return locateTokens(text, ids, (id) => this.#tokenBytes[id].length);
  }

  lastCut(text: string, range: TextRange = {}): number {
    return lastBoundary(text, range);
  }

  #encodeText(text: string, ids: TokenBuffer): void {
    const { pieceEnd } = SPLITS[this.split];
    for (let start = 0; start < text.length;) {
      const end = pieceEnd(text, start);
      const piece = text.slice(start, end);
      if (!this.#cache.read(piece, ids)) {
        const from = ids.length;
        this.#encodePiece(piece, ids);
        this.#cache.write(piece, ids.from(from));
      }
      start = end;
    }
  }

  #encodePiece(piece: string, ids: TokenBuffer): void {
    const { byteIds } = this.#parts;
    const most = 3 * piece.length;
    const bytes = most <= SCRATCH_SIZE ? this.#scratchBytes : new Uint8Array(most);
    const length = writeUtf8(piece, bytes);
    const whole = this.#wholePieces?.find(bytes, length);
    if (whole !== undefined) return ids.push(whole);
    const tokens = most <= SCRATCH_SIZE ? this.#scratchTokens : new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      tokens[i] = byteIds[bytes[i]];
      if (tokens[i] === NO_ID) throw unknownByte(piece, bytes[i]);
    }
    ids.append(tokens, mergePiece(tokens, length, this.#rules));
  }

  /**
   * The text of ids, special tokens written out. Bytes that are no UTF-8, as where a character is cut
   * between two tokens, become U+FFFD.
   *
   * @throws {ConfigError} if an id is not in the vocabulary
   */
  decode(tokens: ArrayLike<number>): string {
    let length = 0;
    for (let i = 0; i < tokens.length; i++) {
      checkId(tokens[i], this.vocabularySize);
      length += this.#tokenBytes[tokens[i]].length;
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < tokens.length; i++) {
      const token = this.#tokenBytes[tokens[i]];
      bytes.set(token, at);
      at += token.length;
    }
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }

  /** @throws {ConfigError} if the id is not in the vocabulary */
  tokenBytes(id: number): Uint8Array {
    checkId(id, this.vocabularySize);
    return this.#tokenBytes[id].slice();
  }

  /**
   * The tokenizer as Hugging Face's `tokenizer.json`: write it with `JSON.stringify`.
   *
   * @throws {ConfigError} if a special token is written as an ordinary one is
   */
  toHuggingFace(): HuggingFaceTokenizerJson {
    return huggingFaceFile(this.#parts, this.#tokenBytes);
  }

  /**
   * The tokenizer as a rank file of tiktoken, special tokens left out: name them to tiktoken with their ids.
   *
   * tiktoken joins any two tokens whose bytes are a token, where other mergings join only pairs they have
   * learned. On text like that of the training the ids are the same; on rare words they can differ.
   */
  toTiktoken(): string {
    return tiktokenFile(this.#parts, this.#tokenBytes);
  }

  toJSON(): BpeJson {
    return bpeToJson(this.#parts);
  }
}

function unknownByte(piece: string, byte: number): ConfigError {
  const code = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return new ConfigError(
    `The tokenizer has no token for the byte ${code} of ${
      JSON.stringify(piece)
    }, since its training text ` +
      "did not have it: leave that out.",
  );
}
