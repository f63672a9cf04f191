import { assert, assertEquals } from "@std/assert";
import { reinforcementChart } from "../../../lib/plot/reinforcement_chart.ts";
import type { ReinforcementPoint } from "../../../lib/tune/reinforce.ts";

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

Deno.test("the reward stands above, and what was asked for below", () => {
  for (const below of ["kl", "length", "entropy"] as const) {
    const { data } = reinforcementChart(points, { below });
    const beside = data.find((trace) => "yaxis" in trace && trace.yaxis === "y2")!;
    assert("y" in beside);
    assertEquals(beside.y?.length, 40);
    assertEquals(beside.y?.[39], points[39][below]);
  }
});

Deno.test("a run that has not begun has a chart too", () => {
  const figure = reinforcementChart([]);
  const shown = (figure as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assert(shown["text/plain"].includes("no step yet"));
});
