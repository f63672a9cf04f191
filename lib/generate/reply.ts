// A turn of the assistant: the conversation as the tokens it is fine-tuned on, continued up to the end of a turn.

import { chatEnd, type ChatMessage, renderPrompt, saidIn } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { LanguageModel } from "./reader.ts";
import { type ContinueOptions, generate, generateTexts } from "./generate.ts";

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
  const prompt = promptOf(messages, { model, tokenizer, tokens: options.tokens });
  const turn = generate(model, tokenizer, { ...options, prompt, ...ending(tokenizer, options) });
  return said(turn);
}

/** A turn without the space before it. */
async function* said(turn: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = false;
  for await (const piece of turn) {
    const text = begun ? piece : saidIn(piece);
    begun ||= piece !== "";
    if (text !== "") yield text;
  }
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

/**
 * The answers to several conversations, written at the same time; see {@linkcode reply}.
 *
 * @returns one answer a conversation, in order; if the signal was aborted they end where they are
 */
export async function replyTexts(
  model: LanguageModel,
  tokenizer: Tokenizer,
  { conversations, ...options }: Omit<ReplyOptions, "messages"> & {
    conversations: readonly (readonly ChatMessage[])[];
  },
): Promise<string[]> {
  const { tokens } = options;
  const prompts = conversations.map((messages) => promptOf(messages, { model, tokenizer, tokens }));
  const all = { ...options, prompts, ...ending(tokenizer, options) };
  return (await generateTexts(model, tokenizer, all)).map(saidIn);
}

function promptOf(
  messages: readonly ChatMessage[],
  { model, tokenizer, tokens }: { model: LanguageModel; tokenizer: Tokenizer; tokens: number },
): Uint32Array {
  const { context } = model.config;
  const maximumTokens = Math.max(context - tokens, Math.ceil(context / 2));
  return renderPrompt(messages, tokenizer, { maximumTokens });
}

function ending(
  tokenizer: Tokenizer,
  { stopTokens = [] }: Pick<ContinueOptions, "stopTokens">,
): Pick<ContinueOptions, "stopTokens"> {
  return { stopTokens: [...stopTokens, chatEnd(tokenizer)] };
}
