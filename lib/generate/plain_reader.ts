// Reading by a model's definition: the whole text goes through the model at every step.

import * as tf from "@tensorflow/tfjs";
import type { LanguageModel, Reader, Reading, ReadText } from "./reader.ts";

/** Reads with whatever has `logits`: what every faster reader must agree with. */
export class PlainReader implements Reader {
  readonly name = "the model's definition";
  readonly #model: LanguageModel;

  constructor(model: LanguageModel) {
    this.#model = model;
  }

  begin(): ReadText {
    return new PlainText();
  }

  async read(readings: readonly Reading[]): Promise<Float32Array[]> {
    const all: Float32Array[] = [];
    for (const { text, tokens } of readings) {
      const read = (text as PlainText).tokens;
      read.push(...tokens);
      all.push(await this.#last(read));
    }
    return all;
  }

  async #last(tokens: readonly number[]): Promise<Float32Array> {
    const { vocabularySize } = this.#model.config;
    const last = tf.tidy(() => {
      const input = tf.tensor2d([...tokens], [1, tokens.length], "int32"); // (1, T)
      const logits = this.#model.logits(input); // (1, T, V)
      return logits.slice([0, tokens.length - 1, 0], [1, 1, vocabularySize]); // (1, 1, V)
    });
    try {
      return await last.data<"float32">();
    } finally {
      last.dispose();
    }
  }
}

class PlainText implements ReadText {
  readonly tokens: number[] = [];

  get length(): number {
    return this.tokens.length;
  }

  dispose(): void {
    this.tokens.length = 0;
  }
}
