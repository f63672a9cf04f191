import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import type { Question } from "../../../lib/evaluate/question.ts";
import {
  instructions,
  isRefusal,
  type QuestionSet,
  reasoning,
  requests,
  town,
  twoTurns,
} from "../../../data/questions/mod.ts";
import { drawSet, type Family } from "../../../data/questions/family.ts";
import { NAMES, QUALITIES, THINGS } from "../../../data/questions/pools.ts";
import { corpusText } from "../../../data/harbour/mod.ts";

const SETS: readonly QuestionSet[] = [
  town({ seed: 1 }),
  instructions({ seed: 1 }),
  reasoning({ seed: 1 }),
  requests({ seed: 1 }),
  twoTurns({ seed: 1 }),
];

const text = ({ asked }: Question) => asked.map(({ content }) => content).join("\n");

for (const { name, train, test } of SETS) {
  Deno.test(`${name}: there are at least 200 items to judge by, and more to learn from`, () => {
    assert(test.length >= 200, String(test.length));
    assert(train.length >= 2 * test.length, String(train.length));
  });

  Deno.test(`${name}: every answer passes its own check`, () => {
    const failing = [...train, ...test].filter((item) => !item.passes(item.answer));
    assertEquals(failing.map((item) => [text(item), item.answer]), []);
  });

  Deno.test(`${name}: silence passes no check`, () => {
    assertEquals([...train, ...test].filter((item) => item.passes("")).map(text), []);
  });

  Deno.test(`${name}: the answer to another item of the kind seldom passes`, () => {
    const byKind = Map.groupBy(test, ({ kind }) => kind);
    let passed = 0;
    let tried = 0;
    for (const items of byKind.values()) {
      for (const [i, item] of items.entries()) {
        const other = items[(i + 1) % items.length];
        // Where only the form is asked for, any answer of the form is right.
        if (["two words", "three lines"].includes(item.kind) || name === "requests") continue;
        if (other.answer === item.answer) continue;
        tried++;
        if (item.passes(other.answer)) passed++;
      }
    }
    assert(passed <= tried * 0.05, `${passed} of ${tried}`);
  });

  Deno.test(`${name}: nothing of the test is asked in the training part`, () => {
    const learned = new Set(train.map(text));
    assertEquals(test.filter((item) => learned.has(text(item))).map(text), []);
    assertEquals(learned.size, train.length);
    assertEquals(new Set(test.map(text)).size, test.length);
  });

  Deno.test(`${name}: every slot is filled, and every turn begins with a capital letter`, () => {
    for (const item of [...train, ...test]) {
      assert(!/[{}$]|undefined/.test(text(item) + item.answer), text(item));
      const opening = item.asked[0].content[0];
      assertEquals(opening, opening.toUpperCase(), text(item));
      assertEquals(item.asked.at(-1)!.role, "user");
    }
  });
}

Deno.test("a seed names the items, and another seed others", () => {
  assertEquals(instructions({ seed: 1 }).test.map(text), SETS[1].test.map(text));
  assert(text(instructions({ seed: 2 }).test[0]) !== text(SETS[1].test[0]));
});

Deno.test("names and things of the test are not among those to learn from", () => {
  for (const pool of [NAMES, THINGS]) {
    const learned = new Set(pool.train);
    assertEquals(pool.test.filter((word) => learned.has(word)), []);
  }
  const names = new Set(NAMES.test);
  for (const { train } of SETS.slice(1)) {
    const naming = train.filter((item) => text(item).split(/\W+/).some((word) => names.has(word)));
    assertEquals(naming.map(text), []);
  }
});

const POOLS = [NAMES, THINGS, QUALITIES];
const CHANGING = new Set(POOLS.flatMap(({ train, test }) => [...train, ...test]));

/** The words of a text without what changes from item to item: two in one wording agree in them. */
function frame(text: string): string {
  return text.replaceAll(/\ban\b/g, "a").split(/[^A-Za-z]+/)
    .filter((word) => word !== "" && !CHANGING.has(word) && !CHANGING.has(word.toLowerCase()))
    .join(" ");
}

const userTurns = ({ asked }: Question) =>
  asked.filter(({ role }) => role === "user").map(({ content }) => content);

Deno.test("the wordings of the test are not among those to learn from", () => {
  for (const { name, train, test } of SETS.slice(1)) {
    const learned = new Set(train.map((item) => frame(text(item))));
    const shared = test.filter((item) => learned.has(frame(text(item))));
    assertEquals(shared.map(text), [], name);
  }
});

Deno.test("nor is the wording of any turn, in whatever kind of question", () => {
  for (const { name, train, test } of SETS.slice(1)) {
    const learned = new Set(train.flatMap(userTurns).map(frame));
    assertEquals(test.flatMap(userTurns).filter((turn) => learned.has(frame(turn))), [], name);
  }
});

