// The scale of a slider: a place on it for every value, and a round value for every place.

import type { Range } from "../../../../notebook/range.ts";

/** How many places a slider has, where its steps do not say. */
const PLACES = 200;

/** Ranges over so many times their beginning are spread evenly over orders of magnitude. */
const LOGARITHMIC_FROM = 30;

/** A scale. */
export interface Scale {
  /** Places run from 0 to this. */
  places: number;
  toPlace(value: number): number;
  toValue(place: number): number;
}

/** The scale of a range; of whole numbers where `whole` says so. */
export function scaleOf({ min, max, step }: Range, { whole }: { whole: boolean }): Scale {
  if (step === undefined && min > 0 && max / min >= LOGARITHMIC_FROM) {
    const ratio = Math.log(max / min);
    return {
      places: PLACES,
      toPlace: (value) => PLACES * Math.log(clamp(value, min, max) / min) / ratio,
      toValue: (place) => {
        const value = Number((min * Math.exp(ratio * place / PLACES)).toPrecision(2));
        return clamp(whole ? Math.round(value) : value, min, max);
      },
    };
  }
  const stride = step ?? evenStep(max - min, whole);
  const places = Math.round((max - min) / stride);
  return {
    places,
    toPlace: (value) => (clamp(value, min, max) - min) / stride,
    // Sums of tenths are rounded to what they stand for.
    toValue: (place) => Number((min + place * stride).toPrecision(10)),
  };
}

/** The round number that parts a span into about so many places as a slider has. */
function evenStep(span: number, whole: boolean): number {
  const step = 10 ** Math.floor(Math.log10(span / 20));
  return whole ? Math.max(1, step) : step;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** A number as code, in the manner of `like`. */
export function formatNumber(value: number, like: string): string {
  const small = value !== 0 && Math.abs(value) < 1e-3;
  if (/e/i.test(like) && (small || Math.abs(value) < 1 || Math.abs(value) >= 1e6) || small) {
    return value.toExponential().replace("e+", "e");
  }
  if (Number.isInteger(value) && Math.abs(value) >= 10_000) {
    return String(value).replaceAll(/\B(?=(\d{3})+$)/g, "_");
  }
  return String(value);
}
