// Supervised fine-tuning data: conversations, of which a model learns what the assistant says.
//
// A row of a batch holds one conversation, so none can look into another. Conversations of about one length go into a
// batch together, and rows are only as long as that takes: little is computed for nothing.

import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import type { Question } from "../evaluate/question.ts";
import { Random } from "../random.ts";
import { type ChatMessage, renderChat, type RenderedChat } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { TrainingData } from "../train/training_data.ts";
import { rowLength, writtenRows } from "./written_tokens.ts";

/** A question with its right answer as a conversation to learn from. */
export function conversation({ asked, answer }: Pick<Question, "asked" | "answer">): ChatMessage[] {
  return [...asked, { role: "assistant", content: answer }];
}

/**
 * Conversations to fine-tune on, as {@linkcode renderChat} writes them. The tokens of the assistant's turns, their ends
 * included, are targets, and nothing else.
 *
 * @throws {ConfigError} if a part is empty, a conversation has no turn of the assistant, or the tokenizer lacks a chat
 * token
 * @example
 * ```ts
 * const { train, test } = instructions({ seed: 1 });
 * const data = new ChatData(tokenizer, {
 *   train: train.map(conversation),
 *   validation: test.map(conversation),
 * });
 * ```
 */
export class ChatData implements TrainingData {
  readonly tokenizer: Tokenizer;
  readonly #train: readonly RenderedChat[];
  readonly #validation: readonly RenderedChat[];
  /** The training conversations by the length of their rows. */
  readonly #byLength: ReadonlyMap<number, readonly RenderedChat[]>;
  /** Tokens of the longest row of both parts. */
  readonly #longest: number;

  constructor(
    tokenizer: Tokenizer,
    { train, validation }: {
      train: readonly (readonly ChatMessage[])[];
      validation: readonly (readonly ChatMessage[])[];
    },
  ) {
    if (train.length === 0 || validation.length === 0) {
      throw new ConfigError(
        `Fine-tuning needs conversations to learn from and to judge by, but got ${train.length} ` +
          `and ${validation.length}.`,
      );
    }
    this.tokenizer = tokenizer;
    this.#train = train.map((messages) => renderChat(messages, tokenizer));
    this.#validation = validation.map((messages) => renderChat(messages, tokenizer));
    this.#byLength = Map.groupBy(this.#train, rowLength);
    this.#longest = [...this.#train, ...this.#validation]
      .reduce((longest, { ids }) => Math.max(longest, ids.length - 1), 0);
  }

  /**
   * A batch of conversations drawn by chance, at most `batch · context` tokens.
   *
   * @throws {ConfigError} if one conversation is longer than the context
   */
  sample(options: { batch: number; context: number; seed: number; step: number }): Batch {
    const { batch, context, seed, step } = options;
    this.#expectRoom(context);
    const random = new Random(seed, `conversations ${step}`);
    const length = rowLength(random.pick(this.#train)); // a length as often as there are conversations of it
    const alike = this.#byLength.get(length)!;
    const rows = Math.max(1, Math.floor(batch * context / length));
    return writtenRows(Array.from({ length: rows }, () => random.pick(alike)), { most: context });
  }

  /**
   * Every validation conversation once.
   *
   * @throws {ConfigError} if one conversation is longer than the context
   */
  *validationBatches(
    { batch, context }: { batch: number; context: number },
  ): Generator<Batch> {
    this.#expectRoom(context);
    const byLength = Map.groupBy(this.#validation, rowLength);
    for (const chats of byLength.values()) {
      for (let start = 0; start < chats.length; start += batch) {
        yield writtenRows(chats.slice(start, start + batch), { most: context });
      }
    }
  }

  #expectRoom(context: number): void {
    if (this.#longest <= context) return;
    throw new ConfigError(
      `The longest conversation has ${
        this.#longest + 1
      } tokens, but the model sees ${context}: shorten it, ` +
        `or give the model a longer context.`,
    );
  }
}
