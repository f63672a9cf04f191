// A turn of the assistant: the conversation as the tokens it is fine-tuned on, continued up to the end of a turn.

import { chatEnd, type ChatMessage, renderPrompt } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { LanguageModel } from "./reader.ts";
import { type ContinueOptions, generate } from "./generate.ts";

/** Options of {@linkcode reply}. */
export interface ReplyOptions extends Omit<ContinueOptions, "echo"> {
  /** The conversation so far; it ends with the user's turn. */
  messages: readonly ChatMessage[];
}

/**
 * The assistant's answer to a conversation, in pieces as they come. Where the conversation and the answer
 * do not both fit into the model's context, the oldest exchanges are left out; the conversation may always take
 * half of it.
 *
 * @throws {ConfigError} if the messages are no conversation that ends with the user, the newest question does not
 * fit, the tokenizer lacks a chat token, or an option is out of its range
 * @example
 * ```ts
 * const messages = [{ role: "user", content: "Who keeps the light?" }] as const;
 * await stream(reply(model, tokenizer, { messages, tokens: 60, temperature: 0 }));
 * ```
 */
export function reply(
  model: LanguageModel,
  tokenizer: Tokenizer,
  { messages, ...options }: ReplyOptions,
): AsyncIterable<string> {
  const { context } = model.config;
  const maximumTokens = Math.max(context - options.tokens, Math.ceil(context / 2));
  const prompt = renderPrompt(messages, tokenizer, { maximumTokens });
  const stopTokens = [...options.stopTokens ?? [], chatEnd(tokenizer)];
  return generate(model, tokenizer, { ...options, prompt, stopTokens });
}

/** The whole answer; see {@linkcode reply}. */
export async function replyText(
  model: LanguageModel,
  tokenizer: Tokenizer,
  options: ReplyOptions,
): Promise<string> {
  let text = "";
  for await (const piece of reply(model, tokenizer, options)) text += piece;
  return text;
}
