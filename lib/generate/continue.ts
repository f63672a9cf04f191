// The loop of generation: all texts that are being written are read together, and each gets its next token. Reading
// many costs little more than reading few, so where texts have ended others begin.

import { breathe } from "../interrupt.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TextPieces } from "./pieces.ts";
import type { Reader } from "./reader.ts";
import { sampleToken, type SamplingOptions } from "./sampling.ts";
import { TextWindow } from "./window.ts";

/** What generating needs of a tokenizer. */
export type TextCodec = Pick<Tokenizer, "vocabularySize" | "encode" | "tokenBytes">;

/** A text to continue. */
export interface Beginning {
  readonly tokens: ArrayLike<number> & Iterable<number>;
  readonly seed: number;
}

/** How texts are continued. */
export interface Continuing extends SamplingOptions {
  readonly tokens: number;
  readonly stop?: readonly string[];
  readonly stopTokens?: readonly number[];
  readonly beyond?: "slide" | "stop";
  readonly signal?: AbortSignal;
}

/** What has been added to a text: a token, or what was held back when its end came. */
export interface Addition {
  /** Which text, by its place among the beginnings. */
  readonly text: number;
  /** What can be shown now; may be empty. */
  readonly piece: string;
  readonly token?: {
    readonly id: number;
    /** The scores it was drawn by, shape (V): those of the tokenizer's tokens. */
    readonly logits: Float32Array;
  };
}

/** Longest stretch without giving way to timers, displays and interrupts, in milliseconds. */
const BREATH = 10;

/**
 * Continues texts until each has ended, in the order of their beginnings.
 *
 * @param options.together so many at the same time; all by default
 */
export async function* continueTexts(
  opened: Promise<Reader>,
  beginnings: readonly Beginning[],
  { tokenizer, sizes, together = Infinity, ...options }: Continuing & {
    tokenizer: TextCodec;
    sizes: { context: number; vocabularySize: number };
    together?: number;
  },
): AsyncGenerator<Addition> {
  const { signal } = options;
  const reader = await opened;
  if (!(options.tokens > 0)) return;
  let active: GrowingText[] = [];
  let begun = 0;
  try {
    let breath = performance.now();
    while (!signal?.aborted) {
      // Several begin at once: those that begin alike are read once.
      if (active.length <= together / 2) {
        while (active.length < together && begun < beginnings.length) {
          const [index, beginning] = [begun, beginnings[begun++]];
          active.push(new GrowingText(reader, { index, beginning, tokenizer, sizes, options }));
        }
      }
      if (active.length === 0) break;
      const logits = await reader.read(active.map(({ window }) => window.take()), { signal });
      if (signal?.aborted) break;
      for (const [i, text] of active.entries()) {
        const addition = text.grow(logits[i].subarray(0, tokenizer.vocabularySize));
        if (addition !== undefined) yield addition;
      }
      for (const text of active.filter(({ hasEnded }) => hasEnded)) yield* text.finish();
      active = active.filter(({ hasEnded }) => !hasEnded);
      if (performance.now() - breath > BREATH) {
        await breathe();
        breath = performance.now();
      }
    }
    for (const text of active) yield* text.finish(); // as far as they came until the signal
  } finally {
    for (const { window } of active) window.dispose();
  }
}

class GrowingText {
  readonly index: number;
  readonly window: TextWindow;
  readonly #pieces: TextPieces;
  hasEnded = false;
  #count = 0;
  readonly #tokenizer: TextCodec;
  readonly #options: Continuing;
  readonly #random: Random;
  readonly #seen: Set<number>;

  constructor(reader: Reader, { index, beginning, tokenizer, sizes, options }: {
    index: number;
    beginning: Beginning;
    tokenizer: TextCodec;
    sizes: { context: number; vocabularySize: number };
    options: Continuing;
  }) {
    this.index = index;
    this.#pieces = new TextPieces(options.stop);
    this.#tokenizer = tokenizer;
    this.#options = options;
    this.#random = new Random(beginning.seed, "generate");
    this.#seen = new Set(beginning.tokens);
    const expected = beginning.tokens.length + options.tokens;
    this.window = new TextWindow(reader, { sizes, expected });
    this.window.append(beginning.tokens);
  }

  /** Draws the next token; undefined if it is one that ends the text. */
  grow(logits: Float32Array): Addition | undefined {
    const { stopTokens = [], beyond, tokens, ...sampling } = this.#options;
    // A model may have more rows than the tokenizer has tokens; those can never be drawn.
    const id = sampleToken(logits, { ...sampling, random: this.#random, seen: this.#seen });
    if (stopTokens.includes(id)) {
      this.hasEnded = true;
      return undefined;
    }
    this.#seen.add(id);
    const piece = this.#pieces.push(this.#tokenizer.tokenBytes(id));
    this.hasEnded = ++this.#count >= tokens || this.#pieces.stopped ||
      (beyond === "stop" && this.window.isFull);
    if (!this.hasEnded) this.window.append([id]);
    return { text: this.index, piece, token: { id, logits } };
  }

  /** Forgets what was read, and tells what was held back. */
  *finish(): Generator<Addition> {
    this.window.dispose();
    const piece = this.#pieces.finish();
    if (piece !== "") yield { text: this.index, piece };
  }
}
