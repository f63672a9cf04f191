// Supervised fine-tuning data: questions with their answers, as conversations of one turn each, cut into rows so
// that a model learns from the words of the answer alone.

import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import { Random } from "../random.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";
import { renderChat, type RenderedChat } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { TrainingData } from "../train/training_data.ts";

/** A question and its answer. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

/**
 * Exchanges to fine-tune on, written as {@linkcode renderChat} writes a conversation. Rows hold whole exchanges
 * one after another; only the tokens of an answer, its end included, are targets.
 *
 * @throws {ConfigError} if one of the parts is empty, or the tokenizer lacks a chat token
 */
export class ExchangeData implements TrainingData {
  readonly tokenizer: Tokenizer;
  readonly #train: readonly RenderedChat[];
  readonly #validation: readonly RenderedChat[];
  /** Tokens of the longest exchange of both parts. */
  readonly #longest: number;

  constructor(
    tokenizer: Tokenizer,
    parts: { train: readonly Exchange[]; validation: readonly Exchange[] },
  ) {
    if (parts.train.length === 0 || parts.validation.length === 0) {
      throw new ConfigError(
        `Fine-tuning needs exchanges to learn from and to judge by, but got ${parts.train.length} ` +
          `and ${parts.validation.length}.`,
      );
    }
    this.tokenizer = tokenizer;
    this.#train = parts.train.map((exchange) => encode(tokenizer, exchange));
    this.#validation = parts.validation.map((exchange) => encode(tokenizer, exchange));
    this.#longest = [...this.#train, ...this.#validation]
      .reduce((longest, { ids }) => Math.max(longest, ids.length), 0);
  }

  /**
   * A batch of exchanges drawn by chance.
   *
   * @throws {ConfigError} if one exchange is longer than a row
   */
  sample(options: { batch: number; context: number; seed: number; step: number }): Batch {
    const { batch, context, seed, step } = options;
    this.#expectRoom(context);
    const random = new Random(seed, `exchanges ${step}`);
    return pack(new Queue(draws(this.#train, random)), { batch, context });
  }

  /**
   * Every validation exchange once.
   *
   * @throws {ConfigError} if one exchange is longer than a row
   */
  *validationBatches(options: { batch: number; context: number }): Generator<Batch> {
    this.#expectRoom(options.context);
    const queue = new Queue(this.#validation.values());
    while (queue.first !== undefined) yield pack(queue, options);
  }

  #expectRoom(context: number): void {
    if (this.#longest - 1 <= context) return;
    throw new ConfigError(
      `The longest exchange has ${this.#longest} tokens, but the model sees ${context}: shorten it, ` +
        `or give the model a longer context.`,
    );
  }
}

/** Exchanges in line; the first can be looked at before it is taken. */
class Queue {
  first: RenderedChat | undefined;
  readonly #rest: Iterator<RenderedChat>;

  constructor(exchanges: Iterator<RenderedChat>) {
    this.#rest = exchanges;
    this.advance();
  }

  advance(): void {
    const { done, value } = this.#rest.next();
    this.first = done ? undefined : value;
  }
}

function* draws(
  exchanges: readonly RenderedChat[],
  random: Random,
): Generator<RenderedChat> {
  while (true) yield random.pick(exchanges);
}

/**
 * Fills rows from the queue, until the next exchange does not fit the last row or none is left. A row
 * must have room for the longest.
 */
function pack(
  queue: Queue,
  { batch, context }: { batch: number; context: number },
): Batch {
  const inputs = new Int32Array(batch * context); // (B, T)
  const targets = new Int32Array(batch * context).fill(IGNORED); // (B, T)
  for (let row = 0; row < batch && queue.first !== undefined; row++) {
    let column = 0;
    while (queue.first !== undefined && column + queue.first.ids.length - 1 <= context) {
      const { ids, mask } = queue.first;
      const at = row * context + column;
      inputs.set(ids.subarray(0, -1), at);
      for (let i = 1; i < ids.length; i++) {
        if (mask[i] === 1) targets[at + i - 1] = ids[i];
      }
      column += ids.length - 1;
      // The next exchange follows the end of this answer, as it would in a text.
      if (column < context) inputs[row * context + column++] = ids[ids.length - 1];
      queue.advance();
    }
  }
  return { inputs, targets, batch, context };
}

function encode(tokenizer: Tokenizer, { question, answer }: Exchange): RenderedChat {
  return renderChat([
    { role: "user", content: question },
    { role: "assistant", content: answer },
  ], tokenizer);
}
