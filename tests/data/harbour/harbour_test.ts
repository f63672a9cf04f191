// The shipped corpus: its form, its size, its variety, and that it tells one story about its world.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  corpusChunks,
  corpusText,
  type Document,
  documents,
  separator,
  world,
} from "../../../data/harbour/mod.ts";
import { KINDS } from "../../../data/harbour/kinds/mod.ts";
import { WEEKDAYS } from "../../../data/harbour/world/calendar.ts";
import { kinship } from "../../../data/harbour/world/kinship.ts";
import { ConfigError } from "../../../lib/errors.ts";

function take(seed: number, count: number): Document[] {
  const taken: Document[] = [];
  for (const document of documents(seed)) {
    taken.push(document);
    if (taken.length === count) break;
  }
  return taken;
}

const sample = [...take(1, 2500), ...take(2, 2500)];

Deno.test("the world is as large as a small town and every first name is one person's", () => {
  assert(world.people.length >= 120);
  assert(new Set(world.people.map((p) => p.surname)).size >= 30);
  assertEquals(new Set(world.people.map((p) => p.name)).size, world.people.length);
  assert(world.boats.length >= 40);
  assertEquals(new Set(world.boats.map((b) => b.name)).size, world.boats.length);
  assert(world.animals.length >= 40);
  assert(world.places.length >= 25);
  assert(world.festivals.length >= 12);
  assertEquals(world.days.length, 365);
});

Deno.test("kinship holds in both directions", () => {
  for (const person of world.people) {
    assertEquals(person.spouse?.spouse, person.spouse && person);
    assertEquals(person.friend?.friend, person.friend && person);
    for (const child of person.children) {
      assert(["son", "daughter"].includes(kinship(child, person) ?? ""));
      assert(["mother", "father"].includes(kinship(person, child) ?? ""));
      assert(child.age + 15 < person.age, `${person.fullName} is too young for ${child.fullName}`);
    }
  }
});

Deno.test("a question about the world has one answer", () => {
  const manyValued = new Set([
    "worker",
    "sister",
    "brother",
    "son",
    "daughter",
    "mother",
    "father",
  ]);
  for (const relation of ["grandson", "granddaughter"]) manyValued.add(relation);
  const answers = new Map<string, string>();
  for (const [subject, relation, object] of world.facts) {
    if (manyValued.has(relation)) continue;
    const question = `${subject}: ${relation}`;
    assertEquals(answers.get(question) ?? object, object, question);
    answers.set(question, object);
  }
});

Deno.test("every place of work exists, and every animal, boat and feast belongs to somebody", () => {
  for (const { trade } of world.people) if (trade) world.place(trade.place);
  for (const { owner } of [...world.boats, ...world.animals]) assert(world.people.includes(owner));
  for (const { leader } of world.festivals) world.person(leader);
});

Deno.test("the same seed gives the same bytes and another seed gives others", () => {
  const text = corpusText({ bytes: 200_000, seed: 7 });
  assertEquals(text, corpusText({ bytes: 200_000, seed: 7 }));
  assert(text.slice(0, 5000) !== corpusText({ bytes: 200_000, seed: 8 }).slice(0, 5000));
});

Deno.test("a larger corpus begins with the smaller one", () => {
  const small = corpusText({ bytes: 150_000, seed: 3 });
  assert(corpusText({ bytes: 300_000, seed: 3 }).startsWith(small));
});

Deno.test("a corpus is at least as large as asked and less than one document larger", () => {
  for (const bytes of [100_000, 123_457]) {
    const text = [...corpusChunks({ bytes, seed: 5 })].join("");
    assert(text.endsWith(separator));
    assert(text.length >= bytes);
    const withoutLast = text.lastIndexOf(separator, text.length - separator.length - 1);
    assert(withoutLast + separator.length < bytes);
  }
});

Deno.test("a size out of range or a seed that is no integer is refused", () => {
  for (const bytes of [0, 99_999, 100_000_001, 150_000.5, NaN]) {
    assertThrows(() => corpusText({ bytes, seed: 1 }), ConfigError, "100,000 to 100,000,000");
  }
  assertThrows(() => corpusText({ bytes: 100_000, seed: 0.5 }), ConfigError, "whole number");
});

