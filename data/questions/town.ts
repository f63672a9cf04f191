// Questions about Merrowick. Those of the test ask about people, boats, animals and feasts that no question to learn
// from is about: their answers have to be known from the corpus.

import { Random } from "../../lib/random.ts";
import { factQuestions } from "../harbour/questions.ts";
import { type Item, mentions, type Part, type QuestionSet } from "./item.ts";

/**
 * Every question about the town, in an order that the seed decides.
 *
 * @example
 * ```ts
 * const { train, test } = town({ seed: 1 });
 * ```
 */
export function town({ seed }: { seed: number }): QuestionSet {
  return { name: "town", train: part("train", seed), test: part("test", seed) };
}

/** Of so many subjects one belongs to the test. */
const TEST_SHARE = 3;

function part(part: Part, seed: number): Item[] {
  const subjects = new Map<string, number>();
  const items: Item[] = [];
  for (const { subject, object, relation, wordings, answer } of factQuestions()) {
    if (!subjects.has(subject)) subjects.set(subject, subjects.size);
    const isTest = subjects.get(subject)! % TEST_SHARE === TEST_SHARE - 1;
    if (isTest !== (part === "test")) continue;
    for (const question of wordings[part]) {
      items.push({
        kind: relation,
        asked: [{ role: "user", content: question }],
        answer,
        passes: (reply) => mentions(reply, object),
      });
    }
  }
  return new Random(seed, `town ${part}`).shuffle(items);
}
