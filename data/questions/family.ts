// Families of questions, and how a set is drawn from them. A family knows its wordings, those to learn from apart from
// those of the test, and draws what it asks about from pools that are split in the same way.

import { ConfigError } from "../../lib/errors.ts";
import { Random } from "../../lib/random.ts";
import { withArticles } from "../harbour/language/english.ts";
import { capitalise } from "../harbour/language/template.ts";
import type { Question } from "../../lib/evaluate/question.ts";
import type { ChatMessage } from "../../lib/tokenizer/chat.ts";
import type { Part, QuestionSet, SetOptions } from "./question_set.ts";

/** What a family asks about once. */
export interface Draw {
  /** What stands for each `{name}` in the wording. */
  readonly slots: Readonly<Record<string, string>>;
  readonly answer: string;
  passes(reply: string): boolean;
}

/** Ways to say one thing, with `{name}` where a slot belongs. */
export type Wordings = Readonly<Record<Part, readonly string[]>>;

/** Questions that are alike. */
export interface Family {
  readonly kind: string;
  /** What the user and the assistant said before, where the question needs it. */
  readonly before?: { readonly said: Wordings; readonly replied: string };
  readonly wordings: Wordings;
  draw(random: Random, part: Part): Draw;
}

/** How often in a row a draw may give what there is already, before a family is taken to be exhausted. */
const PATIENCE = 200;

/**
 * A set that takes its questions from all families by turns, no two alike.
 *
 * @throws {ConfigError} if the families do not hold so many
 */
export function drawSet(
  name: string,
  families: readonly Family[],
  { seed, train = 4_000, test = 300 }: SetOptions,
): QuestionSet {
  return {
    name,
    train: drawPart(families, { part: "train", count: train, random: new Random(seed, name) }),
    test: drawPart(families, {
      part: "test",
      count: test,
      random: new Random(seed, `${name} test`),
    }),
  };
}

function drawPart(
  families: readonly Family[],
  { part, count, random }: { part: Part; count: number; random: Random },
): Question[] {
  const questions: Question[] = [];
  const asked = new Set<string>();
  let open = families;
  for (let turn = 0; questions.length < count; turn++) {
    if (open.length === 0) {
      throw new ConfigError(
        `There are only ${questions.length} different questions for the ${part} part, but ${count} were asked for.`,
      );
    }
    const family = open[turn % open.length];
    const question = drawNew(family, { part, random, asked });
    if (question === undefined) open = open.filter((other) => other !== family);
    else questions.push(question);
  }
  return questions;
}

/** An question that has not been asked; undefined if the family seems to have no more. */
function drawNew(
  family: Family,
  { part, random, asked }: { part: Part; random: Random; asked: Set<string> },
): Question | undefined {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const { slots, answer, passes } = family.draw(random, part);
    const turns = converse(family, { slots, random, part });
    const text = turns.map(({ content }) => content).join("\n");
    if (asked.has(text)) continue;
    asked.add(text);
    return { kind: family.kind, asked: turns, answer: withArticles(answer), passes };
  }
  return undefined;
}

function converse(
  { before, wordings }: Family,
  { slots, random, part }: { slots: Draw["slots"]; random: Random; part: Part },
): ChatMessage[] {
  const say = ({ [part]: ways }: Wordings): ChatMessage => {
    const content = fill(random.pick(ways), slots);
    return { role: "user", content: capitalise(content) };
  };
  if (before === undefined) return [say(wordings)];
  return [
    say(before.said),
    { role: "assistant", content: fill(before.replied, slots) },
    say(wordings),
  ];
}

/** A wording with its slots filled: "{w}" takes slot w. */
function fill(wording: string, slots: Draw["slots"]): string {
  return withArticles(wording.replaceAll(/\{(\w+)\}/g, (_, name: string) => slots[name]));
}

/** Every fifth entry of a pool for the test, the others to learn from. */
export function splitPool<T>(pool: readonly T[]): Readonly<Record<Part, readonly T[]>> {
  return {
    train: pool.filter((_, i) => i % 5 !== 4),
    test: pool.filter((_, i) => i % 5 === 4),
  };
}

/** So many different draws. */
export function distinct<T>(count: number, draw: () => T): T[] {
  const drawn = new Set<T>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}

/** The part that some numbers are asked in: of four such rows, drawn by chance, one belongs to the test. */
export function partOf(...numbers: readonly number[]): Part {
  return new Random(1, numbers.join(" ")).integer(4) === 0 ? "test" : "train";
}
