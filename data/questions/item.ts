// What a question set is made of: things to ask a model, with an answer that is right and a program that
// tells whether a reply is.

/** One turn of a conversation. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** Something to ask, and how to tell whether the reply is right. */
export interface Item {
  /** What is asked for, such as "sum" or "repeat": items of a kind are alike. */
  readonly kind: string;
  /** The conversation so far; the last turn is the user's. */
  readonly asked: readonly Turn[];
  /** A right reply, as a good assistant would write it. */
  readonly answer: string;
  /** Whether a reply is right. */
  passes(reply: string): boolean;
}

/** Items to learn from, and items to judge by: no wording, name or fact of the latter is asked in the former. */
export interface QuestionSet<T extends Item = Item> {
  readonly name: string;
  readonly train: readonly T[];
  readonly test: readonly T[];
}

/** The two parts of a set. */
export type Part = "train" | "test";

/** How many items a set has, and which. */
export interface SetOptions {
  /** Any integer; the same seed gives the same items in the same order. */
  readonly seed: number;
  /** Items to learn from. */
  readonly train?: number;
  /** Items to judge by. */
  readonly test?: number;
}

/** Whether `reply` is `answer` but for letter case, spaces and the point at its end. */
export function sameAnswer(reply: string, answer: string): boolean {
  return plain(reply) === plain(answer);
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
