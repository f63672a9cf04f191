import { assertEquals } from "@std/assert";
import {
  formatCount,
  formatDuration,
  formatLoss,
  formatNumber,
} from "../../../lib/plot/numbers.ts";

Deno.test("numbers are short and readable", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [2000, "2k"],
    [1_536_000, "1.54M"],
    [999_999, "1M"],
    [2.5e9, "2.5B"],
    [1.98213, "1.98"],
    [-12.345, "−12.3"],
    [0.003, "0.003"],
    [0.00003, "3e−5"],
    [NaN, "not a number"],
    [-Infinity, "−∞"],
  ];
  for (const [value, text] of cases) assertEquals(formatNumber(value), text);
});

Deno.test("losses keep the decimals that tell them apart", () => {
  assertEquals(formatLoss(1.98213), "1.982");
  assertEquals(formatLoss(0.042137), "0.0421");
});

Deno.test("counts and times read as people say them", () => {
  assertEquals(formatCount(12400), "12,400");
  assertEquals(formatDuration(45.4), "45 s");
  assertEquals(formatDuration(70), "1 min 10 s");
  assertEquals(formatDuration(59.7), "1 min 0 s");
  assertEquals(formatDuration(7500), "2 h 5 min");
});
