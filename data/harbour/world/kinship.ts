// Who is what to whom.

import type { Person } from "./people.ts";

/** What `other` is to `person`: "mother", "grandson"; undefined where the table shows no tie. */
export function kinship(other: Person, person: Person): string | undefined {
  const female = other.sex === "f";
  if (person.spouse === other) return female ? "wife" : "husband";
  if (person.parents.includes(other)) return female ? "mother" : "father";
  if (person.children.includes(other)) return female ? "daughter" : "son";
  if (person.parents.some((p) => p.parents.includes(other))) {
    return female ? "grandmother" : "grandfather";
  }
  if (person.children.some((c) => c.children.includes(other))) {
    return female ? "granddaughter" : "grandson";
  }
  if (other !== person && other.parents.some((p) => person.parents.includes(p))) {
    return female ? "sister" : "brother";
  }
  if (person.spouse?.parents.includes(other)) return female ? "mother-in-law" : "father-in-law";
  return undefined;
}

/** Everybody to whom `person` is kin within the house. */
export function kinOf(person: Person, everybody: readonly Person[]): readonly Person[] {
  return everybody.filter((other) => kinship(other, person) !== undefined);
}
