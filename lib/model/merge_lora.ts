// Makes what an adapter learned a part of the model itself.

import { isAdapted, loraNames } from "./lora.ts";
import { parameterSpecs, type ParameterValues } from "./parameters.ts";
import { Transformer } from "./transformer.ts";

/** A copy of a model whose adapter has become part of its matrices. A model without one is copied as it is. */
export function mergeLora(model: Transformer): Transformer {
  return Transformer.fromValues({ ...model.config, lora: null }, mergedValues(model));
}

/** The parameters of a model with its adapter, if it has one, added in. */
export function mergedValues(model: Transformer): ParameterValues {
  const { lora } = model.config;
  const values = model.values();
  const merged: ParameterValues = new Map();
  for (const { name, shape } of parameterSpecs({ ...model.config, lora: null })) {
    const weight = values.get(name)!;
    merged.set(name, weight);
    const layer = name.replace(/\.weight$/, "");
    if (lora === null || !isAdapted(lora, layer)) continue;
    const { a, b } = loraNames(layer);
    addProduct(weight, {
      a: values.get(a)!,
      b: values.get(b)!,
      scale: lora.alpha / lora.rank,
      columns: shape[1],
    });
  }
  return merged;
}

/** Adds scale · a·b to a matrix (rows, columns), `a` being (rows, rank). */
function addProduct(
  matrix: Float32Array,
  { a, b, scale, columns }: { a: Float32Array; b: Float32Array; scale: number; columns: number },
): void {
  const rank = b.length / columns;
  for (let at = 0; at < matrix.length; at++) {
    const row = Math.floor(at / columns);
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += a[row * rank + r] * b[r * columns + at % columns];
    matrix[at] += scale * sum;
  }
}
