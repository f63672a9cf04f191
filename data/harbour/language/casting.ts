// Casting: finds people, boats, animals, places and days for a tale's parts. A cast is written
// "h=child f=friend:h b=boat:h": part, role, and whom the role is tied to. A cast that cannot be
// filled (a hero without a boat) is drawn again.

import type { Random } from "../../../lib/random.ts";
import type { Animal } from "../world/animals.ts";
import type { Boat } from "../world/boats.ts";
import type { Festival } from "../world/festivals.ts";
import { kinOf } from "../world/kinship.ts";
import { world } from "../world/mod.ts";
import type { Person } from "../world/people.ts";
import type { Place } from "../world/places.ts";
import { inventedWord } from "./invented.ts";
import { drawNumbers } from "./numbers.ts";
import type { Part } from "./parts.ts";
import type { Teller } from "./teller.ts";

/** One part to fill. */
export interface Role {
  readonly part: string;
  readonly role: string;
  readonly tiedTo: string | undefined;
}

/** How often a cast is drawn before the tale counts as impossible. */
const DRAWS = 400;

/** Reads "h=child f=friend:h". */
export function parseCast(source: string): readonly Role[] {
  return source.split(/\s+/).filter((word) => word !== "").map((word) => {
    const [part, call] = word.split("=");
    const [role, tiedTo] = call.split(":");
    return { part, role: role.replaceAll("_", " "), tiedTo: tiedTo?.replaceAll("_", " ") };
  });
}

/**
 * Fills every part of `cast`, binds a day, and sets the tags that tell what was drawn: the season, the
 * weather, and for each person "h-f" or "h-m", "h-child" or "h-adult", "h-elder".
 *
 * @throws {RangeError} if no cast can be found
 */
export function fillCast(teller: Teller, cast: readonly Role[]): void {
  for (let draw = 0; draw < DRAWS; draw++) {
    const parts = drawCast(teller.random, cast);
    if (parts === undefined) continue;
    for (const [name, part] of parts) {
      teller.bind(name, part);
      tag(teller, name, part);
    }
    return;
  }
  throw new RangeError(`No cast fits ${cast.map((r) => `${r.part}=${r.role}`).join(" ")}.`);
}

function drawCast(random: Random, cast: readonly Role[]): Map<string, Part> | undefined {
  const parts = new Map<string, Part>();
  parts.set("day", { is: "day", value: random.pick(world.days) });
  const taken = new Set<unknown>();
  for (const { part, role, tiedTo } of cast) {
    const found = draw(random, role, tiedTo, parts);
    if (found === undefined || (part !== "day" && taken.has(found.value))) return undefined;
    taken.add(found.value);
    parts.set(part, found);
  }
  return parts;
}

const adults = world.people.filter((p) => !p.isChild);
const children = world.people.filter((p) => p.isChild && p.age >= 6 && p.age <= 14);
const elders = world.people.filter((p) => p.isElder);
const workers = world.people.filter((p) => p.trade !== undefined);
const seafarers = workers.filter((p) =>
  ["fisherman", "crab catcher", "oysterman", "pilot", "ferryman"]
    .includes(p.tradeName ?? "")
);
const openPlaces = world.places.filter((p) => p.open);

/** Trades that have a counter. */
const SELLING = new Set([
  "baker",
  "grocer",
  "draper",
  "twine maker",
  "butcher",
  "pie maker",
  "fishmonger",
  "oyster seller",
  "candlemaker",
  "cobbler",
  "hat maker",
  "chandler",
  "potter",
  "tile maker",
  "cooper",
  "toy maker",
  "tinsmith",
  "beekeeper",
  "cheesemaker",
  "smokehouse keeper",
  "ropemaker",
  "weaver",
  "clockmaker",
  "tailor",
  "carpenter",
]);

/** Fears that one can meet on the road. */
const SOLID_FEARS = new Set([
  "geese",
  "the dark end of the ropewalk",
  "moths",
  "deep water",
  "ladders",
  "owls at night",
  "eels",
  "cellars",
  "thunder",
  "empty houses",
  "bulls",
  "high tides",
  "ghosts in the lime kiln",
  "wasps",
  "narrow bridges",
]);

/** People who may play a role by themselves. */
const PEOPLE: Record<string, readonly Person[]> = {
  anyone: world.people.filter((p) => p.age >= 7),
  child: children,
  girl: children.filter((p) => p.sex === "f"),
  boy: children.filter((p) => p.sex === "m"),
  adult: adults,
  worker: workers,
  seller: workers.filter((p) => SELLING.has(p.tradeName ?? "")),
  timid: world.people.filter((p) => p.age >= 7 && SOLID_FEARS.has(p.fears)),
  elder: elders,
  young: world.people.filter((p) => p.isChild),
  retired: world.people.filter((p) => p.tradeName !== undefined && p.trade === undefined),
  seafarer: seafarers,
};

