// What fine-tuning shows, and what practice replays: conversations, and what the corpus says at school, so that the
// town and the numbers are not forgotten.

import { ChatData, conversation, MixedData, type Tokenizer, type TrainingData } from "dials";
import { schoolTokens } from "./corpus.ts";
import { demonstrations, validationQuestions } from "./question_sets.ts";

/** Conversations and lessons, two batches to one. */
export function taughtData(tokenizer: Tokenizer): TrainingData {
  const chats = new ChatData(tokenizer, {
    train: demonstrations().map(conversation),
    validation: validationQuestions().map(conversation),
  });
  return new MixedData([
    { data: chats, share: 2 },
    { data: schoolTokens(tokenizer), share: 1 },
  ]);
}
