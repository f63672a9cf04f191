// The world of Merrowick, one value: the same in every run and for every seed, so that a question about it
// has one right answer.

import { type Animal, buildAnimals } from "./animals.ts";
import { type Boat, buildBoats } from "./boats.ts";
import { buildCalendar, type Day } from "./calendar.ts";
import {
  animalFacts,
  boatFacts,
  dayFacts,
  type Fact,
  festivalFacts,
  personFacts,
  placeFacts,
} from "./facts.ts";
import { type Festival, FESTIVALS } from "./festivals.ts";
import { buildPeople, type Person } from "./people.ts";
import { type Place, PLACES } from "./places.ts";
import { QUALITIES } from "./qualities.ts";
import { THINGS } from "./things.ts";

/** The whole town. */
export interface World {
  readonly town: string;
  readonly people: readonly Person[];
  readonly places: readonly Place[];
  readonly boats: readonly Boat[];
  readonly animals: readonly Animal[];
  readonly festivals: readonly Festival[];
  /** What lies about in it. */
  readonly things: readonly string[];
  /** What these can be like, in a word. */
  readonly qualities: readonly string[];
  /** The days of its one year, 1 January first. */
  readonly days: readonly Day[];
  /** Everything that is true of it. */
  readonly facts: readonly Fact[];
  /** The person of that first name. @throws {RangeError} if there is none */
  person(name: string): Person;
  /** The place of that name, article included. @throws {RangeError} if there is none */
  place(name: string): Place;
}

/** Merrowick. */
export const world: World = buildWorld();

function buildWorld(): World {
  const people = buildPeople();
  const byName = new Map(people.map((p) => [p.name, p]));
  const person = (name: string) => found(byName.get(name), `somebody called "${name}"`);
  const boats = buildBoats(person);
  const animals = buildAnimals(person);
  const places = [...PLACES.values()];
  const days = buildCalendar();
  return {
    town: "Merrowick",
    people,
    places,
    boats,
    animals,
    festivals: FESTIVALS,
    things: THINGS,
    qualities: QUALITIES,
    days,
    facts: [
      ...people.flatMap((p) => personFacts(p, people)),
      ...boats.flatMap(boatFacts),
      ...animals.flatMap(animalFacts),
      ...places.flatMap((p) => placeFacts(p, people)),
      ...FESTIVALS.flatMap((f) => festivalFacts(f, person(f.leader))),
      ...days.flatMap(dayFacts),
    ],
    person,
    place: (name) => found(PLACES.get(name), `a place called "${name}"`),
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`Merrowick does not have ${what}.`);
  return value;
}
