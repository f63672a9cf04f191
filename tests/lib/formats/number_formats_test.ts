import { assertEquals } from "@std/assert";
import { decodeNumbers, encodeNumbers } from "../../../lib/formats/number_formats.ts";

const roundTrip = (values: number[], format: "F32" | "F16" | "BF16") => [
  ...decodeNumbers(encodeNumbers(new Float32Array(values), format), format),
];

Deno.test("numbers that a format can hold come back as they were", () => {
  const values = [0, -0, 1, -2.5, 0.15625, 65280, Infinity, -Infinity, NaN];
  for (const format of ["F32", "F16", "BF16"] as const) {
    assertEquals(roundTrip(values, format), values);
  }
});

Deno.test("bfloat16 rounds to the nearest, and in the middle to the even one", () => {
  const step = 2 ** -7; // between the numbers of bfloat16 from 1 to 2
  assertEquals(
    roundTrip([1 + 0.4 * step, 1 + 0.6 * step, 1 + 0.5 * step, 1 + 1.5 * step], "BF16"),
    [1, 1 + step, 1, 1 + 2 * step],
  );
});

Deno.test("numbers are read from any place of a file", () => {
  const file = new Uint8Array(11);
  file.set(encodeNumbers(new Float32Array([1.5, -7]), "F32"), 3);
  assertEquals([...decodeNumbers(file.subarray(3), "F32")], [1.5, -7]);
});
