// What questions ask about: things, names and numbers, each pool split between learning and test.

import { world } from "../harbour/world/mod.ts";
import { capitalise } from "../harbour/language/template.ts";
import { inventedWord } from "../harbour/language/invented.ts";
import type { Random } from "../../lib/random.ts";
import { splitPool } from "./family.ts";
import type { Part } from "./question_set.ts";

/** Things with a one-word name that can be counted, bought or carried. */
export const THINGS = splitPool(world.things);

/** Words that say how something is. */
export const QUALITIES = splitPool(world.qualities);

/** First names of the town. */
export const NAMES = splitPool(world.people.map(({ name }) => name));

/** Of so many names and things to learn from one is made up. */
const MADE_UP = 2;

/**
 * A thing. To learn from, some are made up: a model that has said words again that nobody ever heard can say any.
 */
export function thing(random: Random, part: Part): string {
  return part === "train" && random.integer(MADE_UP) === 0
    ? newWord(random)
    : random.pick(THINGS[part]);
}

/** A first name; of those to learn from, as many are made up. */
export function firstName(random: Random, part: Part): string {
  return part === "train" && random.integer(MADE_UP) === 0
    ? capitalise(newWord(random))
    : random.pick(NAMES[part]);
}

const KNOWN = new Set([...world.things, ...world.people.map(({ name }) => name.toLowerCase())]);

function newWord(random: Random): string {
  while (true) {
    const word = inventedWord(random);
    if (!KNOWN.has(word)) return word;
  }
}
