// One decoding step: tokens in, the logits of the token after them out. The model is run over the whole
// window at every step; whatever decodes faster can take this function's place and nothing else changes.
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";

/** What decoding needs of a model. */
export interface LanguageModel {
  /** Sizes: the longest window the model reads, and the number of tokens it tells apart. */
  readonly config: { readonly context: number; readonly vocabularySize: number };
  /**
   * Scores of the next token at every position.
   *
   * @param tokens shape (B, T), int32, T at most the context
   * @returns shape (B, T, V)
   */
  logits(tokens: tf.Tensor2D): tf.Tensor3D;
}

/**
 * Appends tokens to what the model has read so far and resolves to the logits of the token after
 * them, shape (V).
 */
export type DecodingStep = (tokens: Iterable<number>) => Promise<Float32Array>;

/**
 * Starts decoding one sequence. Beyond the model's context the window slides: the model sees the last
 * `context` tokens only.
 *
 * @returns a step; its first call takes the prompt's tokens, each later one the token just chosen
 * @throws {ConfigError} from a step, if no token has been given or one is outside the model's vocabulary
 */
export function startDecoding(model: LanguageModel): DecodingStep {
  const { context, vocabularySize } = model.config;
  let window: number[] = [];
  return async (tokens) => {
    window = [...window, ...tokens].slice(-context);
    checkTokens(window, vocabularySize);
    const last = tf.tidy(() => {
      const input = tf.tensor2d(window, [1, window.length], "int32"); // (1, T)
      const logits = model.logits(input); // (1, T, V)
      return logits.slice([0, window.length - 1, 0], [1, 1, vocabularySize]); // (1, 1, V)
    });
    try {
      return await last.data<"float32">();
    } finally {
      last.dispose();
    }
  };
}

function checkTokens(window: number[], vocabularySize: number): void {
  if (window.length === 0) {
    throw new ConfigError(
      "Decoding started without a token: give it at least one to continue from.",
    );
  }
  const stranger = window.find((token) => !(token >= 0 && token < vocabularySize));
  if (stranger !== undefined) {
    throw new ConfigError(
      `Token ${stranger} is outside the model's vocabulary of ${vocabularySize}: use the tokenizer the ` +
        "model was trained with.",
    );
  }
}
