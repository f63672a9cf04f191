import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { lossChart } from "../../../lib/plot/loss_chart.ts";
import type { ScatterTrace } from "../../../lib/plot/traces.ts";
import { points } from "./runs.ts";

function traces(figure: { data: readonly unknown[] }): ScatterTrace[] {
  return figure.data as ScatterTrace[];
}

Deno.test("a loss chart shows each batch, the moving average and the validation loss", () => {
  const [batch, average, validation] = traces(lossChart(points(100)));
  assertEquals(batch.x, points(100).map(({ step }) => step));
  assertAlmostEquals(batch.y[1]!, 2.5);
  assertEquals(validation.x, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  assertAlmostEquals(validation.y[0]!, 1.4);
  assertEquals(validation.mode, "lines+markers");
  assertAlmostEquals(average.y.at(-1)!, 1.03, 0.005);
  assertEquals([average.name, validation.name], ["training loss 1.031", "validation loss 1.130"]);
});

Deno.test("the whole run is on the axis from its first step", () => {
  assertEquals(lossChart(points(3, 2000)).layout.xaxis?.range, [0, 2000]);
});

Deno.test("a long run stays a small figure", () => {
  const figure = lossChart(points(50_000), { learningRate: true });
  for (const { x } of traces(figure)) assert(x.length <= 1000);
  assert(JSON.stringify(figure.toPlotly()).length < 100_000);
  assert(figure.toSvg().length < 100_000);
});

Deno.test("the learning rate has a small panel of its own where asked for", () => {
  const rate = traces(lossChart(points(20), { learningRate: true })).at(-1)!;
  assertEquals([rate.yaxis, rate.y[0]], ["y2", 0.003]);
  assert(traces(lossChart(points(20))).every(({ yaxis }) => yaxis === undefined));
});

Deno.test("a loss that is not a number is a gap, not a failure", () => {
  const diverged = points(5).map((point) => ({
    ...point,
    loss: point.step > 3 ? NaN : point.loss,
  }));
  const figure = lossChart(diverged);
  assertEquals(traces(figure)[0].y.slice(-2), [null, null]);
  assert(!figure.toSvg().includes("NaN"));
});

Deno.test("in words the chart says how far the run is and how well it does", () => {
  assertEquals(
    lossChart(points(1200, 2000), { title: "Harbour" }).summary,
    "Harbour: step 1,200 of 2,000 · loss 1.003 · validation 1.103",
  );
  assertEquals(lossChart([]).summary, "Loss: no step yet");
});
