// Questions about Merrowick with one right answer each. Each fact is asked in several wordings; one of them is kept for
// the test.

import { withArticles } from "./language/english.ts";
import { capitalise } from "./language/template.ts";
import { world } from "./world/mod.ts";

/** How facts of one relation are asked and answered; `$s` is the subject and `$o` the object. */
interface Wording {
  readonly about: "person" | "boat" | "animal" | "festival";
  readonly relation: string;
  readonly train: readonly string[];
  readonly test: string;
  readonly answer: string;
}

const WORDINGS: readonly Wording[] = [
  {
    about: "person",
    relation: "street",
    train: [
      "Where does $s live?",
      "In which street does $s live?",
      "Which street is $s from?",
      "What street is the home of $s in?",
      "Tell me where $s lives.",
      "Where is the house of $s?",
    ],
    test: "What street does $s live in?",
    answer: "$s lives in $o.",
  },
  {
    about: "person",
    relation: "trade",
    train: [
      "What does $s do?",
      "What is the trade of $s?",
      "What work does $s do?",
      "Tell me the trade of $s.",
      "What does $s do for a living?",
      "By trade, what is $s?",
      "What trade does $s have?",
      "What is it that $s does?",
    ],
    test: "What is $s by trade?",
    answer: "$s is a $o.",
  },
  {
    about: "person",
    relation: "husband",
    train: [
      "Who is the husband of $s?",
      "Who is $s married to?",
      "Whom did $s marry?",
      "To whom is $s married?",
      "Tell me who married $s.",
      "Who is the man married to $s?",
      "Tell me who is married to $s.",
      "Whom is $s married to?",
    ],
    test: "Who is married to $s?",
    answer: "$s is married to $o.",
  },
  {
    about: "person",
    relation: "friend",
    train: [
      "Who is a friend of $s?",
      "Who is $s friends with?",
      "Name a friend of $s.",
      "Does $s have a friend?",
      "Who is the friend of $s?",
      "Tell me a friend $s has.",
      "What friend does $s have?",
      "Which person is friends with $s?",
    ],
    test: "Which friend does $s have?",
    answer: "$s is friends with $o.",
  },
  {
    about: "boat",
    relation: "owner",
    train: [
      "Who owns the $s?",
      "Whose boat is the $s?",
      "Who is the owner of the $s?",
      "Tell me who owns the $s.",
      "To which person does the $s belong?",
      "Whom does the $s belong to?",
      "Does the $s belong to anybody?",
      "To what person does the $s belong?",
      "Who is it that the $s belongs to?",
      "Whose is the $s?",
    ],
    test: "To whom does the $s belong?",
    answer: "The $s belongs to $o.",
  },
  {
    about: "boat",
    relation: "colour",
    train: [
      "What colour is the $s?",
      "Which colour is the $s?",
      "How is the $s painted?",
      "Tell me the colour of the $s.",
      "In what colour is the $s painted?",
      "What is the $s painted?",
    ],
    test: "What is the colour of the $s?",
    answer: "The $s is $o.",
  },
  {
    about: "boat",
    relation: "berth",
    train: [
      "Where does the $s lie?",
      "Where is the berth of the $s?",
      "Where is the $s tied up?",
      "Tell me where the $s lies.",
      "Where do I find the $s?",
      "At which berth can the $s be found?",
    ],
    test: "Where can I find the $s?",
    answer: "The $s lies at $o.",
  },
  {
    about: "animal",
    relation: "owner",
    train: [
      "Who owns $s?",
      "Whose animal is $s?",
      "Who is the owner of $s?",
      "Tell me who owns $s.",
      "To which person does $s belong?",
      "Whom does $s belong to?",
      "Does $s belong to anybody?",
      "To what person does $s belong?",
      "Who is it that $s belongs to?",
      "Whose is $s?",
    ],
    test: "To whom does $s belong?",
    answer: "$s belongs to $o.",
  },
  {
    about: "animal",
    relation: "kind",
    train: [
      "What is $s?",
      "What kind of animal is $s?",
      "Which animal is $s?",
      "Tell me what animal $s is.",
      "Is $s a cat, a dog or what?",
      "What sort of creature is $s?",
    ],
    test: "What sort of animal is $s?",
    answer: "$s is a $o.",
  },
  {
    about: "festival",
    relation: "date",
    train: [
      "When is $s?",
      "On which day is $s?",
      "What is the date of $s?",
      "Tell me the date of $s.",
      "On what day of the year is $s?",
      "Which date is $s on?",
    ],
    test: "On what date is $s?",
    answer: "$s is on $o.",
  },
  {
    about: "festival",
    relation: "food",
    train: [
      "What do people eat at $s?",
      "What is eaten at $s?",
      "Which food belongs to $s?",
      "Tell me what there is to eat at $s.",
      "What food is there at $s?",
      "What is the food of $s?",
    ],
    test: "What is there to eat at $s?",
    answer: "People eat $o at $s.",
  },
];

/** A fact of the town as questions. */
export interface FactQuestion {
  readonly subject: string;
  readonly relation: string;
  readonly object: string;
  /** The ways to ask, those of the test apart. */
  readonly wordings: { readonly train: readonly string[]; readonly test: readonly string[] };
  /** The answer as a sentence. */
  readonly answer: string;
}

/** Every fact that is asked for, with its questions. */
export function factQuestions(): FactQuestion[] {
  const names = {
    person: new Set(world.people.map((person) => person.fullName)),
    boat: new Set(world.boats.map((boat) => boat.name)),
    animal: new Set(world.animals.map((animal) => animal.name)),
    festival: new Set(world.festivals.map((festival) => festival.name)),
  };
  return WORDINGS.flatMap(({ about, relation, train, test, answer }) =>
    world.facts
      .filter((fact) => fact[1] === relation && names[about].has(fact[0]))
      .map(([subject, , object]) => {
        const fill = (template: string) =>
          withArticles(template.replace("$s", subject).replace("$o", object));
        const wordings = { train: train.map(fill), test: [fill(test)] };
        return { subject, relation, object, wordings, answer: capitalise(fill(answer)) };
      })
  );
}
