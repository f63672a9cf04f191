// Everything that is true of Merrowick, as triples: what documents may state and questions may ask.

import type { Animal } from "./animals.ts";
import type { Boat } from "./boats.ts";
import type { Day } from "./calendar.ts";
import type { Festival } from "./festivals.ts";
import { kinOf, kinship } from "./kinship.ts";
import { MONTHS } from "./calendar.ts";
import type { Person } from "./people.ts";
import type { Place } from "./places.ts";

/** A subject, a relation and an object: ("Mara Pell", "trade", "baker"). */
export type Fact = readonly [subject: string, relation: string, object: string];

/** Age, home, trade, character, friend and kin of a person. */
export function personFacts(p: Person, everybody: readonly Person[]): Fact[] {
  const facts: Fact[] = [
    [p.fullName, "age", String(p.age)],
    [p.fullName, "street", p.street],
    [p.fullName, "house", `${p.houseNumber} ${p.street}`],
    [p.fullName, "habit", p.habit],
    [p.fullName, "likes", p.likes],
    [p.fullName, "fears", p.fears],
    [p.fullName, "wants", p.wants],
    [p.fullName, "wears", p.wears],
  ];
  if (p.tradeName) facts.push([p.fullName, "trade", p.tradeName]);
  if (p.trade) {
    facts.push([p.fullName, "work", p.trade.place], [p.fullName, "tool", p.trade.tool]);
    facts.push([p.fullName, "task", p.trade.task], [p.fullName, "makes", p.trade.makes]);
  }
  if (p.friend) facts.push([p.fullName, "friend", p.friend.fullName]);
  if (p.saying) facts.push([p.fullName, "saying", p.saying]);
  for (const other of kinOf(p, everybody)) {
    facts.push([p.fullName, kinship(other, p) as string, other.fullName]);
  }
  return facts;
}

/** Kind, colour, sails, owner, berth and mark of a boat. */
export function boatFacts(boat: Boat): Fact[] {
  return [
    [boat.name, "kind", boat.kind],
    [boat.name, "colour", boat.colour],
    [boat.name, "sails", boat.sails],
    [boat.name, "owner", boat.owner.fullName],
    [boat.name, "berth", boat.berth],
    [boat.name, "mark", boat.mark],
  ];
}

/** Kind, colour, owner, likes and habit of an animal. */
export function animalFacts(animal: Animal): Fact[] {
  return [
    [animal.name, "kind", animal.kind],
    [animal.name, "colour", animal.colour],
    [animal.name, "owner", animal.owner.fullName],
    [animal.name, "likes", animal.likes],
    [animal.name, "habit", animal.habit],
  ];
}

/** Street, mark, smell and neighbour of a place, and who works there. */
export function placeFacts(place: Place, everybody: readonly Person[]): Fact[] {
  const facts: Fact[] = [
    [place.name, "street", place.street],
    [place.name, "mark", place.mark],
    [place.name, "smell", place.smell],
    [place.name, "beside", place.beside],
  ];
  for (const p of everybody) {
    if (p.trade?.place === place.name) facts.push([place.name, "worker", p.fullName]);
  }
  return facts;
}

/** Date, place, custom, food, origin and leader of a feast. */
export function festivalFacts(festival: Festival, leader: Person): Fact[] {
  return [
    [festival.name, "date", `${festival.day} ${MONTHS[festival.month - 1]}`],
    [festival.name, "month", MONTHS[festival.month - 1]],
    [festival.name, "place", festival.place],
    [festival.name, "custom", festival.custom],
    [festival.name, "food", festival.food],
    [festival.name, "origin", festival.origin],
    [festival.name, "leader", leader.fullName],
  ];
}

/** Weekday, weather, wind, tides and moon of a day. */
export function dayFacts(day: Day): Fact[] {
  return [
    [day.date, "weekday", day.weekday],
    [day.date, "weather", day.weather],
    [day.date, "wind", day.windFrom],
    [day.date, "high water", day.highWater],
    [day.date, "low water", day.lowWater],
    [day.date, "moon", day.moon],
  ];
}
