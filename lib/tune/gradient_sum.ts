// Gradients of several losses, added up: so a large batch is learned from in parts, and by several threads.

import * as tf from "@tensorflow/tfjs";
import { isLoraParameter } from "../model/lora.ts";
import { allocateRegion, freeRegion, regionOf, regionView } from "../tensor/arena/regions.ts";
import { valueAndGradients } from "../tensor/gradients.ts";
import { hostView } from "../tensor/host_view.ts";
import type { Region } from "../tensor/products/product.ts";
import { type Layout, layOut, slotValues, subregion } from "../train/layout.ts";
import { isShared } from "../train/run_memory.ts";
import { addTo } from "../train/sums.ts";

/** What learning moves: all parameters, or the adapter's where there is one. */
export function trainedParameters(
  parameters: ReadonlyMap<string, tf.Variable>,
): ReadonlyMap<string, tf.Variable> {
  const adapter = [...parameters].filter(([name]) => isLoraParameter(name));
  return adapter.length > 0 ? new Map(adapter) : parameters;
}

/** Where the gradient of each parameter lies in a sum. */
export function gradientLayout(trained: ReadonlyMap<string, tf.Variable>): Layout {
  return layOut([...trained].map(([name, { shape }]) => ({ name, shape })));
}

/** The sum of the gradients of losses, in memory that other threads see. */
export class GradientSum {
  /** Laid out as {@linkcode gradientLayout} says. */
  readonly region: Region;
  readonly #layout: Layout;
  readonly #variables: readonly tf.Variable[];

  constructor(trained: ReadonlyMap<string, tf.Variable>) {
    this.#layout = gradientLayout(trained);
    this.#variables = [...trained.values()];
    this.region = allocateRegion(this.#layout.size);
    this.clear();
  }

  clear(): void {
    regionView(this.region).fill(0);
  }

  /** Adds the gradients of a loss, and returns the loss. */
  add(loss: () => tf.Scalar): number {
    const { value, gradients } = valueAndGradients(loss, this.#variables);
    const [found] = value.dataSync();
    for (const [i, slot] of this.#layout.slots.entries()) {
      if (isShared()) {
        addTo(subregion(this.region, slot.offset, slot.size), regionOf(gradients[i]));
        continue;
      }
      const [sum, terms] = [slotValues(regionView(this.region), slot), hostView(gradients[i])];
      for (let j = 0; j < sum.length; j++) sum[j] += terms[j];
    }
    tf.dispose([value, ...gradients]);
    return found;
  }

  dispose(): void {
    freeRegion(this.region);
  }
}