/** People who play a role towards somebody. */
const TIES: Record<string, (person: Person) => readonly Person[]> = {
  friend: (p) => p.friend ? [p.friend] : [],
  kin: (p) => kinOf(p, world.people).filter((k) => k.age >= 6),
  parent: (p) => p.parents,
  spouse: (p) => p.spouse ? [p.spouse] : [],
  kid: (p) => p.children.filter((c) => c.isChild && c.age >= 5 && c.age <= 15),
  tot: (p) => p.children.filter((c) => c.age >= 5 && c.age <= 10),
  sibling: (p) => kinOf(p, world.people).filter((k) => k.isChild && p.isChild && k.age >= 5),
  grandparent: (p) => p.parents.flatMap((parent) => parent.parents),
  neighbour: (p) => adults.filter((a) => a.street === p.street && a.surname !== p.surname),
  colleague: (p) => adults.filter((a) => a.trade && a.trade.place === p.trade?.place && a !== p),
};

function draw(
  random: Random,
  role: string,
  tiedTo: string | undefined,
  parts: ReadonlyMap<string, Part>,
): Part | undefined {
  const one = <T>(items: readonly T[]) => items.length === 0 ? undefined : random.pick(items);
  const tied = tiedTo === undefined ? undefined : parts.get(tiedTo);
  const tiedPerson = tied?.is === "person" ? tied.value : undefined;
  if (role in PEOPLE) return personPart(one(PEOPLE[role]));
  if (role in TIES) return tiedPerson && personPart(one(TIES[role](tiedPerson)));
  switch (role) {
    case "trade":
      return personPart(one(world.people.filter((p) => p.tradeName === tiedTo)));
    case "person":
      return personPart(world.person(tiedTo ?? ""));
    case "keeper":
      return tied?.is === "place"
        ? personPart(one(workers.filter((p) => p.trade?.place === tied.value.name)))
        : undefined;
    case "owner":
      return tied?.is === "boat" || tied?.is === "animal"
        ? personPart(tied.value.owner)
        : undefined;
    case "leader":
      return tied?.is === "festival" ? personPart(tied.leader) : undefined;
    case "boat":
      return boatPart(one(tiedPerson ? boatsOf(tiedPerson) : world.boats));
    case "animal":
      return animalPart(one(tiedPerson ? animalsOf(tiedPerson) : world.animals));
    case "kind":
      return animalPart(one(world.animals.filter((a) => a.kind === tiedTo)));
    case "place":
      return placePart(one(world.places));
    case "thing":
      return { is: "things", value: [random.pick(world.things)] };
    case "quality":
      return { is: "text", value: random.pick(world.qualities) };
    case "word":
      return { is: "things", value: [inventedWord(random)] };
    case "things":
      return { is: "things", value: random.shuffle([...world.things]).slice(0, 3) };
    case "numbers":
      return { is: "numbers", value: drawNumbers(random, tiedTo) };
    case "open":
      return placePart(one(openPlaces));
    case "work":
      return tiedPerson?.trade && placePart(world.place(tiedPerson.trade.place));
    case "festival":
      return festivalPart(one(world.festivals));
    case "on": // the day of a feast
      return tied?.is === "festival" ? { is: "day", value: dayOf(tied.value) } : undefined;
    case "day":
      return { is: "day", value: random.pick(world.days) };
    case "season":
      return { is: "day", value: random.pick(world.days.filter((d) => d.season === tiedTo)) };
    case "weather":
      return { is: "day", value: random.pick(world.days.filter((d) => d.weather === tiedTo)) };
  }
  throw new RangeError(`There is no role "${role}".`);
}

function dayOf(festival: Festival) {
  const index = world.days.findIndex((d) =>
    d.monthNumber === festival.month && d.dayOfMonth === festival.day
  );
  return world.days[index];
}

/** Boats and animals serve a whole household. */
function boatsOf(person: Person): readonly Boat[] {
  return world.boats.filter((b) => b.owner.surname === person.surname);
}

function animalsOf(person: Person): readonly Animal[] {
  return world.animals.filter((a) => a.owner.surname === person.surname);
}

function personPart(value: Person | undefined): Part | undefined {
  return value && { is: "person", value };
}

function boatPart(value: Boat | undefined): Part | undefined {
  return value && { is: "boat", value };
}

function animalPart(value: Animal | undefined): Part | undefined {
  return value && { is: "animal", value };
}

function placePart(value: Place | undefined): Part | undefined {
  return value && { is: "place", value };
}

function festivalPart(value: Festival | undefined): Part | undefined {
  return value && { is: "festival", value, leader: world.person(value.leader) };
}

function tag(teller: Teller, name: string, part: Part): void {
  if (part.is === "person") {
    const { value } = part;
    teller.tags.add(`${name}-${value.sex}`);
    teller.tags.add(`${name}-${value.isChild ? "child" : "adult"}`);
    if (value.isElder) teller.tags.add(`${name}-elder`);
    if (value.trade) teller.tags.add(`${name}-works`);
    if (SELLING.has(value.tradeName ?? "")) teller.tags.add(`${name}-seller`);
    if (value.saying) teller.tags.add(`${name}-saying`);
    if (value.friend) teller.tags.add(`${name}-friend`);
    if (value.children.length > 0) teller.tags.add(`${name}-parent`);
  } else if (part.is === "animal") {
    teller.tags.add(`${name}-${part.value.kind}`);
  } else if (part.is === "boat") {
    if (part.value.sails === "no") teller.tags.add(`${name}-rowed`);
  } else if (part.is === "day" && name === "day") {
    teller.tags.add(part.value.season);
    teller.tags.add(part.value.weather);
  }
}
