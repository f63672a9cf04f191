// Conversations as tokens. There is one way to write one down, for fine-tuning and for chat alike:
//
//     <|system|> How to behave.<|end|><|user|> A question?<|end|><|assistant|> An answer.<|end|>
//
// with the system's turn first or not at all, then the user's and the assistant's by turns. What stands between
// <|…|> is one special token each. A space comes before the text of a turn, and nothing else is added: so its first word
// is the token that it is within a sentence, and a model can say again what it was told without knowing how it is spelled.
// The text is encoded without special tokens, so that nobody's words can end a turn or begin another.

import { ConfigError } from "../errors.ts";
import { TokenBuffer } from "./token_buffer.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Who says something in a conversation. */
export type ChatRole = "system" | "user" | "assistant";

/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: ChatRole;
  readonly content: string;
}

/** The special tokens of a conversation: give them to the tokenizer's training. */
export const CHAT_TOKENS = ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>"] as const;

/** What the text of every turn begins with. */
const OPENING = " ";

/** What is said in a turn, from its text as tokens have it. */
export function saidIn(turn: string): string {
  return turn.startsWith(OPENING) ? turn.slice(OPENING.length) : turn;
}

/** How a conversation is rendered. */
export interface RenderChatOptions {
  /**
   * The number of tokens there is room for. Of a longer conversation the oldest exchanges are left out, a
   * question always with its answer; the system's turn and the newest exchange stay.
   */
  maximumTokens?: number;
}

/** A conversation as tokens. */
export interface RenderedChat {
  readonly ids: Uint32Array;
  /** For each id 1 if the assistant wrote it, the end of its turn included, and 0 if not. */
  readonly mask: Uint8Array;
}

/**
 * A finished conversation as tokens, to learn from: the mask says which of them the assistant wrote.
 *
 * @throws {ConfigError} if the messages are no conversation that ends with the assistant, the tokenizer lacks a
 * chat token, or the newest exchange does not fit
 * @example
 * ```ts
 * const tokenizer = BpeTokenizer.train(text, { vocabularySize: 1024, specialTokens: CHAT_TOKENS });
 * const { ids, mask } = renderChat([
 *   { role: "user", content: "Who keeps the light?" },
 *   { role: "assistant", content: "Ada Brook does." },
 * ], tokenizer);
 * ```
 */
export function renderChat(
  messages: readonly ChatMessage[],
  tokenizer: Tokenizer,
  options: RenderChatOptions = {},
): RenderedChat {
  checkConversation(messages);
  if (messages.at(-1)!.role !== "assistant") {
    const hasAnswer = messages.some(({ role }) => role === "assistant");
    throw new ConfigError(
      hasAnswer
        ? "The conversation ends with a question, and there is nothing to learn from it: add the " +
          "assistant's answer, or use renderPrompt to ask a model for it."
        : "The conversation has no turn of the assistant, which is what a model learns from: add " +
          "one, or use renderPrompt to ask a model for it.",
    );
  }
  return render(messages, tokenizer, { ...options, asks: false });
}

/**
 * A conversation that waits for the assistant, as the tokens to continue: they end with `<|assistant|>`, and
 * the answer ends with `<|end|>`.
 *
 * @throws {ConfigError} if the messages are no conversation that ends with the user, the tokenizer lacks a chat
 * token, or the newest question does not fit
 */
export function renderPrompt(
  messages: readonly ChatMessage[],
  tokenizer: Tokenizer,
  options: RenderChatOptions = {},
): Uint32Array {
  checkConversation(messages);
  if (messages.at(-1)!.role !== "user") {
    throw new ConfigError(
      `The conversation ends with the ${messages.at(-1)!.role}'s turn, so there is nothing to ` +
        "answer: add one of the user.",
    );
  }
  return render(messages, tokenizer, { ...options, asks: true }).ids;
}

/**
 * The id of `<|end|>`, at which an answer is complete.
 *
 * @throws {ConfigError} if the tokenizer lacks it
 */