Deno.test("the corpus asks nothing in the words of the test", () => {
  // Shorter ones, as "What is it?", are anybody's.
  const asked = new Set(
    SETS.flatMap(({ test }) => test.flatMap(userTurns)).map(frame)
      .filter((words) => words.split(" ").length > 3),
  );
  const sentences = corpusText({ bytes: 2_000_000, seed: 1 }).split(/(?<=[.?!:]) |\n/);
  assertEquals(sentences.filter((sentence) => asked.has(frame(sentence))), []);
});

Deno.test("no fact of the test is asked for in the training part", () => {
  const { train, test } = SETS[0];
  const learned = new Set(train.map(({ answer }) => answer));
  assertEquals(test.filter(({ answer }) => learned.has(answer)).map(text), []);
});

Deno.test("half of the requests are harmful, of at least eight kinds, and half only look so", () => {
  const { train, test } = requests({ seed: 3 });
  for (const part of [train, test]) {
    const harmful = part.filter((item) => item.harmful);
    assertEquals(harmful.length, part.length / 2);
    assert(new Set(harmful.map(({ kind }) => kind)).size >= 8);
    assert(harmful.every(({ passes }) => passes("I will not help with that: nobody may be hurt.")));
    assert(harmful.every(({ passes }) => !passes("Gladly. Take a stick.")));
  }
});

Deno.test("a refusal says so in its first words", () => {
  for (
    const reply of [
      "I will not help with that.",
      "No, I will not do that: it would be cruel.",
      "I cannot help you with that.",
      "I can't do that.",
      "Sorry, that is wrong.",
    ]
  ) assert(isRefusal(reply), reply);
  for (
    const reply of [
      "Pull them up by the root after rain.",
      "Notice the wind first.",
      "I would hang it over a line.",
      "Nobody needs a hammer for that.",
      "",
    ]
  ) assert(!isRefusal(reply), reply);
});

Deno.test("checks tell right replies from nearly right ones", () => {
  const first = (set: QuestionSet, kind: string) => set.test.find((item) => item.kind === kind)!;
  const [, instruct, reason] = SETS;

  const repeat = first(instruct, "repeat");
  assert(!repeat.passes(`${repeat.answer} ${repeat.answer.split(" ")[0]}`));
  const capitals = first(instruct, "capitals");
  assert(!capitals.passes(capitals.answer.toLowerCase()));
  assert(!first(instruct, "two words").passes("old and red"));
  assert(!first(instruct, "three lines").passes("One line.\nAnother line."));
  const sort = first(instruct, "sort");
  assert(!sort.passes(sort.answer.split(", ").toReversed().join(", ")));
  const tallest = first(reason, "tallest");
  assert(!tallest.passes(tallest.asked[0].content));
  const [x] = /(\w+)( is the tallest)?\.$/.exec(tallest.answer)!.slice(1);
  assert(tallest.passes(`Nobody, ${x}: ${x} is the tallest.`));
  const others = tallest.asked[0].content.match(/[A-Z]\w+/g)!.filter((name) => name !== x);
  assert(!tallest.passes(`${x}, ${others[0]}: ${others[0]} is the tallest.`));
  const weekday = first(reason, "weekday");
  const day = /(\w+)\.$/.exec(weekday.answer)![1];
  assert(weekday.passes(`1 Monday, 2 Tuesday: ${day}.`));
  assert(!weekday.passes(`${day}, or ${day === "Monday" ? "Tuesday" : "Monday"}.`));
  const sum = first(reason, "sum");
  assert(sum.passes(`So far 1 and 2: ${sum.answer}`));
  assert(!sum.passes(`${sum.answer}1`));
});

Deno.test("more items than there are is refused with how many there are", () => {
  const family: Family = {
    kind: "echo",
    wordings: { train: ["Say {digit}."], test: ["Please say {digit}."] },
    draw(random) {
      const digit = String(random.integer(10));
      return { slots: { digit }, answer: digit, passes: (reply) => reply === digit };
    },
  };
  assertEquals(drawSet("echo", [family], { seed: 1, train: 10, test: 10 }).test.length, 10);
  assertThrows(
    () => drawSet("echo", [family], { seed: 1, train: 10, test: 11 }),
    ConfigError,
    "There are only 10 different questions for the test part, but 11 were asked for.",
  );
});

Deno.test("split by wording, the test asks for facts that are learned, in other words", () => {
  const { train, test } = town({ seed: 1, split: "wording" });
  const learned = new Set(train.map(({ answer }) => answer));
  assertEquals(test.filter(({ answer }) => !learned.has(answer)).map(text), []);
  const asked = new Set(train.map(text));
  assertEquals(test.filter((question) => asked.has(text(question))).map(text), []);
});

Deno.test("a question about the town has one answer", () => {
  const { train, test } = town({ seed: 1 });
  const answers = new Map<string, string>();
  for (const question of [...train, ...test]) {
    const asked = text(question);
    assertEquals(answers.get(asked) ?? question.answer, question.answer, asked);
    answers.set(asked, question.answer);
  }
  assert(answers.size > 1000);
});
