import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { shareInterval } from "../../../lib/evaluate/interval.ts";
import { Random } from "../../../lib/random.ts";

Deno.test("the interval is Wilson's", () => {
  // Published values for 81 of 263 (Newcombe 1998, table I).
  const { low, high } = shareInterval(81, 263);
  assertAlmostEquals(low, 0.2553, 1e-4);
  assertAlmostEquals(high, 0.3662, 1e-4);
});

Deno.test("all and none are no certainty", () => {
  const none = shareInterval(0, 20);
  const all = shareInterval(20, 20);
  assertAlmostEquals(none.low, 0, 1e-12);
  assert(none.high > 0.1);
  assertAlmostEquals(all.low, 1 - none.high, 1e-12);
  assertAlmostEquals(all.high, 1, 1e-12);
});

Deno.test("the true share is in 19 of 20 intervals", () => {
  const random = new Random(1, "intervals");
  let held = 0;
  for (let trial = 0; trial < 2_000; trial++) {
    let passed = 0;
    for (let i = 0; i < 200; i++) if (random.uniform() < 0.9) passed++;
    const { low, high } = shareInterval(passed, 200);
    if (low <= 0.9 && 0.9 <= high) held++;
  }
  assert(Math.abs(held / 2_000 - 0.95) < 0.02, String(held));
});

Deno.test("a share of nothing is refused", () => {
  assertThrows(() => shareInterval(0, 0), ConfigError, "at least one item");
  assertThrows(() => shareInterval(3, 2), ConfigError);
});
