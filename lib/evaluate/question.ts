// What a model can be asked so that a program judges the reply.

import type { ChatMessage } from "../tokenizer/chat.ts";

/** Something to ask, and how to tell whether the reply is right. */
export interface Question {
  /** What is asked for, such as "sum" or "repeat": questions of a kind are alike. */
  readonly kind: string;
  /** The conversation so far; the last turn is the user's. */
  readonly asked: readonly ChatMessage[];
  /** A right reply, as a good assistant would write it. */
  readonly answer: string;
  /** Whether a reply is right. */
  passes(reply: string): boolean;
}
