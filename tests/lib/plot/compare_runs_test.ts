import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compareRuns } from "../../../lib/plot/compare_runs.ts";
import type { ScatterTrace } from "../../../lib/plot/traces.ts";
import { points } from "./runs.ts";

Deno.test("each run has a colour, a line and one name with its last validation loss", () => {
  const traces = compareRuns({ slow: points(40), fast: points(100) }).data as ScatterTrace[];
  const named = traces.filter(({ showlegend }) => showlegend !== false);
  assertEquals(named.map(({ name }) => name), ["slow: 1.175", "fast: 1.130"]);
  assertEquals(new Set(traces.map(({ line }) => line?.color)).size, 2);
  assertEquals(new Set(traces.map(({ legendgroup }) => legendgroup)), new Set(["slow", "fast"]));
});

Deno.test("runs are compared over steps, tokens or seconds", () => {
  const ends = (["step", "tokens", "seconds"] as const).map((over) => {
    const figure = compareRuns({ run: points(40) }, { over });
    return [(figure.data[1] as ScatterTrace).x.at(-1), figure.layout.xaxis?.title?.text];
  });
  assertEquals(ends, [[40, "step"], [30720, "tokens"], [20, "seconds"]]);
});

Deno.test("a run without validation is shown by its training loss", () => {
  const { data } = compareRuns({ short: points(9) });
  assertEquals(data.length, 1);
  assertAlmostEquals((data[0] as ScatterTrace).y.at(-1)!, 1 + 3 / 9, 0.05);
});
