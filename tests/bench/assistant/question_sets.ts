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

/**
 * How often an answer to a question of a set is shown. Little is shown of reasoning: it is learned by practice, as far as
 * rewards can teach it. What is known of the town is asked for more than once.
 */
const SHOWN: Readonly<Record<keyof typeof SETS, number>> = {
  town: 4,
  instructions: 1,
  reasoning: 0.4,
  requests: 1,
  twoTurns: 1,
};

/** Questions with their answers, to learn from. */
export function demonstrations(): Question[] {
  return Object.entries(practiceSets()).flatMap(([name, questions]) => {
    const count = Math.round(questions.length * SHOWN[name as keyof typeof SETS]);
    return Array.from({ length: count }, (_, i) => questions[i % questions.length]);
  });
}

/** Questions that training is watched by, like those that are learned from. */
export function validationQuestions(): Question[] {
  return Object.values(SETS).flatMap(({ train }) => train.slice(0, VALIDATION));
}

/** Questions to practise on, of each set as many however many it has: `count` in all, or as many as there are. */
export function practice(count = Infinity): Question[] {
  const sets = Object.values(practiceSets());
  const each = Math.min(Math.ceil(count / sets.length), ...sets.map((set) => set.length));
  return sets.flatMap((set) => set.slice(0, each));
}

function practiceSets(): Record<string, readonly Question[]> {
  return Object.fromEntries(
    Object.entries(SETS).map(([name, { train }]) => [name, train.slice(VALIDATION)]),
  );
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
