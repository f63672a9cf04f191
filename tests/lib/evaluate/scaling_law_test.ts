import { assertAlmostEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { fitScalingLaw } from "../../../lib/evaluate/scaling_law.ts";

const SIZES = [1e5, 2e5, 4e5, 8e5, 1.6e6];

Deno.test("a law is found again from its own points, and predicts larger ones", () => {
  const law = { floor: 1.2, factor: 60, exponent: 0.34 };
  const loss = (size: number) => law.floor + law.factor * size ** -law.exponent;
  const fitted = fitScalingLaw(SIZES.map((size) => ({ size, loss: loss(size) })));
  assertAlmostEquals(fitted.floor, law.floor, 0.01);
  assertAlmostEquals(fitted.exponent, law.exponent, 0.01);
  assertAlmostEquals(fitted.predict(1e8), loss(1e8), 0.01);
  assertAlmostEquals(fitted.error, 0, 1e-3);
});

Deno.test("two points are joined by a pure power law", () => {
  const fitted = fitScalingLaw([{ size: 100, loss: 4 }, { size: 10_000, loss: 2 }]);
  assertAlmostEquals(fitted.floor, 0);
  assertAlmostEquals(fitted.predict(1_000_000), 1, 1e-9);
});

Deno.test("one size, or a loss that is no number, is refused in a sentence", () => {
  assertThrows(() => fitScalingLaw([{ size: 1, loss: 2 }]), ConfigError, "at least two sizes");
  assertThrows(
    () => fitScalingLaw([{ size: 1, loss: 2 }, { size: 2, loss: NaN }]),
    ConfigError,
    "a loss of NaN at a size of 2",
  );
});
