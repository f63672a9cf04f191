// Asks a model questions, and has each reply judged by the program that belongs to its question.

import type { LanguageModel } from "../generate/decode.ts";
import { replyText } from "../generate/reply.ts";
import { cellSignal } from "../interrupt.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Question } from "./question.ts";

/** Who is asked. */
export interface Assistant {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
}

/** A question, what was replied, and whether that was right. */
export interface Judged {
  readonly question: Question;
  readonly reply: string;
  readonly passed: boolean;
}

/** Options of {@linkcode judge}. */
export interface JudgeOptions {
  /** The longest reply, in tokens. Default 48. */
  tokens?: number;
  /** Hears how many questions are done. */
  progress?: (done: number) => void;
  /** Ends the work early: what was judged until then is returned. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/**
 * Asks every question, always taking the likeliest token, and judges the replies.
 *
 * @throws {ConfigError} if a question does not fit the model's context, or the tokenizer lacks the chat's tokens
 * @example
 * ```ts
 * const judged = await judge({ model, tokenizer }, instructions({ seed: 1 }).test);
 * shareInterval(judged.filter(({ passed }) => passed).length, judged.length);
 * ```
 */
export async function judge(
  { model, tokenizer }: Assistant,
  questions: readonly Question[],
  { tokens = 48, progress, signal = cellSignal() }: JudgeOptions = {},
): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const question of questions) {
    if (signal?.aborted) break;
    const messages = question.asked;
    const reply = await replyText(model, tokenizer, { messages, tokens, temperature: 0, signal });
    if (signal?.aborted) break; // the reply is not whole
    judged.push({ question, reply: reply.trim(), passed: question.passes(reply) });
    progress?.(judged.length);
  }
  return judged;
}
