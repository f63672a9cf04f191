// From which step to which a kernel needs each of its values, so that values share registers.

import type { Integer, Step, Vector } from "./code.ts";

/** When one value is needed. */
export interface Lifetime {
  readonly first: number;
  last: number;
  /** How often, where what a loop repeats counts tenfold. */
  uses: number;
}

/** The lifetimes of all values, by their numbers. */
export interface Lifetimes {
  readonly vectors: readonly Lifetime[];
  readonly integers: readonly Lifetime[];
}

/** The values that a step reads or writes. */
export function valuesOf(step: Step): (Vector | Integer)[] {
  return Object.values(step).filter((value): value is Vector | Integer =>
    typeof value === "object" && !("constant" in value)
  );
}

/** Finds the last need of every value. What was there before a loop and is used in it lives until its end. */
export function lifetimes(steps: readonly Step[]): Lifetimes {
  const ends = loopEnds(steps);
  const [vectors, integers]: [Lifetime[], Lifetime[]] = [[], []];
  const open: number[] = []; // the first steps of the loops around this one
  steps.forEach((step, at) => {
    if (isLoopEnd(step)) open.pop();
    for (const value of valuesOf(step)) {
      const [all, number] = "register" in value
        ? [vectors, value.register]
        : [integers, value.integer];
      const lifetime = all[number] ??= { first: at, last: at, uses: 0 };
      const outermost = open.find((start) => start > lifetime.first);
      const last = outermost === undefined ? at : ends.get(outermost)!;
      lifetime.last = Math.max(lifetime.last, last);
      lifetime.uses += 10 ** open.length;
    }
    if (ends.has(at)) open.push(at);
  });
  return { vectors, integers };
}

/** The last step of each loop, by its first. */
function loopEnds(steps: readonly Step[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  steps.forEach((step, at) => {
    if (step.step === "repeat" || step.step === "whole" || step.step === "rest") open.push(at);
    if (isLoopEnd(step)) ends.set(open.pop()!, at);
  });
  return ends;
}

function isLoopEnd({ step }: Step): boolean {
  return step === "endRepeat" || step === "endWhole" || step === "endRest";
}
