import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { smooth, thin } from "../../../lib/plot/curve.ts";
import { Random } from "../../../lib/random.ts";

const x = Array.from({ length: 5000 }, (_, i) => i + 1);

Deno.test("a thinned curve keeps its ends, its extremes and its order, in few points", () => {
  const random = new Random(1);
  const y = x.map(() => random.normal());
  y[1234] = 50;
  y[4321] = -50;
  const thinned = thin({ x, y }, { most: 200 });
  assert(thinned.x.length <= 200);
  assertEquals([thinned.x[0], thinned.x.at(-1)], [1, 5000]);
  assert(thinned.y.includes(50) && thinned.y.includes(-50));
  assert(thinned.x.every((value, i) => i === 0 || value > thinned.x[i - 1]));
  assert(thinned.x.every((value, i) => y[value - 1] === thinned.y[i]));
});

Deno.test("a curve that is short enough is left as it is", () => {
  const curve = { x: [1, 2, 3], y: [3, 2, 1] };
  assertEquals(thin(curve, { most: 3 }), curve);
});

Deno.test("smoothing takes out noise and follows the curve", () => {
  const random = new Random(2);
  const clean = x.map((step) => 1 + 3 / Math.sqrt(step));
  const noisy = clean.map((value) => value + 0.2 * random.normal());
  const smoothed = smooth({ x, y: noisy }, { memory: 100 }).y;
  const error = (y: number[]) =>
    y.slice(500).reduce((sum, v, i) => sum + Math.abs(v - clean[i + 500]), 0) / 4500;
  assert(error(smoothed) < error(noisy) / 5, `${error(smoothed)} against ${error(noisy)}`);
});

Deno.test("a constant stays constant, and a hole in the curve is bridged", () => {
  const { y } = smooth({ x: [1, 2, 3, 10], y: [2, 2, NaN, 2] }, { memory: 5 });
  for (const value of y) assertAlmostEquals(value, 2);
});
