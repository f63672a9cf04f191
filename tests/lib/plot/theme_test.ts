import { assert } from "@std/assert";
import { COLOURS, TEXT_COLOUR } from "../../../lib/plot/theme.ts";

/** Matrices for linear RGB at full severity (Machado, Oliveira & Fernandes 2009). */
const VISIONS = {
  trichromacy: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [
    -0.003882,
    -0.048116,
    1.051998,
  ]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [
    -0.01182,
    0.04294,
    0.968881,
  ]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [
    0.004733,
    0.691367,
    0.3039,
  ]],
};

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

function luminance([r, g, b]: number[]): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].toSorted((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

function oklab(rgb: number[]): number[] {
  const [r, g, b] = rgb.map((value) => Math.max(0, value));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

Deno.test("text and traces can be read on white and on near-black", () => {
  for (const ground of ["#ffffff", "#111111"]) {
    assert(contrast(TEXT_COLOUR, ground) > 4);
    for (const colour of COLOURS) assert(contrast(colour, ground) > 2.5, `${colour} on ${ground}`);
  }
});

Deno.test("any two colours stay apart for colour-blind readers", () => {
  for (const [vision, matrix] of Object.entries(VISIONS)) {
    const seen = COLOURS.map((hex) => {
      const rgb = linear(hex);
      return oklab(matrix.map((row) => row.reduce((sum, share, i) => sum + share * rgb[i], 0)));
    });
    for (let i = 0; i < seen.length; i++) {
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(...seen[i].map((value, k) => value - seen[j][k]));
        assert(distance > 0.1, `${COLOURS[i]} and ${COLOURS[j]} under ${vision}: ${distance}`);
      }
    }
  }
});
