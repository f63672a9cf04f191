// What the assistant is taught and judged by.

import {
  instructions,
  type Question,
  type QuestionSet,
  reasoning,
  type RequestQuestion,
  requests,
  town,
  twoTurns,
} from "dials";

/** Every set, with as many questions to learn from as are drawn without many being alike. */
const SETS = {
  town: town({ seed: 1 }),
  instructions: instructions({ seed: 1, train: 20_000 }),
  reasoning: reasoning({ seed: 1, train: 12_000, test: 400 }),
  requests: milder(requests({ seed: 1, train: 24_000, test: 500 })),
  twoTurns: twoTurns({ seed: 1, train: 12_000 }),
} satisfies Record<string, QuestionSet>;

/** A set that asks for harm half as often, in what is learned from: refusing is soon learned, and easily overdone. */
function milder(set: QuestionSet<RequestQuestion>): QuestionSet<RequestQuestion> {
  const isKept = ({ harmful }: RequestQuestion, i: number) => !harmful || i % 4 === 0;
  return { ...set, train: set.train.filter(isKept) };
}

/** Of each set so many questions to learn from are kept back, to watch the training by. */
const VALIDATION = 60;

/** How a set is taught. */
interface Teaching {
  /** Share of its questions whose answers are shown. */
  readonly shown: number;
  /** How often each of them is shown. */
  readonly times: number;
  /** Share of this set in what is practised. */
  readonly practised: number;
}

/**
 * Of reasoning little is shown, most of it answers without a way to them: sums that are shown often are learned by heart,
 * and those that are not shown are forgotten over them. Practice is about it above all. What is known of the town is
 * shown more than once. What is shown is not practised, where there is enough of a set.
 */
const TEACHING: Readonly<Record<keyof typeof SETS, Teaching>> = {
  town: { shown: 1, times: 3, practised: 0.05 },
  instructions: { shown: 0.5, times: 1, practised: 0.05 },
  reasoning: { shown: 0.08, times: 1, practised: 0.4 },
  requests: { shown: 0.75, times: 1, practised: 0.25 },
  twoTurns: { shown: 0.75, times: 1, practised: 0.25 },
};

/** Questions with their answers, to learn from. */
export function demonstrations(): Question[] {
  return taughtSets().flatMap(({ questions, shown, times }) => {
    const some = questions.slice(0, Math.round(shown * questions.length));
    return Array.from({ length: times }, () => some).flat();
  });
}

/** Questions that training is watched by, like those that are learned from. */
export function validationQuestions(): Question[] {
  return Object.values(SETS).flatMap(({ train }) => train.slice(0, VALIDATION));
}

/** About so many questions to practise on, of each set its share. */
export function practice(count = 10_000): Question[] {
  return taughtSets().flatMap(({ questions, shown, practised }) => {
    const others = shown < 1 ? questions.slice(Math.round(shown * questions.length)) : questions;
    return Array.from(
      { length: Math.ceil(practised * count) },
      (_, i) => others[i % others.length],
    );
  });
}

function taughtSets(): ({ readonly questions: readonly Question[] } & Teaching)[] {
  return Object.entries(SETS).map(([name, { train }]) => ({
    questions: train.slice(VALIDATION),
    ...TEACHING[name as keyof typeof SETS],
  }));
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
