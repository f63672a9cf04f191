// Parts: who or what a slot of a template stands for, and what can be said of each in words.

import { MONTHS } from "../world/calendar.ts";
import type { Animal } from "../world/animals.ts";
import type { Boat } from "../world/boats.ts";
import type { Day } from "../world/calendar.ts";
import type { Fact } from "../world/facts.ts";
import type { Festival } from "../world/festivals.ts";
import type { Person } from "../world/people.ts";
import type { Place } from "../world/places.ts";
import { numberWord } from "./english.ts";
import { describeNumbers } from "./numbers.ts";

/** What a slot can be bound to. */
export type Part =
  | { readonly is: "person"; readonly value: Person }
  | { readonly is: "animal"; readonly value: Animal }
  | { readonly is: "boat"; readonly value: Boat }
  | { readonly is: "place"; readonly value: Place }
  | { readonly is: "festival"; readonly value: Festival; readonly leader: Person }
  | { readonly is: "day"; readonly value: Day }
  | { readonly is: "things"; readonly value: readonly string[] }
  | { readonly is: "numbers"; readonly value: readonly number[] }
  | { readonly is: "text"; readonly value: string };

/** Those parts that act, and may be spoken of as he or she. */
export type Actor = Extract<Part, { is: "person" | "animal" }>;

/** What is said of a part, and the fact that saying it states. */
export interface Said {
  readonly words: string;
  readonly fact?: Fact;
}

const PRONOUNS = {
  f: { he: "she", him: "her", his: "her", hers: "hers", himself: "herself" },
  m: { he: "he", him: "him", his: "his", hers: "his", himself: "himself" },
};

/** The pronoun of an actor: `form` is the masculine one that stands for the row. */
export function pronoun(actor: Actor, form: keyof typeof PRONOUNS.m): string {
  return PRONOUNS[actor.value.sex][form];
}

/**
 * Puts a property of a part into words.
 *
 * @throws {RangeError} if the part does not have that property
 */
export function describe(part: Part, form: string): Said {
  switch (part.is) {
    case "person":
      return describePerson(part.value, form);
    case "animal":
      return describeAnimal(part.value, form);
    case "boat":
      return describeBoat(part.value, form);
    case "place":
      return describePlace(part.value, form);
    case "festival":
      return describeFestival(part.value, part.leader, form);
    case "day":
      return describeDay(part.value, form);
    case "things":
      return { words: listThings(part.value, form) };
    case "numbers":
      return { words: describeNumbers(part.value, form) };
    case "text":
      return { words: part.value };
  }
}

function describePerson(p: Person, form: string): Said {
  const state = (relation: string, words: string | undefined): Said => {
    if (words === undefined) throw new RangeError(`${p.fullName} has no ${relation}.`);
    return { words, fact: [p.fullName, relation, words] };
  };
  switch (form) {
    case "name":
      return { words: p.name };
    case "full":
      return { words: p.fullName };
    case "last":
      return { words: p.surname };
    case "mr":
      return { words: `${p.sex === "m" ? "Mr" : "Mrs"} ${p.surname}` };
    case "kid":
      return { words: p.sex === "m" ? "boy" : "girl" };
    case "man":
      return { words: p.sex === "m" ? "man" : "woman" };
    case "age":
      return { words: numberWord(p.age), fact: [p.fullName, "age", String(p.age)] };
    case "number":
      return {
        words: String(p.houseNumber),
        fact: [p.fullName, "house", `${p.houseNumber} ${p.street}`],
      };
    case "trade":
      return state(form, p.tradeName);
    case "work":
      return state(form, p.trade?.place);
    case "tool":
    case "task":
    case "makes":
      return state(form, p.trade?.[form]);
    case "friend":
      return state(form, p.friend?.fullName);
    case "spouse":
      return state(p.sex === "f" ? "husband" : "wife", p.spouse?.fullName);
    case "saying":
    case "street":
    case "habit":
    case "likes":
    case "fears":
    case "wants":
    case "wears":
      return state(form, p[form]);
  }
  throw new RangeError(`A person has no form "${form}".`);
}

function describeAnimal(a: Animal, form: string): Said {
  switch (form) {
    case "name":
      return { words: a.name };
    case "owner":
      return { words: a.owner.name, fact: [a.name, "owner", a.owner.fullName] };
    case "master":
      return { words: a.owner.fullName, fact: [a.name, "owner", a.owner.fullName] };
    case "owner's":
      return { words: `${a.owner.name}'s`, fact: [a.name, "owner", a.owner.fullName] };
    case "kind":
    case "colour":
    case "likes":
    case "habit":
      return { words: a[form], fact: [a.name, form, a[form]] };
  }
  throw new RangeError(`An animal has no form "${form}".`);
}

function describeBoat(b: Boat, form: string): Said {
  switch (form) {
    case "":
      return { words: `the ${b.name}` };
    case "name":
      return { words: b.name };
    case "owner":
      return { words: b.owner.name, fact: [b.name, "owner", b.owner.fullName] };
    case "master":
      return { words: b.owner.fullName, fact: [b.name, "owner", b.owner.fullName] };
    case "owner's":
      return { words: `${b.owner.name}'s`, fact: [b.name, "owner", b.owner.fullName] };
    case "kind":
    case "colour":
    case "berth":
    case "mark":
      return { words: b[form], fact: [b.name, form, b[form]] };
  }
  throw new RangeError(`A boat has no form "${form}".`);
}

function describePlace(p: Place, form: string): Said {
  switch (form) {
    case "":
      return { words: p.name };
    case "street":
    case "mark":
    case "smell":
    case "beside":
      return { words: p[form], fact: [p.name, form, p[form]] };
  }
  throw new RangeError(`A place has no form "${form}".`);
}

function describeFestival(f: Festival, leader: Person, form: string): Said {
  const month = MONTHS[f.month - 1];
  switch (form) {
    case "":
      return { words: f.name };
    case "date":
      return { words: `${f.day} ${month}`, fact: [f.name, "date", `${f.day} ${month}`] };
    case "month":
      return { words: month, fact: [f.name, "month", month] };
    case "leader":
      return { words: leader.fullName, fact: [f.name, "leader", leader.fullName] };
    case "place":
    case "custom":
    case "food":
    case "origin":
      return { words: f[form], fact: [f.name, form, f[form]] };
  }
  throw new RangeError(`A feast has no form "${form}".`);
}

function describeDay(d: Day, form: string): Said {
  switch (form) {
    case "date":
    case "":
      return { words: d.date };
    case "weekday":
      return { words: d.weekday, fact: [d.date, "weekday", d.weekday] };
    case "month":
      return { words: d.month };
    case "season":
      return { words: d.season };
    case "wind":
      return { words: d.windFrom, fact: [d.date, "wind", d.windFrom] };
    case "high":
      return { words: d.highWater, fact: [d.date, "high water", d.highWater] };
    case "low":
      return { words: d.lowWater, fact: [d.date, "low water", d.lowWater] };
    case "moon":
      return { words: d.moon, fact: [d.date, "moon", d.moon] };
  }
  throw new RangeError(`A day has no form "${form}".`);
}

function listThings(things: readonly string[], form: string): string {
  switch (form) {
    case "":
      return things.join(", ");
    case "capitals":
      return things.join(", ").toUpperCase();
    case "sorted":
      return things.toSorted().join(", ");
    case "reversed":
      return things.toReversed().join(", ");
  }
  throw new RangeError(`Things have no form "${form}".`);
}
