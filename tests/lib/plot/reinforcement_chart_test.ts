import { assert, assertEquals } from "@std/assert";
import { reinforcementChart } from "../../../lib/plot/reinforcement_chart.ts";
import type { Figure } from "../../../lib/plot/figure.ts";
import type { ScatterTrace } from "../../../lib/plot/traces.ts";
import type { ReinforcementPoint } from "../../../lib/tune/reinforce.ts";
import { labels } from "./xml.ts";

const points = Array.from({ length: 40 }, (_, i): ReinforcementPoint => ({
  step: i + 1,
  steps: 50,
  reward: i / 50,
  kl: i / 1000,
  length: 10 + i % 3,
  entropy: 2 - i / 40,
  gradientNorm: 1,
  seconds: i,
  example: { asked: "A?", reply: "B", reward: 1 },
}));

/** The values of each panel's line, by the axis it is drawn on. */
function panels(figure: Figure): Map<string, unknown> {
  return new Map((figure.data as ScatterTrace[]).map(({ yaxis = "y", y }) => [yaxis, y.at(-1)]));
}

Deno.test("the reward stands above, and what was asked for below", () => {
  for (const below of ["kl", "length", "entropy"] as const) {
    const shown = panels(reinforcementChart(points, { below: [below] }));
    assertEquals([...shown.keys()], ["y", "y2"]);
    assertEquals(shown.get("y2"), points[39][below]);
  }
});

Deno.test("by default distance, length and entropy stand below, in panels that do not touch", () => {
  const figure = reinforcementChart(points);
  const { kl, length, entropy } = points[39];
  const shown = panels(figure);
  assertEquals(["y2", "y3", "y4"].map((side) => shown.get(side)), [kl, length, entropy]);
  const { yaxis, yaxis2, yaxis3, yaxis4 } = figure.layout;
  const domains = [yaxis4, yaxis3, yaxis2, yaxis].flatMap((axis) => axis!.domain!);
  assertEquals(domains, domains.toSorted((a, b) => a - b));
  assertEquals(new Set(domains).size, 8);
  const words = labels(figure.toSvg());
  for (const title of ["reward", "KL", "length", "entropy", "step"]) assert(words.includes(title));
});

Deno.test("a run that has not begun has a chart too", () => {
  const figure = reinforcementChart([]);
  const shown = (figure as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assert(shown["text/plain"].includes("no step yet"));
});
