// Question sets: what is learned from and what is judged by, and how replies are compared with answers.

import type { Question } from "../../lib/evaluate/question.ts";

/** Questions to learn from, and questions to judge by: no wording, name or fact of the latter is asked in the former. */
export interface QuestionSet<T extends Question = Question> {
  readonly name: string;
  readonly train: readonly T[];
  readonly test: readonly T[];
}

/** The two parts of a set. */
export type Part = "train" | "test";

/** How many questions a set has, and which. */
export interface SetOptions {
  /** Any integer; the same seed gives the same questions in the same order. */
  readonly seed: number;
  /** Questions to learn from. */
  readonly train?: number;
  /** Questions to judge by. */
  readonly test?: number;
}

/** Whether `reply` is `answer` but for letter case, spaces and the point at its end. */
export function sameAnswer(reply: string, answer: string): boolean {
  return plain(reply) === plain(answer);
}

/** Tells whether a reply is `answer` to the letter, but for spaces around it and the point at its end. */
export function isExactly(answer: string): (reply: string) => boolean {
  return (reply) => reply.trim().replace(/\.$/, "") === answer;
}

/** Whether `word` or phrase stands in `text` as a whole, in any letter case. */
export function mentions(text: string, phrase: string): boolean {
  return ` ${words(text).join(" ")} `.includes(` ${words(phrase).join(" ")} `);
}

/** The words of a text in small letters, without punctuation. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? [];
}

function plain(text: string): string {
  return text.toLowerCase().trim().replace(/[.!]$/, "").replaceAll(/\s+/g, " ");
}
