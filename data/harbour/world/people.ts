// The people of Merrowick, built from the table of families: kin, trade, home and character.

import { CLOTHES, FEARS, HABITS, LIKES, SAYINGS, WANTS } from "./characters.ts";
import { FAMILIES, type FamilyEntry } from "./families.ts";
import { type Trade, TRADES } from "./trades.ts";

/** Somebody who lives in the town. */
export interface Person {
  /** The first name, which nobody else has. */
  readonly name: string;
  readonly surname: string;
  readonly fullName: string;
  readonly sex: "f" | "m";
  readonly age: number;
  readonly street: string;
  readonly houseNumber: number;
  /** The trade as people call it, "retired …" included; undefined for children. */
  readonly tradeName: string | undefined;
  /** The trade's details, where it is still practised. */
  readonly trade: Trade | undefined;
  readonly isChild: boolean;
  readonly isElder: boolean;
  readonly spouse: Person | undefined;
  readonly parents: readonly Person[];
  readonly children: readonly Person[];
  /** The best friend, who returns the feeling. */
  readonly friend: Person | undefined;
  readonly habit: string;
  readonly likes: string;
  readonly fears: string;
  readonly wants: string;
  readonly wears: string;
  /** What this person alone says; undefined for small children. */
  readonly saying: string | undefined;
}

/** People below this age are children: they go to school and have no trade. */
const GROWN_UP = 18;
/** People from this age on are called old, kindly. */
const OLD = 66;

type Draft = { -readonly [K in keyof Person]: Person[K] } & { parents: Draft[]; children: Draft[] };

/** Builds everybody, households in the order of the table. */
export function buildPeople(): readonly Person[] {
  const everybody: Draft[] = [];
  for (const family of FAMILIES) everybody.push(...buildHousehold(family));
  everybody.forEach(giveCharacter);
  dealSayings(everybody);
  const byAge = (people: readonly Draft[]) => [...people].sort((a, b) => a.age - b.age);
  const schoolAge = everybody.filter((p) => p.isChild && p.age >= 6);
  pairFriends(byAge(schoolAge.filter((p) => p.sex === "f")));
  pairFriends(byAge(schoolAge.filter((p) => p.sex === "m")));
  pairFriends(byAge(everybody.filter((p) => !p.isChild && p.sex === "f")));
  pairFriends(byAge(everybody.filter((p) => !p.isChild && p.sex === "m")));
  return everybody;
}

function buildHousehold(family: FamilyEntry): Draft[] {
  const parents = family.parents.split(",").map((entry) => draft(entry, family));
  const children = family.children === ""
    ? []
    : family.children.split(",").map((entry) => draft(entry, family));
  const [first, second] = parents;
  first.spouse = second;
  second.spouse = first;
  for (const parent of parents) parent.children = children;
  for (const child of children) child.parents = parents;
  const household = [...parents, ...children];
  if (family.elder) {
    const elder = draft(family.elder, family);
    const child = parents.find((p) => p.name === family.elderOf);
    if (child) {
      elder.children = [child];
      child.parents = [elder];
    }
    household.push(elder);
  }
  return household;
}

/** Reads "Mara f 44 baker". */
function draft(entry: string, family: FamilyEntry): Draft {
  const [name, sex, age, ...trade] = entry.trim().split(" ");
  const tradeName = trade.join(" ") || undefined;
  const years = Number(age);
  return {
    name,
    surname: family.surname,
    fullName: `${name} ${family.surname}`,
    sex: sex === "f" ? "f" : "m",
    age: years,
    street: family.street,
    houseNumber: family.number,
    tradeName,
    trade: tradeName === undefined ? undefined : TRADES.get(tradeName),
    isChild: years < GROWN_UP || tradeName === undefined,
    isElder: years >= OLD,
    spouse: undefined,
    parents: [],
    children: [],
    friend: undefined,
    habit: "",
    likes: "",
    fears: "",
    wants: "",
    wears: "",
    saying: undefined,
  };
}

/** Deals out the lists with different strides, so that no two people agree in everything. */
function giveCharacter(person: Draft, index: number): void {
  person.habit = HABITS[(index * 5 + 3) % HABITS.length];
  person.likes = LIKES[(index * 7 + 1) % LIKES.length];
  person.fears = FEARS[(index * 3 + 2) % FEARS.length];
  person.wants = WANTS[(index * 4 + 5) % WANTS.length];
  person.wears = CLOTHES[(index * 6 + 4) % CLOTHES.length];
}

/** A saying belongs to one person: the grown-ups first, then the eldest children while they last. */
function dealSayings(everybody: readonly Draft[]): void {
  const speakers = [...everybody].sort((a, b) => Number(a.isChild) - Number(b.isChild));
  SAYINGS.forEach((saying, i) => speakers[i].saying = saying);
}

/** Makes friends of neighbours in `people`, never within a family where that can be helped. */
function pairFriends(people: readonly Draft[]): void {
  const waiting = [...people];
  while (waiting.length > 1) {
    const one = waiting.shift() as Draft;
    const found = waiting.findIndex((p) => p.surname !== one.surname);
    if (found < 0) return;
    const [other] = waiting.splice(found, 1);
    one.friend = other;
    other.friend = one;
  }
}
