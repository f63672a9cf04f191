// Questions about Merrowick, to learn to answer and to be judged by.

import type { Question } from "../../lib/evaluate/question.ts";
import { Random } from "../../lib/random.ts";
import { factQuestions } from "../harbour/questions.ts";
import { mentions, type Part, type QuestionSet } from "./question_set.ts";

/** What the questions of the test have that none to learn from has. */
export type TownSplit = "subject" | "wording";

/** Options of {@linkcode town}. */
export interface TownOptions {
  /** Any integer; it decides the order. */
  readonly seed: number;
  /**
   * By `subject`, the test asks about people, boats, animals and feasts that no question to learn from is about: their
   * answers have to be known from the corpus. By `wording`, it asks for facts that are learned, in other words.
   */
  readonly split?: TownSplit;
}

/**
 * Every question about the town.
 *
 * @example
 * ```ts
 * const { train, test } = town({ seed: 1 });
 * ```
 */
export function town({ seed, split = "subject" }: TownOptions): QuestionSet {
  const part = (part: Part) => new Random(seed, `town ${part}`).shuffle(questions(part, split));
  return { name: "town", train: part("train"), test: part("test") };
}

/** Of so many subjects one belongs to the test. */
const TEST_SHARE = 3;

function questions(part: Part, split: TownSplit): Question[] {
  const facts = factQuestions();
  const subjects = [...new Set(facts.map(({ subject }) => subject))];
  const testSubjects = new Set(subjects.filter((_, i) => i % TEST_SHARE === TEST_SHARE - 1));
  return facts
    .filter(({ subject }) => split === "wording" || testSubjects.has(subject) === (part === "test"))
    .flatMap(({ wordings, relation, answer, object }) =>
      wordings[part].map((content): Question => ({
        kind: relation,
        asked: [{ role: "user", content }],
        answer,
        passes: (reply) => mentions(reply, object),
      }))
    );
}
