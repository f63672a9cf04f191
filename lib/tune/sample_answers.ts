// Answers that a model draws to conversations, as tokens, to learn from what becomes of them.

import type { Transformer } from "../model/transformer.ts";
import type { Random } from "../random.ts";
import { chatEnd, type ChatMessage, renderPrompt, saidIn } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { PolicyWork, type PolicyWorker } from "./policy_work.ts";
import type { WrittenText } from "./written_tokens.ts";

/** A drawn answer. */
export interface SampledAnswer {
  readonly text: string;
  /** Prompt and answer; the answer's tokens, its end included, count as written. */
  readonly tokens: WrittenText;
  /** Whether it came to its end before it was as long as it may be. */
  readonly ended: boolean;
}

/** Options of {@linkcode sampleAnswers}. */
export interface SampleAnswersOptions {
  /** Answers to each conversation. */
  readonly group: number;
  /** The longest answer, in tokens. */
  readonly tokens: number;
  readonly temperature: number;
  readonly random: Random;
  /** Who writes them; by default this thread. */
  readonly writer?: Pick<PolicyWorker, "write">;
}

/**
 * Draws answers.
 *
 * @returns group after group, in the order of the conversations
 * @throws {ConfigError} if a conversation does not end with the user
 */
export async function sampleAnswers(
  model: Transformer,
  tokenizer: Tokenizer,
  conversations: readonly (readonly ChatMessage[])[],
  { group, tokens, temperature, random, writer }: SampleAnswersOptions,
): Promise<SampledAnswer[]> {
  const maximumTokens = model.config.context - tokens;
  const beginnings = conversations.flatMap((messages) => {
    const prompt = renderPrompt(messages, tokenizer, { maximumTokens });
    return Array.from({ length: group }, () => ({ tokens: prompt, seed: random.uint32() }));
  });
  const end = chatEnd(tokenizer);
  const written = await (writer ?? new PolicyWork({ model, tokenizer }))
    .write(beginnings, { tokens, temperature });
  return beginnings.map(({ tokens: prompt }, i): SampledAnswer => {
    const ended = written[i].length < tokens;
    const ids = Uint32Array.of(...prompt, ...written[i], ...(ended ? [end] : []));
    const mask = new Uint8Array(ids.length).fill(1, prompt.length);
    return { text: saidIn(tokenizer.decode(written[i])), tokens: { ids, mask }, ended };
  });
}
