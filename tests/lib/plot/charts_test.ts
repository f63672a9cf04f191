// The general charts: lines, bars, token frequencies and heatmaps.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { barChart, tokenFrequencies } from "../../../lib/plot/bars.ts";
import { heatmap } from "../../../lib/plot/heatmap.ts";
import { lineChart } from "../../../lib/plot/lines.ts";
import { tokenLabel } from "../../../lib/plot/token_label.ts";
import type { BarTrace, ScatterTrace } from "../../../lib/plot/traces.ts";
import { labels } from "./xml.ts";

const letters = { vocabularySize: 256, tokenBytes: (id: number) => Uint8Array.of(id) };

Deno.test("a line chart draws every line by its name, with dots where there are few points", () => {
  const few = lineChart({
    a: { x: [1, 2], y: [3, 4] },
    b: { x: Float32Array.of(1), y: Float32Array.of(2) },
  });
  const traces = few.data as ScatterTrace[];
  assertEquals(traces.map(({ name, mode }) => [name, mode]), [["a", "lines+markers"], [
    "b",
    "lines+markers",
  ]]);
  const x = Array.from({ length: 100 }, (_, i) => i);
  assertEquals((lineChart({ many: { x, y: x } }).data[0] as ScatterTrace).mode, "lines");
});

Deno.test("a line with more x than y is refused by name", () => {
  assertThrows(
    () => lineChart({ odd: { x: [1, 2], y: [1] } }),
    ConfigError,
    'line "odd" has 2 x and 1 y',
  );
});

Deno.test("bars carry their labels, equal ones apart", () => {
  const figure = barChart(["same", "same", "<b>"], [3, 2, 1], {
    lying: true,
    formatValue: (v) => `${v} kg`,
  });
  assertEquals(labels(figure.toSvg()).filter((label) => label === "same").length, 2);
  assert(labels(figure.toSvg()).includes("<b>"));
  assert(labels(figure.toSvg()).includes("3 kg"));
  assertEquals(figure.summary, "Figure: same 3 kg, same 2 kg, <b> 1 kg");
});

Deno.test("labels that do not fit side by side are turned", () => {
  const words = Array.from({ length: 40 }, (_, i) => `harbour ${i}`);
  const svg = (count: number) =>
    barChart(words.slice(0, count), new Float64Array(count).fill(1)).toSvg();
  assert(svg(40).includes("rotate(-90)"));
  assert(!svg(3).includes("rotate(-90)"));
});

Deno.test("as many labels as values are asked for", () => {
  assertThrows(() => barChart(["a"], [1, 2]), ConfigError, "1 labels for 2 values");
});

Deno.test("token frequencies count a text's tokens, the most frequent first", () => {
  const tokens = Uint32Array.from(new TextEncoder().encode("ab a ba\na"));
  const figure = tokenFrequencies(tokens, letters, { top: 3 });
  const [bars] = figure.data as BarTrace[];
  assertEquals(figure.layout.xaxis?.ticktext, ["a", "␣", "b"]);
  assertEquals(bars.y, [4, 2, 2]);
  assertThrows(() => tokenFrequencies(tokens, letters, { top: 0 }), ConfigError, "top is 0");
});

Deno.test("a token's label shows what cannot be seen", () => {
  const label = (...bytes: number[]) => tokenLabel({ tokenBytes: () => Uint8Array.from(bytes) }, 0);
  assertEquals(label(0x20, 0x61), "␣a");
  assertEquals(label(0x0a), "⏎");
  assertEquals(label(0x07), "\\u0007");
  assertEquals(label(0xc3, 0xa9), "é");
  assertEquals(label(0xe2, 0x80), "\\xE2\\x80");
  assertEquals(label(0x20, 0x6e, 0xc3), "␣n\\xC3");
});

Deno.test("a heatmap has its first row at the top and names its rows and columns", () => {
  const figure = heatmap([[1, 0], [0, 1]], { rows: ["r1", "r2"], columns: ["c1", "c2"] });
  assertEquals(figure.layout.yaxis?.autorange, "reversed");
  for (const name of ["r1", "r2", "c1", "c2"]) assert(labels(figure.toSvg()).includes(name));
  assertThrows(() => heatmap([[1, 2], [1]]), ConfigError, "Row 1 of the heatmap has 1 values");
});

Deno.test("a log axis over a few decades names its ticks in full", () => {
  const sizes = { x: [256, 1024, 4096], y: [1, 2, 3] };
  const { xaxis } = lineChart({ sizes }, { logX: true }).layout;
  assertEquals(xaxis?.ticktext, ["100", "200", "500", "1k", "2k", "5k"]);
  assertEquals(lineChart({ sizes }, {}).layout.xaxis?.ticktext, undefined);
});
