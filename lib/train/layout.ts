// Where each parameter lies among all the numbers of a model: one flat array, so that it can be shared,
// divided among workers and saved without knowing what the numbers mean.

import type { ModelConfig } from "../model/config.ts";
import { isLoraParameter } from "../model/lora.ts";
import type { Region } from "../tensor/products/product.ts";
import { parameterSpecs } from "../model/parameters.ts";

/** The place of one parameter. */
export interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where it begins, in floats. */
  readonly offset: number;
  /** How many floats it has. */
  readonly size: number;
}

/** The places of all parameters. Between two of them may lie numbers that mean nothing and stay 0. */
export interface Layout {
  readonly slots: readonly Slot[];
  /** Floats of the whole array. */
  readonly size: number;
}

/** Parameters begin at a cache line, so that two workers never write into one. */
const ALIGNMENT = 16;

/** Lays arrays of these shapes one behind the other. */
export function layOut(arrays: Iterable<Pick<Slot, "name" | "shape">>): Layout {
  const slots: Slot[] = [];
  let end = 0;
  for (const { name, shape } of arrays) {
    const size = shape.reduce((product, n) => product * n, 1);
    slots.push({ name, shape, offset: end, size });
    end = Math.ceil((end + size) / ALIGNMENT) * ALIGNMENT;
  }
  return { slots, size: end };
}

/** The layout of the parameters of a model. */
export interface ModelLayout extends Layout {
  /** The places of those that training moves: all, or the adapter's where the model has one. */
  readonly trained: readonly Slot[];
}

/** The layout of the parameters of a model. */
export function parameterLayout(config: ModelConfig): ModelLayout {
  const layout = layOut(parameterSpecs(config));
  const trained = config.lora === null
    ? layout.slots
    : layout.slots.filter(({ name }) => isLoraParameter(name));
  return { ...layout, trained };
}

/** The numbers of `slot` in `flat`, in place. */
export function slotValues(flat: Float32Array, { offset, size }: Slot): Float32Array {
  return flat.subarray(offset, offset + size);
}

/** The part of `region` that begins at `offset` floats. */
export function subregion({ address }: Region, offset: number, length: number): Region {
  return { address: address + 4 * offset, length };
}
