import { assert, assertEquals } from "@std/assert";
import { questions } from "../../../data/harbour/questions.ts";

const set = questions({ seed: 1 });

Deno.test("no question of the test occurs among those to learn from", () => {
  const learned = new Set(set.train.map(({ question }) => question));
  assertEquals(set.test.filter(({ question }) => learned.has(question)), []);
});

Deno.test("every answer of the test can be learned from another wording", () => {
  const learned = new Set(set.train.map(({ answer }) => answer));
  assertEquals(set.test.filter(({ answer }) => !learned.has(answer)), []);
});

Deno.test("a question has one answer", () => {
  const answers = new Map<string, string>();
  for (const { question, answer } of [...set.train, ...set.test]) {
    assertEquals(answers.get(question) ?? answer, answer, question);
    answers.set(question, answer);
  }
  assert(answers.size > 1000);
});

Deno.test("the seed decides the order alone", () => {
  const sorted = (seed: number) => questions({ seed }).train.map(({ question }) => question).sort();
  assertEquals(sorted(1), sorted(2));
  assertEquals(questions({ seed: 1 }), set);
});
