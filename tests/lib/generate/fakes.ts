// A model whose logits are known, and a tokenizer over single bytes, for the tests of generation.
import * as tf from "@tensorflow/tfjs";
import type { LanguageModel } from "../../../lib/generate/decode.ts";
import type { TextCodec } from "../../../lib/generate/generate.ts";

/** A model that answers the last token `t` of every window with `scores(t)`, and remembers the windows. */
export class FakeModel implements LanguageModel {
  readonly config: { context: number; vocabularySize: number };
  readonly windows: number[][] = [];
  readonly #scores: (token: number) => number[];

  constructor(
    scores: (token: number) => number[],
    { context = 8, vocabularySize = scores(0).length } = {},
  ) {
    this.config = { context, vocabularySize };
    this.#scores = scores;
  }

  logits(tokens: tf.Tensor2D): tf.Tensor3D {
    const rows = tokens.arraySync();
    this.windows.push(...rows);
    return tf.tensor3d(rows.map((row) => row.map(this.#scores)));
  }
}

/** One token a byte, 0 to 255. */
export const bytes: TextCodec = {
  vocabularySize: 256,
  encode: (text) => Uint32Array.from(new TextEncoder().encode(text)),
  tokenBytes: (id) => Uint8Array.of(id),
};

/** A byte model that recites: after byte `i` of a text without repeated bytes comes byte `i + 1`. */
export function reciter(text: string, { context = 8 } = {}): FakeModel {
  const order = new TextEncoder().encode(text);
  return new FakeModel((token) => {
    const scores = new Array(256).fill(0);
    scores[order[(order.indexOf(token) + 1) % order.length]] = 100;
    return scores;
  }, { context });
}
