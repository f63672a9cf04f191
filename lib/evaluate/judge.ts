// Asks a model questions, and has each reply judged by the program that belongs to its question.

import type { LanguageModel } from "../generate/reader.ts";
import { replyTexts } from "../generate/reply.ts";
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

/** Questions that are answered at the same time. */
const TOGETHER = 32;

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
  for (let first = 0; first < questions.length; first += TOGETHER) {
    const asked = questions.slice(first, first + TOGETHER);
    const conversations = asked.map((question) => question.asked);
    const options = { conversations, tokens, temperature: 0, signal };
    const replies = await replyTexts(model, tokenizer, options);
    if (signal?.aborted) break; // these replies are not whole
    for (const [i, question] of asked.entries()) {
      judged.push({ question, reply: replies[i].trim(), passed: question.passes(replies[i]) });
    }
    progress?.(judged.length);
  }
  return judged;
}
