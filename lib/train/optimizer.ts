// What every optimiser is: a rule that moves parameters by their gradients, and remembers something of
// each in flat arrays that others can divide, share and save.

import type { Region } from "../tensor/products/product.ts";
import { type Layout, layOut, type Slot, subregion } from "./layout.ts";

/** A run of numbers of one parameter that is updated at once. All regions are of one length. */
export interface Piece {
  readonly slot: Slot;
  readonly values: Region;
  readonly gradient: Region;
  /** What the optimiser remembers, in the order of its `stateNames`. */
  readonly state: readonly Region[];
}

/** What all pieces of a step share. */
export interface UpdateStep {
  /** The number of the step, from 1. */
  readonly step: number;
  readonly learningRate: number;
  /** What gradients are multiplied by first: less than 1 where they are clipped. */
  readonly scale: number;
}

/** A rule for moving parameters. It holds no numbers of its own. */
export interface Optimizer {
  /** The arrays it remembers for a parameter, each as long as that. */
  stateNames(slot: Slot): readonly string[];
  /** Whether a parameter may be updated in pieces; a rule that sees a matrix as a whole says no. */
  isDivisible(slot: Slot): boolean;
  /** Moves the values of each piece one step. */
  update(pieces: readonly Piece[], step: UpdateStep): void;
}

/** Which parameters shrink by weight decay: the matrices, since gains and biases have no size to keep small. */
export function decays(slot: Slot): boolean {
  return slot.shape.length > 1;
}

/** Where everything lies that `optimizer` remembers of parameters. */
export function stateLayout(optimizer: Optimizer, slots: readonly Slot[]): Layout {
  return layOut(
    slots.flatMap((slot) =>
      optimizer.stateNames(slot).map((name) => ({
        name: `${name}.${slot.name}`,
        shape: slot.shape,
      }))
    ),
  );
}

/** Finds what `optimizer` remembers of a parameter in `state`, in the order of its names. */
export function stateFinder(
  optimizer: Optimizer,
  { slots, state }: { slots: readonly Slot[]; state: Region },
): (slot: Slot) => Region[] {
  const layout = stateLayout(optimizer, slots);
  const byName = new Map(layout.slots.map((slot) => [slot.name, slot]));
  return (slot) =>
    optimizer.stateNames(slot).map((name) => {
      const { offset, size } = byName.get(`${name}.${slot.name}`)!;
      return subregion(state, offset, size);
    });
}
