// Numbers in a quarter of the room: each matrix as whole numbers from −127 to 127, with one scale for each of what
// it makes (a column of a weight, a row of an embedding), so that a large number here costs no precision there.

import type { ParameterSpec } from "../model/parameters.ts";
import { encodeNumbers } from "./number_formats.ts";
import type { StoredTensor, TensorToWrite } from "./safetensors.ts";

/** The largest whole number; −128 is left out so that both sides reach equally far. */
const LARGEST = 127;

/** What the name of a matrix's scales ends in. */
const SCALE = ".scale";

/** A parameter as it is written: a matrix as whole numbers and their scales, a vector as float32. */
export function int8Tensors(
  { name, shape }: ParameterSpec,
  values: Float32Array,
): TensorToWrite[] {
  if (shape.length !== 2) {
    return [{ name, shape, dtype: "F32", bytes: () => encodeNumbers(values, "F32") }];
  }
  const byRow = name === "embedding" || name === "positions";
  const scale = scalesOf(values, { columns: shape[1], byRow });
  const rounded = () => {
    const numbers = new Int8Array(values.length);
    for (let i = 0; i < numbers.length; i++) {
      const place = placeOf(i, { columns: shape[1], byRow });
      numbers[i] = Math.round(values[i] / (scale[place] || 1));
    }
    return new Uint8Array(numbers.buffer);
  };
  return [
    { name, shape, dtype: "I8", bytes: rounded },
    {
      name: name + SCALE,
      shape: byRow ? [shape[0], 1] : [1, shape[1]],
      dtype: "F32",
      bytes: () => encodeNumbers(scale, "F32"),
    },
  ];
}

/** The tensors of a file, those that have scales multiplied by them. */
export function withScales(
  tensors: ReadonlyMap<string, StoredTensor>,
): ReadonlyMap<string, StoredTensor> {
  const scaled = new Map(tensors);
  for (const [name, { shape, values }] of tensors) {
    const scale = tensors.get(name + SCALE);
    if (scale === undefined || shape.length !== 2) continue;
    const byRow = scale.shape[1] === 1 && scale.values.length === shape[0];
    if (!byRow && scale.values.length !== shape[1]) continue; // for the reader to refuse
    const places = { columns: shape[1], byRow };
    const whole = values.map((value, i) => value * scale.values[placeOf(i, places)]);
    scaled.set(name, { shape, values: whole });
    scaled.delete(name + SCALE);
  }
  return scaled;
}

/** How the numbers of a matrix share scales. */
interface Places {
  readonly columns: number;
  /** One for each row, or else one for each column. */
  readonly byRow: boolean;
}

function scalesOf(values: Float32Array, places: Places): Float32Array {
  const { columns, byRow } = places;
  const scales = new Float32Array(byRow ? values.length / columns : columns);
  for (let i = 0; i < values.length; i++) {
    const place = placeOf(i, places);
    scales[place] = Math.max(scales[place], Math.abs(values[i]));
  }
  return scales.map((largest) => largest / LARGEST);
}

function placeOf(index: number, { columns, byRow }: Places): number {
  return byRow ? Math.floor(index / columns) : index % columns;
}
