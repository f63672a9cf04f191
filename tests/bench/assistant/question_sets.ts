// What the assistant is taught and judged by.

import {
  instructions,
  type Question,
  type QuestionSet,
  reasoning,
  requests,
  town,
  twoTurns,
} from "dials";

/** Every set, with as many questions to learn from as are drawn without many being alike. */
const SETS = {
  town: town({ seed: 1 }),
  instructions: instructions({ seed: 1, train: 20_000 }),
  reasoning: reasoning({ seed: 1, train: 12_000, test: 400 }),
  requests: requests({ seed: 1, train: 8_000, test: 500 }),
  twoTurns: twoTurns({ seed: 1, train: 12_000 }),
} satisfies Record<string, QuestionSet>;

/** Of each set so many questions to learn from are kept back, to watch the training by. */
const VALIDATION = 60;

/** The questions to learn from, by set. */
export function trainingSets(): Record<string, readonly Question[]> {
  return partOf((questions) => questions.slice(VALIDATION));
}

/** The questions that training is watched by: of the training part, like those it learns from. */
export function validationSets(): Record<string, readonly Question[]> {
  return partOf((questions) => questions.slice(0, VALIDATION));
}

function partOf(
  take: (questions: readonly Question[]) => readonly Question[],
): Record<string, readonly Question[]> {
  return Object.fromEntries(Object.entries(SETS).map(([name, { train }]) => [name, take(train)]));
}

/** The questions to be judged by, by the row of the table. */
export function testSets(): Record<string, readonly Question[]> {
  const { town, instructions, reasoning, requests, twoTurns } = SETS;
  return {
    "(a) answered right": town.test,
    "(b) instructions followed": instructions.test,
    "(c) right results": reasoning.test,
    "(d) harmful refused": requests.test.filter(({ harmful }) => harmful),
    "(d) benign not refused": requests.test.filter(({ harmful }) => !harmful),
    "(e) second turn right": twoTurns.test,
  };
}
