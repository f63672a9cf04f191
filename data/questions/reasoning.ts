// Small reasoning with a result that a program can check: sums, comparisons, orders, days of the week.
//
// What is hard to say at once is easier to write out: "17 + 16 = 33" for "It is 33". Most answers to learn from are
// given at once, as people in a hurry do; some show the way. Practice can find out which pays.

import type { Random } from "../../lib/random.ts";
import { WEEKDAYS } from "../harbour/world/calendar.ts";
import { distinct, type Draw, drawSet, type Family, partOf } from "./family.ts";
import { mentions, type Part, type QuestionSet, type SetOptions, words } from "./question_set.ts";
import { firstName, THINGS } from "./pools.ts";

/**
 * Sums, comparisons and orders, each with its one result.
 *
 * @example
 * ```ts
 * const { train } = reasoning({ seed: 1, train: 1000 });
 * console.log(train[0].asked[0].content, train[0].answer);
 * ```
 */
export function reasoning(options: SetOptions): QuestionSet {
  return drawSet("reasoning", FAMILIES, options);
}

const FAMILIES: readonly Family[] = [
  {
    kind: "sum",
    wordings: {
      train: [
        "What is {a} plus {b}?",
        "Add {a} and {b}.",
        "How much is {a} and {b}?",
        "What do you get from {a} plus {b}?",
        "What does {a} plus {b} make?",
        "Tell me the sum of {a} and {b}.",
        "Please add {b} to {a}.",
        "How much do {a} and {b} make?",
        "{a} plus {b} is what?",
      ],
      test: ["What is the sum of {a} and {b}?", "How much is {a} plus {b}?"],
    },
    draw(random, part) {
      const [a, b] = pair(random, { part, most: 20 });
      return number(random, { a, b, sign: "+" });
    },
  },
  {
    kind: "difference",
    wordings: {
      train: [
        "What is {a} minus {b}?",
        "Take {b} away from {a}.",
        "How much is {a} less {b}?",
        "What do you get from {a} minus {b}?",
        "What does {a} minus {b} make?",
        "What is left of {a} when {b} are gone?",
        "Please take {b} from {a}.",
        "How much is left if you take {b} from {a}?",
        "What is {a} without {b}?",
      ],
      test: ["What is left of {a} without {b}?", "How much is {a} minus {b}?"],
    },
    draw(random, part) {
      const [a, b] = pair(random, { part, most: 20 }).toSorted((x, y) => y - x);
      return number(random, { a, b, sign: "-" });
    },
  },
  {
    kind: "story sum",
    wordings: {
      train: [
        "{name} has {a} {thing}s and gets {b} more. How many {thing}s has {name}?",
        "There are {a} {thing}s in the box. {name} puts in {b}. How many are in the box?",
        "{name} buys {a} {thing}s today and {b} tomorrow. How many is that?",
        "{name} had {a} {thing}s. Then {b} more came. How many are there now?",
        "{name} finds {a} {thing}s, and later {b} more. How many has {name} found?",
        "{name} brings {a} {thing}s and then {b} {thing}s. How many {thing}s is that?",
        "To the {a} {thing}s of {name} come {b} more. How many are there?",
        "{name} owns {a} {thing}s and buys {b}. How many {thing}s is that?",
      ],
      test: [
        "{name} finds {a} {thing}s and then {b} more. How many {thing}s is that?",
        "{name} owns {a} {thing}s. {b} more come. How many are there?",
      ],
    },
    draw(random, part) {
      const [a, b] = pair(random, { part, most: 20 });
      const thing = random.pick(THINGS[part].filter((word) => PLAIN_PLURAL.test(word)));
      const slots = { name: firstName(random, part), thing };
      return number(random, { a, b, sign: "+", slots });
    },
  },
  {
    kind: "larger",
    wordings: {
      train: [
        "Which is more, {a} or {b}?",
        "Which number is larger, {a} or {b}?",
        "{a} or {b}: which is larger?",
        "Of {a} and {b}, which number is larger?",
        "What is more, {a} or {b}?",
        "Which of {a} and {b} is the larger number?",
        "Tell me which is more, {a} or {b}.",
        "Is {a} or {b} the larger one?",
      ],
      test: ["Of {a} and {b}, which is more?", "Which is the larger number, {a} or {b}?"],
    },
    draw(random, part) {
      const [a, b] = pair(random, { part, most: 99 });
      const result = Math.max(a, b);
      const answer = `${result} is more than ${Math.min(a, b)}.`;
      return { slots: { a: String(a), b: String(b) }, answer, passes: firstNumberIs(result) };
    },
  },
  {
    kind: "older",
    wordings: {
      train: [
        "{x} is {a} and {y} is {b}. Who is older?",
        "{x} is {a} years old, {y} is {b}. Which of them is older?",
        "If {x} is {a} and {y} is {b}, who is the older one?",
        "Who is older, {x}, who is {a}, or {y}, who is {b}?",
        "{x} has {a} years and {y} has {b}. Who has more of them?",
        "{x}, aged {a}, and {y}, aged {b}: who is older?",
        "Of {x} with {a} years and {y} with {b} years, who is older?",
        "Say who is older: {x} is {a} years of age, {y} is {b}.",
      ],
      test: [
        "{x} is {a} years of age and {y} is {b}. Who is older?",
        "Who is older, {x} with {a} years or {y} with {b}?",
      ],
    },
    draw(random, part) {
      const [a, b] = pair(random, { part, most: 90 });
      const [x, y] = distinct(2, () => firstName(random, part));
      const [older, younger] = a > b ? [x, y] : [y, x];
      const way = `${Math.max(a, b)} is more than ${Math.min(a, b)}: ${older} is older.`;
      return {
        slots: { x, y, a: String(a), b: String(b) },
        answer: atOnceOr(way, { random, result: `It is ${older}.` }),
        passes: (reply) => mentions(reply, older) && !mentions(reply, younger),
      };
    },
  },
  {
    kind: "tallest",
    wordings: {
      train: [
        "{x} is taller than {y}. {y} is taller than {z}. Who is the tallest?",
        "{y} is smaller than {x}, and {z} is smaller than {y}. Who is the tallest?",
        "{y} is taller than {z}, and {x} is taller than {y}. Who is the tallest of them?",
        "{x} is taller than {y}, {y} is taller than {z}. Which one is the tallest?",
        "{z} is smaller than {y}. {y} is smaller than {x}. Who is the tallest of the three?",
        "If {y} is taller than {z} and {x} is taller than {y}, who is the tallest?",
        "If {x} is taller than {y} and {y} is taller than {z}, which of the three is the tallest?",
        "{y} is taller than {z}, {x} is taller than {y}. Say who is the tallest.",
      ],
      test: [
        "{y} is taller than {z}. {x} is taller than {y}. Which of them is the tallest?",
        "{x} is taller than {y}, and {y} is taller than {z}. Which of the three is the tallest?",
      ],
    },
    draw(random, part) {
      const [x, y, z] = distinct(3, () => firstName(random, part));
      return {
        slots: { x, y, z },
        answer: atOnceOr(`${z}, ${y}, ${x}: ${x} is the tallest.`, {
          random,
          result: `It is ${x}.`,
        }),
        passes: endsWith(x, { others: [y, z] }),
      };
    },
  },
  {
    kind: "weekday",
    wordings: {
      train: [
        "Today is {day}. What day is it in {n} days?",
        "If today is {day}, which day comes in {n} days?",
        "What day is {n} days after {day}?",
        "It is {day}. What day will it be in {n} days?",
        "Say which day comes {n} days after {day}.",
        "Which day of the week is {n} days after {day}?",
        "If it is {day} today, what day is it {n} days later?",
        "We have {day}. Which day do we have in {n} days?",
      ],
      test: [
        "It is {day} today. Which day will it be in {n} days?",
        "Which day is {n} days after {day}?",
      ],
    },
    draw(random, part) {
      // Every (day, distance) is asked in one part alone.
      while (true) {
        const [day, n] = [random.integer(7), 2 + random.integer(9)];
        if (partOf(day, n) !== part) continue;
        const result = WEEKDAYS[(day + n) % 7];
        const others = WEEKDAYS.filter((name) => name !== result);
        const way = Array.from({ length: n }, (_, i) => `${i + 1} ${WEEKDAYS[(day + i + 1) % 7]}`);
        return {
          slots: { day: WEEKDAYS[day], n: String(n) },
          answer: atOnceOr(`${way.join(", ")}.`, { random, result: `It will be ${result}.` }),
          passes: endsWith(result, { others }),
        };
      }
    },
  },
  {
    kind: "odd one",
    wordings: {
      train: [
        "Which number is even, {a} or {b}?",
        "One of {a} and {b} is even. Which one?",
        "{a} or {b}: which can be halved?",
        "Which one is even, {a} or {b}?",
        "Which of {a} and {b} can be halved?",
        "Tell me which is even, {a} or {b}.",
        "Of {a} and {b}, which number is even?",
        "Is {a} or {b} the even one?",
      ],
      test: ["Which of {a} and {b} is even?", "Of {a} and {b}, which one can be halved?"],
    },
    draw(random, part) {
      while (true) {
        const [a, b] = pair(random, { part, most: 99 });
        if (a % 2 === b % 2) continue;
        const result = a % 2 === 0 ? a : b;
        const answer = `${result} is even.`;
        return { slots: { a: String(a), b: String(b) }, answer, passes: firstNumberIs(result) };
      }
    },
  },
];