Deno.test("text is plain ASCII without stray blanks, brackets or blank lines", () => {
  for (const { text } of sample) {
    assert(/^[\x20-\x7e\n]+$/.test(text), text);
    assert(!/ {2}| \n|\n |\n\n|^\s|\s$/.test(text), text);
    assert(!/[\[\]{}|<>@#]| ,| \.(?!\.)|,\.|\.\.|undefined/.test(text), text);
  }
});

Deno.test("sentences begin with a capital, quotes close, and a and an fit what follows", () => {
  for (const { text } of sample) {
    assert(!/[^.]\. "?[a-z]/.test(text), text);
    for (const paragraph of text.split("\n")) {
      assert((paragraph.match(/"/g)?.length ?? 0) % 2 === 0, paragraph);
      assert(!/^"?[a-z]/.test(paragraph), paragraph);
    }
    assert(!/\ba [aei]\w/i.test(text.replace(/\ba e(u|we)/gi, "")), text);
    assert(!/\ban [bcdfgjklmnpqrstvwxyz]/i.test(text), text);
    assert(!/\b(the the|the an?|a a|of of|to to|and and|is is)\b/i.test(text), text);
  }
});

Deno.test("there are at least ten kinds of documents and twenty-five stories", () => {
  assert(new Set(sample.map((d) => d.kind)).size >= 10);
  const stories = KINDS.find((kind) => kind.name === "story");
  assert((stories?.plans.length ?? 0) >= 25);
});

Deno.test("one megabyte holds more than three thousand different words that are not names", () => {
  const text = corpusText({ bytes: 1_000_000, seed: 4 });
  const words = new Set(text.match(/\b[a-z]+\b/g)); // lower case only: no names
  assert(words.size > 3000, `${words.size}`);
});

Deno.test("no two documents are alike", () => {
  const texts = take(9, 10_000).map((d) => d.text);
  assertEquals(new Set(texts).size, texts.length);
});

Deno.test("few sentences open like the one before", () => {
  let pairs = 0;
  let alike = 0;
  for (const { kind, text } of sample) {
    if (kind !== "story") continue;
    for (const paragraph of text.split("\n")) {
      const openings = paragraph.split(/(?<=[.!?]"?) /).map((s) => s.split(" ")[0]);
      pairs += openings.length - 1;
      alike += openings.filter((o, i) => i > 0 && o === openings[i - 1]).length;
    }
  }
  assert(alike / pairs < 0.06, `${alike} of ${pairs}`);
});

Deno.test("every fact that a document states is a fact of the world", () => {
  const facts = new Set(world.facts.map((fact) => fact.join("\t")));
  let stated = 0;
  for (const { facts: claims, text } of sample) {
    for (const claim of claims) {
      assert(facts.has(claim.join("\t")), `${claim.join(" / ")} in: ${text}`);
      stated++;
    }
  }
  assert(stated > 3 * sample.length, `${stated}`);
});

Deno.test("trades, boats and feasts read from the text itself agree with the world", () => {
  const trades = new Set(world.people.map((p) => p.tradeName).filter((t) => t !== undefined));
  const people = new Map(world.people.map((p) => [p.fullName, p]));
  let read = 0;
  for (const { text } of sample) {
    for (
      const [, name, trade] of text.matchAll(/([A-Z]\w+ [A-Z]\w+),? (?:is )?the ([a-z ]+?)[,.:;]/g)
    ) {
      const person = people.get(name);
      if (person === undefined || !trades.has(trade)) continue;
      assertEquals(trade, person.tradeName, text);
      read++;
    }
    for (const boat of world.boats) {
      const said = new RegExp(`${boat.name} is a ([a-z ]+?)\\. She is ([a-z ]+?)\\.`).exec(text);
      if (said === null) continue;
      assertEquals([said[1], said[2]], [boat.kind, boat.colour], text);
      read++;
    }
    for (const { name, day, month } of world.festivals) {
      const said = new RegExp(`${name},? (?:is|falls|is kept) on (\\d+) (\\w+)`).exec(text);
      if (said === null) continue;
      assertEquals(Number(said[1]), day, text);
      assertEquals(world.days.find((d) => d.month === said[2])?.monthNumber, month, text);
      read++;
    }
  }
  assert(read > 500, `${read}`);
});

Deno.test("what the lessons reckon, compare and sort is right", () => {
  let read = 0;
  for (const { text } of sample) {
    for (const [said, a, sign, b, result] of text.matchAll(/(\d+) ([+-]) (\d+) = (\d+)/g)) {
      assertEquals(Number(result), sign === "+" ? +a + +b : +a - +b, said);
      read++;
    }
    for (const [said, more, less] of text.matchAll(/(\d+) is more than (\d+)/g)) {
      assert(Number(more) > Number(less), said);
      read++;
    }
    for (const [said, even] of text.matchAll(/(\d+) is even/g)) {
      assertEquals(Number(even) % 2, 0, said);
      read++;
    }
    for (
      const [said, count, from, to] of text.matchAll(
        /(\d+) days after (\w+) (?:comes|it is) (\w+)/g,
      )
    ) {
      assertEquals(WEEKDAYS[(WEEKDAYS.indexOf(from) + Number(count)) % 7], to, said);
      read++;
    }
    for (const [, list] of text.matchAll(/(?:From A to Z|y the alphabet): (\w+, \w+, \w+)\./g)) {
      assertEquals(list.split(", ").toSorted().join(", "), list);
      read++;
    }
  }
  assert(read > 500, `${read}`);
});
