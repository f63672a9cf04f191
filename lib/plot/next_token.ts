// What a model expects next: the most likely tokens after a prompt, as bars.
import { ConfigError } from "../errors.ts";
import { type LanguageModel, startDecoding } from "../generate/decode.ts";
import { promptTokens, type TextCodec } from "../generate/generate.ts";
import { nextTokenDistribution, type SamplingOptions } from "../generate/sampling.ts";
import { barChart } from "./bars.ts";
import type { Figure } from "./figure.ts";
import type { FigureOptions } from "./figure_options.ts";
import { tokenLabel } from "./token_label.ts";

/** Options of {@linkcode nextTokenProbabilities}: sampling options show what they leave to draw from. */
export interface NextTokenOptions
  extends FigureOptions, Omit<SamplingOptions, "repetitionPenalty"> {
  /** The text before the token. */
  prompt: string;
  /** How many of the most likely tokens are shown. Default 10. */
  top?: number;
}

/**
 * Shows the probabilities of the next token.
 *
 * @throws {ConfigError} if an option is out of its range or the tokenizer does not fit the model
 *
 * @example
 * ```ts
 * await nextTokenProbabilities(model, tokenizer, { prompt: "The boat came back to the " });
 * ```
 */
export async function nextTokenProbabilities(
  model: LanguageModel,
  tokenizer: TextCodec,
  { prompt, top = 10, temperature, topK, topP, minP, ...options }: NextTokenOptions,
): Promise<Figure> {
  if (!(Number.isInteger(top) && top >= 1)) {
    throw new ConfigError(`top is ${top}: give the number of tokens to show, at least 1.`);
  }
  const logits = await startDecoding(model)(promptTokens(tokenizer, prompt)); // (V)
  const probabilities = nextTokenDistribution(logits.subarray(0, tokenizer.vocabularySize), {
    temperature,
    topK,
    topP,
    minP,
  });
  const ids = [...probabilities.keys()].filter((id) => probabilities[id] > 0)
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b).slice(0, top);
  return barChart(ids.map((id) => tokenLabel(tokenizer, id)), ids.map((id) => probabilities[id]), {
    title: `After “${prompt.slice(-40).replaceAll("\n", "⏎")}”`,
    valueTitle: "probability",
    lying: true,
    formatValue: (value) => `${(100 * value).toFixed(1)} %`,
    ...options,
  });
}
