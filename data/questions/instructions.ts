// Instructions that a program can check: say it twice, count, sort, write in capitals, answer in two words.

import type { Random } from "../../lib/random.ts";
import { numberWord } from "../harbour/language/english.ts";
import { capitalise } from "../harbour/language/template.ts";
import { distinct, drawSet, type Family } from "./family.ts";
import { isExactly, type QuestionSet, sameAnswer, type SetOptions, words } from "./question_set.ts";
import { QUALITIES, thing, THINGS } from "./pools.ts";

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
        "I want to read {word} {times} times.",
        "Please write the word {word}, {times} times.",
        "Can you say {word} {times} times?",
        "Say {times} times the word {word}.",
        "Give me {word} {times} times in a row.",
        "Please repeat the word {word} {times} times.",
        "Let me hear {word} {times} times.",
        "Now say the word {word}, and say it {times} times.",
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
        "Begin at {first} and count up to {last}.",
        "Please write down the numbers from {first} up to {last}.",
        "Name every number from {first} to {last}.",
        "Count for me, from {first} to {last}.",
        "I want the numbers from {first} to {last}.",
        "Give me a list of the numbers {first} to {last}.",
        "Start with {first} and stop at {last}.",
        "Please say the numbers from {first} to {last}.",
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
        "In capital letters, please: {word}.",
        "Shout the word {word} in capitals.",
        "Write the word {word} large.",
        "Say {word} with large letters.",
        "How is {word} written in capitals?",
        "Spell the word {word} in capital letters.",
        "Please write {word} with capitals.",
        "I want to see the word {word} in capital letters.",
        "Now the word {word}, in capitals.",
        "Please put {word} in capital letters.",
      ],
      test: ["Please write the word {word} in capitals.", "Spell {word} with capital letters."],
    },
    draw(random, part) {
      const word = random.pick(THINGS[part]);
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
        "Please sort {list} from A to Z.",
        "Sort {list} by the alphabet.",
        "Write {list} in alphabetical order.",
        "Which order does the alphabet give to {list}?",
        "Please put the words {list} in the order of the alphabet.",
        "As in a dictionary, please: {list}.",
        "Bring {list} into alphabetical order.",
        "How does the alphabet sort the words {list}?",
      ],
      test: ["Sort the words {list} by the alphabet.", "Please put {list} in alphabetical order."],
    },
    draw(random, part) {
      const picked = distinct(3, () => random.pick(THINGS[part]));
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
        "Reverse these words: {list}.",
        "Say {list} the other way round.",
        "Please reverse {list}.",
        "Write the words {list} from the last to the first.",
        "Turn {list} round.",
        "Put the words {list} in reverse order.",
        "Backwards, please: {list}.",
        "Please say {list} backwards, word by word.",
        "Give me {list} from last to first.",
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
        "Describe the {word} in exactly two words.",
        "Tell me with two words how the {word} is.",
        "Say in two words what the {word} is like.",
        "How is the {word}? Use exactly two words.",
        "What is the {word} like? Answer in two words.",
        "Please describe a {word} with exactly two words.",
        "Two words, no more and no less: how is the {word}?",
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
        "In exactly three lines, tell me of the {word}.",
        "Say in three lines what the {word} is like.",
        "Use three lines to describe the {word}.",
        "How is the {word}? Answer in three lines.",
        "Please write something of the {word} in three lines.",
        "Three lines on the {word}, please.",
        "What is the {word} like? Say it in three lines.",
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
        "Tell me of the {word}, and begin with {start}.",
        "How is the {word}? Begin with {start}.",
        "Begin with {start}, please: what is the {word} like?",
        "What is the {word} like? Let your first word be {start}.",
        "Describe the {word}. The answer should begin with the word {start}.",
        "Let it begin with {start}: tell me how the {word} is.",
        "Describe the {word} and start with the word {start}.",
        "With {start} as the first word, how is the {word}?",
        "Say something of the {word}, beginning with {start}.",
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
        "Start as you like, but end with {end}: how is the {word}?",
        "How is the {word}? End with {end}.",
        "End with {end}, please: what is the {word} like?",
        "What is the {word} like? Let your last word be {end}.",
        "Describe the {word}. The answer should end with the word {end}.",
        "Let it end with {end}: tell me how the {word} is.",
        "Describe the {word} and stop with the word {end}.",
        "With {end} as the last word, how is the {word}?",
        "Say something of the {word}, ending with {end}.",
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
        "Put stars around {word}.",
        "Write {word} with a star before it and a star behind it.",
        "Please put {word} between two stars.",
        "Write the word {word} between stars.",
        "Give me {word} with stars on both sides.",
        "I want to see {word} between two stars.",
        "Let {word} stand between stars.",
        "A star on the left and on the right of {word}, please.",
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