export function chatEnd(tokenizer: Tokenizer): number {
  return idOf("<|end|>", tokenizer);
}

/** A turn as tokens, its role and its end included. */
interface RenderedTurn {
  readonly role: ChatRole;
  readonly ids: Uint32Array;
}

function render(
  messages: readonly ChatMessage[],
  tokenizer: Tokenizer,
  { maximumTokens = Infinity, asks }: RenderChatOptions & { asks: boolean },
): RenderedChat {
  const turns = messages.map((message) => renderTurn(message, tokenizer));
  const opening = asks ? 1 : 0; // the assistant's token that asks for an answer
  const kept = fitting(turns, { maximumTokens, opening });
  const length = lengthOf(kept) + opening;
  const ids = new Uint32Array(length);
  const mask = new Uint8Array(length);
  let at = 0;
  for (const turn of kept) {
    ids.set(turn.ids, at);
    // The role's token is given to the assistant, not written by it.
    if (turn.role === "assistant") mask.fill(1, at + 1, at + turn.ids.length);
    at += turn.ids.length;
  }
  if (asks) ids[at] = idOf("<|assistant|>", tokenizer);
  return { ids, mask };
}

function renderTurn({ role, content }: ChatMessage, tokenizer: Tokenizer): RenderedTurn {
  const ids = new TokenBuffer(content.length);
  ids.push(idOf(`<|${role}|>`, tokenizer));
  const text = tokenizer.encode(OPENING + content, { allowSpecial: false });
  ids.append(text, text.length);
  ids.push(chatEnd(tokenizer));
  return { role, ids: ids.take() };
}

/** The turns without as many of the oldest exchanges as there is no room for. */
function fitting(
  turns: readonly RenderedTurn[],
  { maximumTokens, opening }: { maximumTokens: number; opening: number },
): readonly RenderedTurn[] {
  const system = turns.filter(({ role }) => role === "system");
  const others = turns.filter(({ role }) => role !== "system");
  let length = lengthOf(turns) + opening;
  let first = 0;
  for (; length > maximumTokens && first + 2 < others.length; first += 2) {
    length -= lengthOf(others.slice(first, first + 2));
  }
  if (length <= maximumTokens) return [...system, ...others.slice(first)];
  throw new ConfigError(
    `The newest exchange${
      system.length > 0 ? " and the system's turn take" : " takes"
    } ${length} ` +
      `tokens, but there is room for ${maximumTokens}: shorten them, or raise maximumTokens.`,
  );
}

function lengthOf(turns: readonly RenderedTurn[]): number {
  return turns.reduce((sum, { ids }) => sum + ids.length, 0);
}

function idOf(token: string, tokenizer: Tokenizer): number {
  const id = tokenizer.specialTokens.get(token);
  if (id !== undefined) return id;
  throw new ConfigError(
    `The tokenizer has no special token ${token}, which conversations are written with: train a ` +
      "BpeTokenizer with specialTokens: CHAT_TOKENS.",
  );
}

function checkConversation(messages: readonly ChatMessage[]): void {
  if (messages.length === 0) {
    throw new ConfigError("The conversation is empty: give at least one message of the user.");
  }
  let expected: ChatRole = "user";
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== "system" && role !== "user" && role !== "assistant") {
      throw new ConfigError(
        `Message ${index} has the role ${JSON.stringify(role)}; it must be "system", "user" or ` +
          '"assistant".',
      );
    }
    if (typeof content !== "string") {
      throw new ConfigError(
        `Message ${index} has a content of type ${typeof content}; it must be text.`,
      );
    }
    if (role === "system" && index === 0) continue;
    if (role !== expected) {
      const previous = messages[index - 1]?.role ?? "system";
      const rule = role === "system"
        ? "the system's turn can only be the first"
        : `after the ${
          previous === "system" ? "beginning" : previous
        } it is the ${expected}'s turn`;
      throw new ConfigError(`Message ${index} is the ${role}'s, but ${rule}: put it right.`);
    }
    expected = role === "user" ? "assistant" : "user";
  }
}
