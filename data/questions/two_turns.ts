// Conversations whose second question needs the first: who was meant, what was said, what was bought.

import type { Random } from "../../lib/random.ts";
import { numberWord } from "../harbour/language/english.ts";
import { distinct, drawSet, type Family, partOf } from "./family.ts";
import {
  isExactly,
  mentions,
  type Part,
  type QuestionSet,
  type SetOptions,
  words,
} from "./question_set.ts";
import { firstName, QUALITIES, thing, THINGS } from "./pools.ts";

/** Conversations of two questions; the reply to the second is judged. */
export function twoTurns(options: SetOptions): QuestionSet {
  return drawSet("two turns", FAMILIES, options);
}

/** A word is said, to be said again in another way. */
const A_WORD: Family["before"] = {
  said: {
    train: [
      "Say the word {thing}.",
      "Write the word {thing}.",
      "The word is {thing}.",
      "Say {thing}.",
      "Please write the word {thing}.",
      "Let me hear the word {thing}.",
    ],
    test: ["Please say the word {thing}.", "Please write {thing}."],
  },
  replied: "{thing}",
};

const FAMILIES: readonly Family[] = [
  {
    kind: "my name",
    before: {
      said: {
        train: [
          "Good morning, I am {name}.",
          "My name is {name}.",
          "Hello, people call me {name}.",
          "Good evening, my name is {name}.",
          "I am {name}.",
          "Good day, they call me {name}.",
        ],
        test: ["Good day, my name is {name}.", "Hello, I am {name}."],
      },
      replied: "Good day, {name}.",
    },
    wordings: {
      train: [
        "What is my name?",
        "Do you know my name?",
        "What do people call me?",
        "Who am I?",
        "Say my name.",
        "Tell me what I am called.",
      ],
      test: ["Tell me my name.", "Can you say my name?"],
    },
    draw(random, part) {
      const name = firstName(random, part);
      return { slots: { name }, answer: `Your name is ${name}.`, passes: says(name) };
    },
  },
  {
    kind: "what I have",
    before: {
      said: {
        train: [
          "I have a {quality} {thing}.",
          "There is a {quality} {thing} in my bag.",
          "I bought a {quality} {thing}.",
          "I own a {quality} {thing} now.",
          "My bag has a {quality} {thing} in it.",
          "I have borrowed a {quality} {thing}.",
          "Somebody gave me a {quality} {thing}.",
        ],
        test: ["I own a {quality} {thing}.", "In my bag there is a {quality} {thing}."],
      },
      replied: "That is a good thing to have.",
    },
    wordings: {
      train: [
        "What do I have?",
        "What is it that I have?",
        "What was it?",
        "Say what I have.",
        "Tell me what it is.",
        "Do you know what I have?",
      ],
      test: ["Tell me what I have.", "What is it?"],
    },
    draw(random, part) {
      const slots = something(random, part);
      return {
        slots,
        answer: `You have a ${slots.quality} ${slots.thing}.`,
        passes: says(slots.thing),
      };
    },
  },
  {
    kind: "what it is like",
    before: {
      said: {
        train: [
          "The {thing} is {quality}.",
          "I see a {quality} {thing}.",
          "Here is a {quality} {thing}.",
          "This is a {quality} {thing}.",
          "I have seen a {quality} {thing}.",
          "Look, the {thing} is {quality}.",
          "There lies a {quality} {thing}.",
        ],
        test: ["There is a {quality} {thing}.", "I have found a {quality} {thing}."],
      },
      replied: "I see.",
    },
    wordings: {
      train: [
        "How is the {thing}?",
        "What is the {thing} like?",
        "How is it?",
        "Tell me how it is.",
        "Say how the {thing} is.",
        "What was the {thing} like?",
        "Tell me what it is like.",
      ],
      test: ["Tell me how the {thing} is.", "What is it like?"],
    },
    draw(random, part) {
      const slots = something(random, part);
      return {
        slots,
        answer: `The ${slots.thing} is ${slots.quality}.`,
        passes: says(slots.quality),
      };
    },
  },
  {
    kind: "again in capitals",
    before: A_WORD,
    wordings: {
      train: [
        "Now in capital letters.",
        "The same in capitals.",
        "Again, in capital letters.",
        "Once more in capitals, please.",
        "And in capital letters?",
        "Now write it with capitals.",
        "And again, in capitals.",
      ],
      test: ["And now in capitals.", "Once more, in capital letters."],
    },
    draw(random, part) {
      const thing = random.pick(THINGS[part]);
      const answer = thing.toUpperCase();
      return {
        slots: { thing },
        answer,
        passes: isExactly(answer),
      };
    },
  },
  {
    kind: "again",
    before: A_WORD,
    wordings: {
      train: [
        "Now {times} times.",
        "The same {times} times.",
        "Again, {times} times in a row.",
        "Once more, but {times} times.",
        "And {times} times, please.",
        "Now say it {times} times.",
        "And again, {times} times in a row.",
      ],
      test: ["And now {times} times.", "Once more, {times} times in a row."],
    },
    draw(random, part) {
      const { thing } = something(random, part);
      const count = 2 + random.integer(3);
      const answer = Array(count).fill(thing).join(" ");
      const passes = (reply: string) => words(reply).join(" ") === answer;
      return { slots: { thing, times: numberWord(count) }, answer, passes };
    },
  },
  {
    kind: "who has it",
    before: {
      said: {
        // The one who is asked for is named first or second.
        train: [
          "{x} has the {a} and {y} has the {b}.",
          "{y} has the {b} and {x} has the {a}.",
          "The {a} belongs to {x}, the {b} to {y}.",
          "The {b} belongs to {y}, the {a} to {x}.",
          "{x} got the {a} and {y} got the {b}.",
          "{y} got the {b} and {x} got the {a}.",
          "The {a} is with {x}, and the {b} is with {y}.",
          "The {b} is with {y}, and the {a} is with {x}.",
          "{x} bought the {a}. {y} bought the {b}.",
          "{y} bought the {b}. {x} bought the {a}.",
        ],
        test: [
          "{x} took the {a} and {y} took the {b}.",
          "{y} took the {b} and {x} took the {a}.",
          "The {b} is with {y} and the {a} with {x}.",
        ],
      },
      replied: "I shall remember it.",
    },
    wordings: {
      train: [
        "Who has the {a}?",
        "Where is the {a}?",
        "Whose is the {a}?",
        "Say who has the {a}.",
        "With whom will I find the {a}?",
        "Do you know who has the {a}?",
        "Tell me where the {a} is.",
      ],
      test: ["Tell me who has the {a}.", "With whom is the {a}?"],
    },
    draw(random, part) {
      const [x, y] = distinct(2, () => firstName(random, part));
      const [a, b] = distinct(2, () => thing(random, part));
      const passes = (reply: string) => mentions(reply, x) && !mentions(reply, y);
      return { slots: { x, y, a, b }, answer: `${x} has the ${a}.`, passes };
    },
  },
  {
    kind: "next number",
    before: {
      said: {
        train: [
          "Think of the number {n}.",
          "The number is {n}.",
          "I have {n} buttons.",
          "Here is a number: {n}.",
          "I take the number {n}.",
          "Let us begin with the number {n}.",
          "My house has the number {n}.",
        ],
        test: ["My number is {n}.", "Take the number {n}."],
      },
      replied: "Very well.",
    },
    wordings: {
      train: [
        "Which number comes next?",
        "What is the number after it?",
        "And one more?",
        "Which number follows?",
        "What comes after it?",
        "Add one more.",
        "Tell me the number that comes next.",
        "What is one more than that?",
      ],
      test: ["What number comes after it?", "Add one to it."],
    },
    draw(random, part) {
      while (true) {
        const n = 2 + random.integer(96);
        if (partOf(n) !== part) continue;
        const answer = String(n + 1);
        return {
          slots: { n: String(n) },
          answer,
          passes: (reply) => words(reply).at(-1) === answer,
        };
      }
    },
  },
];

function something(random: Random, part: Part): { quality: string; thing: string } {
  return { quality: random.pick(QUALITIES[part]), thing: thing(random, part) };
}

function says(word: string): (reply: string) => boolean {
  return (reply) => mentions(reply, word);
}
