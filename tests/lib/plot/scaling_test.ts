import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fitScalingLaw } from "../../../lib/evaluate/scaling_law.ts";
import { scalingChart } from "../../../lib/plot/scaling.ts";
import type { ScatterTrace } from "../../../lib/plot/traces.ts";
import { labels } from "./xml.ts";

const points = [1e9, 4e9, 1.6e10, 6.4e10].map((size) => ({
  size,
  loss: 1.2 + 300 * size ** -0.28,
}));
const law = fitScalingLaw(points);

Deno.test("the law's line goes through its runs and on to those that check it, on log axes", () => {
  const checks = [{ size: 1e12, loss: 1.4 }];
  const figure = scalingChart(points, law, { checks, sizeTitle: "operations" });
  const [line, fitted, checked] = figure.data as ScatterTrace[];
  assertEquals([fitted.x, checked.x], [points.map(({ size }) => size), [1e12]]);
  assert(Number(line.x.at(-1)) > 1e12);
  assertAlmostEquals(line.y[0]!, points[0].loss, 1e-2);
  assertEquals([figure.layout.xaxis?.type, figure.layout.yaxis?.type], ["log", "log"]);
  const words = labels(figure.toSvg());
  for (const word of ["operations", "runs it was fitted to", "runs it had not seen"]) {
    assert(words.includes(word), word);
  }
});

Deno.test("without a check nothing is said of one", () => {
  const figure = scalingChart(points, law);
  assertEquals(figure.data.length, 2);
  assert(!labels(figure.toSvg()).includes("runs it had not seen"));
});
