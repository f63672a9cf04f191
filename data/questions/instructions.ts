// Instructions that a program can check: say it twice, count, sort, write in capitals, answer in two words.

import type { Random } from "../../lib/random.ts";
import { numberWord } from "../harbour/language/english.ts";
import { capitalise } from "../harbour/language/template.ts";
import { distinct, drawSet, type Family } from "./family.ts";
import { isExactly, type QuestionSet, sameAnswer, type SetOptions, words } from "./question_set.ts";
import { QUALITIES, thing } from "./pools.ts";

/**
 * Instructions and a program that checks each.
 *
 * @example
 * ```ts
 * const { test } = instructions({ seed: 1 });
 * test[0].passes("lantern lantern");
 * ```
 */
export function instructions(options: SetOptions): QuestionSet {
  return drawSet("instructions", FAMILIES, options);
}

const FAMILIES: readonly Family[] = [
  {
    kind: "repeat",
    wordings: {
      train: [
        "Say the word {word} {times} times.",
        "Repeat {word} {times} times.",
        "Write the word {word} {times} times in a row.",
        "{times} times, please: {word}.",
      ],
      test: ["Please say {word} {times} times.", "Write {word} {times} times."],
    },
    draw(random, part) {
      const word = thing(random, part);
      const count = 2 + random.integer(4);
      const answer = Array(count).fill(word).join(" ");
      return { slots: { word, times: numberWord(count) }, answer, passes: is(answer) };
    },
  },
  {
    kind: "count",
    wordings: {
      train: [
        "Count from {first} to {last}.",
        "Count up from {first} to {last}.",
        "Say all the numbers from {first} to {last}.",
        "Write the numbers {first} to {last}.",
      ],
      test: ["Please count from {first} up to {last}.", "List the numbers from {first} to {last}."],
    },
    draw(random, part) {
      // Counts of the test begin where none to learn from does.
      const first = part === "test" ? 5 * (1 + random.integer(9)) : notFifth(random, 50);
      const length = 3 + random.integer(5);
      const numbers = Array.from({ length }, (_, i) => first + i);
      const answer = numbers.join(", ");
      const slots = { first: String(first), last: String(first + length - 1) };
      return { slots, answer, passes: hasNumbers(numbers) };
    },
  },
  {
    kind: "capitals",
    wordings: {
      train: [
        "Write {word} in capital letters.",
        "Put the word {word} into capitals.",
        "{word}, in capital letters, please.",
        "Shout the word {word} in capitals.",
      ],
      test: ["Please write the word {word} in capitals.", "Spell {word} with capital letters."],
    },
    draw(random, part) {
      const word = thing(random, part);
      const answer = word.toUpperCase();
      return {
        slots: { word },
        answer,
        passes: isExactly(answer),
      };
    },
  },
  {
    kind: "sort",
    wordings: {
      train: [
        "Sort these words by the alphabet: {list}.",
        "Put these words in alphabetical order: {list}.",
        "Sort from A to Z: {list}.",
        "In the order of the alphabet, please: {list}.",
      ],
      test: ["Sort the words {list} by the alphabet.", "Please put {list} in alphabetical order."],
    },
    draw(random, part) {
      const picked = distinct(3, () => thing(random, part));
      const answer = picked.toSorted().join(", ");
      return { slots: { list: picked.join(", ") }, answer, passes: hasWords(picked.toSorted()) };
    },
  },
  {
    kind: "reverse",
    wordings: {
      train: [
        "Say these words the other way round: {list}.",
        "Turn the order of these words round: {list}.",
        "From last to first, please: {list}.",
        "Write these words in reverse order: {list}.",
      ],
      test: ["Reverse the order of {list}.", "Say the words {list} from last to first."],
    },
    draw(random, part) {
      const picked = distinct(3, () => thing(random, part));
      const reversed = picked.toReversed();
      const slots = { list: picked.join(", ") };
      return { slots, answer: reversed.join(", "), passes: hasWords(reversed) };
    },
  },
  {
    kind: "two words",
    wordings: {
      train: [
        "Answer with exactly two words: what is in the {word}?",
        "In exactly two words, what is a {word} like?",
        "Use exactly two words: how was the {word}?",
        "Exactly two words, please: what do you know of the {word}?",
      ],
      test: [
        "With exactly two words, what is the {word} like?",
        "Answer in exactly two words: how is the {word}?",
      ],
    },
    draw(random, part) {
      const word = thing(random, part);
      const [a, b] = distinct(2, () => random.pick(QUALITIES.train));
      return {
        slots: { word },
        answer: `${capitalise(a)}, ${b}.`,
        passes: (reply) => words(reply).length === 2,
      };
    },
  },
  {
    kind: "three lines",
    wordings: {
      train: [
        "Describe the {word} in three lines.",
        "Write three lines about the {word}.",
        "Tell me of the {word} in three lines.",
        "The {word}, in three lines, please.",
      ],
      test: ["Say something of the {word} in three lines.", "In three lines, describe the {word}."],
    },
    draw(random, part) {
      const word = thing(random, part);
      const lines = distinct(3, () => random.pick(QUALITIES.train));
      const answer = lines.map((quality) => `The ${word} is ${quality}.`).join("\n");
      return { slots: { word }, answer, passes: (reply) => lineCount(reply) === 3 };
    },
  },
  {
    kind: "begin with",
    wordings: {
      train: [
        "Begin your answer with the word {start}: how is the {word}?",
        "Start with the word {start} and tell me of the {word}.",
        "Your answer must begin with {start}: what of the {word}?",
        "Let {start} be your first word. How is the {word}?",
      ],
      test: [
        "Begin with the word {start}: tell me of the {word}.",
        "How is the {word}? Let your answer begin with {start}.",
      ],
    },
    draw(random, part) {
      const [word, start] = distinct(2, () => thing(random, part));
      const answer = `${start}: the ${word} is ${random.pick(QUALITIES.train)}.`;
      return { slots: { word, start }, answer, passes: (reply) => words(reply)[0] === start };
    },
  },
  {
    kind: "end with",
    wordings: {
      train: [
        "End your answer with the word {end}: how is the {word}?",
        "Tell me of the {word}, and let {end} be your last word.",
        "Your answer must end with {end}: what of the {word}?",
        "How is the {word}? Stop at the word {end}.",
      ],
      test: [
        "Let your answer end with {end}: how is the {word}?",
        "Tell me of the {word} and end with the word {end}.",
      ],
    },
    draw(random, part) {
      const [word, end] = distinct(2, () => thing(random, part));
      const answer = `The ${word} is ${random.pick(QUALITIES.train)}, and so is the ${end}.`;
      return { slots: { word, end }, answer, passes: (reply) => words(reply).at(-1) === end };
    },
  },
  {
    kind: "between stars",
    wordings: {
      train: [
        "Put the word {word} between two stars.",
        "Write a star, then {word}, then a star.",
        "The word {word}, with a star on each side, please.",
      ],
      test: ["Please write the word {word} between two stars.", "Set {word} between stars."],
    },
    draw(random, part) {
      const word = thing(random, part);
      const answer = `* ${word} *`;
      return { slots: { word }, answer, passes: isBetweenStars(word) };
    },
  },
];

/** A number from 1 to `most` that five does not divide. */
function notFifth(random: Random, most: number): number {
  while (true) {
    const number = 1 + random.integer(most);
    if (number % 5 !== 0) return number;
  }
}

function is(answer: string): (reply: string) => boolean {
  return (reply) => sameAnswer(reply, answer);
}

function hasWords(expected: readonly string[]): (reply: string) => boolean {
  return (reply) => words(reply).join(" ") === expected.join(" ");
}

function hasNumbers(expected: readonly number[]): (reply: string) => boolean {
  return hasWords(expected.map(String));
}

function isBetweenStars(word: string): (reply: string) => boolean {
  return (reply) => /^\* ?(.*?) ?\*\.?$/.exec(reply.trim())?.[1] === word;
}

function lineCount(text: string): number {
  return text.trim().split("\n").filter((line) => line.trim() !== "").length;
}