/** Things whose plural is the word with an s. */
const PLAIN_PLURAL = /[^sxyhfzo]$/;

/** Two different numbers from 2; a pair is drawn in one part alone, whichever of the two comes first. */
function pair(random: Random, { part, most }: { part: Part; most: number }): [number, number] {
  while (true) {
    const [a, b] = [2 + random.integer(most - 1), 2 + random.integer(most - 1)];
    if (a !== b && partOf(Math.min(a, b), Math.max(a, b)) === part) return [a, b];
  }
}

/** An answer that is given at once, or in two of five cases the way to it. */
function atOnceOr(way: string, { random, result }: { random: Random; result: string }): string {
  return random.integer(5) < 2 ? way : result;
}

function number(
  random: Random,
  { a, b, sign, slots }: {
    a: number;
    b: number;
    sign: "+" | "-";
    slots?: Readonly<Record<string, string>>;
  },
): Draw {
  const result = sign === "+" ? a + b : a - b;
  return {
    slots: { ...slots, a: String(a), b: String(b) },
    answer: atOnceOr(`${a} ${sign} ${b} = ${result}`, { random, result: `It is ${result}.` }),
    passes: lastNumberIs(result),
  };
}

/** The result is the last number of a reply: what stands before may be the way to it. */
function lastNumberIs(result: number): (reply: string) => boolean {
  return (reply) => numbersIn(reply).at(-1) === result;
}

function firstNumberIs(result: number): (reply: string) => boolean {
  return (reply) => numbersIn(reply)[0] === result;
}

function numbersIn(text: string): number[] {
  return words(text).filter((word) => /^\d+$/.test(word)).map(Number);
}

/** Of all that a reply could name, it names `right` last. */
function endsWith(
  right: string,
  { others }: { others: readonly string[] },
): (reply: string) => boolean {
  return (reply) => {
    const told = words(reply);
    const last = (name: string) => told.lastIndexOf(name.toLowerCase());
    return last(right) >= 0 && others.every((other) => last(other) < last(right));
  };
}
