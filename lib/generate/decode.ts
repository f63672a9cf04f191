// Decoding a single text by hand: tokens in, the scores of the token after them out.

import { checkPrecision, openReader, type Precision } from "./open_reader.ts";
import type { LanguageModel, Reader } from "./reader.ts";
import { TextWindow } from "./window.ts";

export type { LanguageModel } from "./reader.ts";

/**
 * Appends tokens to what the model has read so far and resolves to the logits of the token after
 * them, shape (V).
 */
export type DecodingStep = (tokens: Iterable<number>) => Promise<Float32Array>;

/**
 * Starts decoding one sequence. Beyond the model's context the window slides: whenever it is full, the oldest
 * quarter falls out of sight.
 *
 * @returns a step; its first call takes the prompt's tokens, each later one the token just chosen
 * @throws {ConfigError} from a step, if no token has been given or one is outside the model's vocabulary
 */
export function startDecoding(
  model: LanguageModel,
  { precision }: { precision?: Precision } = {},
): DecodingStep {
  checkPrecision(model, { precision });
  let opened: Promise<{ reader: Reader; window: TextWindow }> | undefined;
  const open = async () => {
    const reader = await openReader(model, { precision });
    return { reader, window: new TextWindow(reader, { sizes: model.config, expected: 1 }) };
  };
  return async (tokens) => {
    const { reader, window } = await (opened ??= open());
    window.append(tokens);
    const [logits] = await reader.read([window.take()]);
    return logits;
  };
}
