import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { Figure } from "../../../lib/plot/figure.ts";
import type { Trace } from "../../../lib/plot/traces.ts";
import { labels, readXml } from "./xml.ts";

const squares: Trace = { type: "scatter", mode: "lines+markers", x: [0, 1, 2], y: [0, 1, 4] };

function circles(svg: string): [number, number][] {
  return readXml(svg).filter(({ name }) => name === "circle")
    .map(({ attributes }) => [Number(attributes.cx), Number(attributes.cy)]);
}

function bars(
  svg: string,
): { x: number; y: number; width: number; height: number; fill?: string }[] {
  return readXml(svg).filter(({ name }) => name === "rect").map(({ attributes: a }) => ({
    x: Number(a.x),
    y: Number(a.y),
    width: Number(a.width),
    height: Number(a.height),
    fill: a.fill,
  }));
}

Deno.test("dots lie where their values are, in proportion", () => {
  const [a, b, c] = circles(new Figure([squares]).toSvg());
  assertAlmostEquals(b[0] - a[0], c[0] - b[0], 0.02);
  assertAlmostEquals(a[1] - c[1], 4 * (a[1] - b[1]), 0.05);
  assert(c[1] < a[1], "larger values stand higher");
});

Deno.test("a log axis makes equal factors equal distances and leaves out what it cannot show", () => {
  const trace: Trace = { type: "scatter", mode: "markers", x: [0, 1, 10, 100], y: [1, 1, 1, 1] };
  const svg = new Figure([trace], { xaxis: { type: "log" } }).toSvg();
  const dots = circles(svg);
  assertEquals(dots.length, 3);
  assertAlmostEquals(dots[1][0] - dots[0][0], dots[2][0] - dots[1][0], 0.02);
  for (const label of ["1", "10", "100"]) assert(labels(svg).includes(label));
});

Deno.test("ticks are round numbers, thousands short", () => {
  const trace: Trace = { type: "scatter", mode: "lines", x: [0, 2000], y: [1.52, 4.2] };
  const found = labels(new Figure([trace]).toSvg());
  for (const label of ["200", "1k", "2k", "2.0", "3.5"]) {
    assert(found.includes(label), `${label} in ${found}`);
  }
});

Deno.test("bars begin at zero, negative ones below", () => {
  const svg = new Figure([{ type: "bar", x: ["a", "b"], y: [10, -5] }]).toSvg();
  const [up, down] = bars(svg);
  assertAlmostEquals(up.y + up.height, down.y, 0.02);
  assertAlmostEquals(up.height, 2 * down.height, 0.02);
});

Deno.test("stacked bars stand on those before, grouped ones beside", () => {
  const traces: Trace[] = [1, 2].map((y) => ({ type: "bar", x: ["a"], y: [y], showlegend: false }));
  const [first, second] = bars(new Figure(traces, { barmode: "stack" }).toSvg());
  assertAlmostEquals(second.y + second.height, first.y, 0.02);
  assertEquals(second.x, first.x);
  const [left, right] = bars(new Figure(traces).toSvg());
  assertAlmostEquals(left.x + left.width, right.x, 0.02);
});

Deno.test("lying bars on a reversed axis run from the top", () => {
  const trace: Trace = { type: "bar", orientation: "h", x: [3, 1], y: ["first", "second"] };
  const [first, second] = bars(new Figure([trace], { yaxis: { autorange: "reversed" } }).toSvg());
  assert(first.y < second.y);
  assertAlmostEquals(first.width, 3 * second.width, 0.02);
});

Deno.test("bars on a log axis begin at its low end", () => {
  const svg = new Figure([{ type: "bar", x: [0, 1], y: [1000, 10] }], { yaxis: { type: "log" } })
    .toSvg();
  const [high, low] = bars(svg);
  assertAlmostEquals(high.y + high.height, low.y + low.height, 0.02);
  assert(low.height > 0 && low.height < high.height);
});

Deno.test("a heatmap colours equal values alike and stays small when the matrix is large", () => {
  const small = new Figure([{ type: "heatmap", z: [[0, 1], [1, 0]], showscale: false }]).toSvg();
  const fills = readXml(small).filter(({ name }) => name === "path").map(({ attributes }) =>
    attributes.fill
  );
  assertEquals(fills.filter((fill) => fill?.startsWith("#")), ["#2b2a5e", "#f7e26b"]);
  const z = Array.from(
    { length: 1024 },
    (_, i) => Float32Array.from({ length: 1024 }, (_, j) => i * j),
  );
  const large = new Figure([{ type: "heatmap", z }]).toSvg();
  assert(large.length < 600_000, `${large.length} characters`);
});

Deno.test("a gap in the data is a gap in the line", () => {
  const trace: Trace = { type: "scatter", mode: "lines", x: [0, 1, 2, 3], y: [1, 2, null, 3] };
  const path = readXml(new Figure([trace]).toSvg()).find(({ attributes }) =>
    attributes["stroke-width"] === "2"
  )!;
  assertEquals(path.attributes.d.match(/M/g)?.length, 2);
});

Deno.test("small panels share the horizontal axis and keep to their part of the height", () => {
  const svg = new Figure([squares, { ...squares, yaxis: "y2" }], {
    yaxis: { domain: [0.5, 1] },
    yaxis2: { domain: [0, 0.3] },
    showlegend: false,
  }).toSvg();
  const dots = circles(svg);
  const [main, small] = [dots.slice(0, 3), dots.slice(3)];
  assertEquals(main.map(([x]) => x), small.map(([x]) => x));
  assert(Math.max(...main.map(([, y]) => y)) < Math.min(...small.map(([, y]) => y)));
});

Deno.test("a range that is asked for cuts off what lies outside", () => {
  const elements = readXml(new Figure([squares], { xaxis: { range: [0, 1] } }).toSvg());
  const pictures = elements.filter(({ name }) => name === "svg");
  assertEquals(pictures.length, 2);
  assert(Number(pictures[1].attributes.width) < Number(pictures[0].attributes.width));
});

Deno.test("text from data is text in the picture, whatever it holds", () => {
  const nasty = `<script>alert("&")</script>\u0000`;
  const svg = new Figure([{ ...squares, name: nasty }, {
    type: "bar",
    x: [nasty],
    y: [1],
    name: nasty,
  }], {
    title: { text: nasty },
  }).toSvg();
  assert(!svg.includes("<script"));
  assert(labels(svg).some((label) => label.startsWith('<script>alert("&")')));
});

Deno.test("a picture has no script, no style sheet, no id and nothing from elsewhere", () => {
  const svg = new Figure([squares, { type: "heatmap", z: [[1, 2]] }]).toSvg();
  for (const { name, attributes } of readXml(svg)) {
    assert(!["script", "style", "image", "use", "foreignObject"].includes(name));
    for (const key of Object.keys(attributes)) assert(!/^on|^id$|href|^class$/.test(key), key);
  }
  assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

Deno.test("figures without any data, or with none that is finite, are drawn all the same", () => {
  const empty: Trace[] = [
    { type: "scatter", mode: "lines", x: [], y: [] },
    { type: "scatter", mode: "markers", x: [1, 2], y: [NaN, null] },
    { type: "bar", x: [], y: [] },
    { type: "heatmap", z: [] },
    { type: "scatter", mode: "lines", x: [5], y: [5] },
  ];
  for (const trace of empty) {
    for (const type of ["linear", "log"] as const) {
      const svg = new Figure([trace], { xaxis: { type }, yaxis: { type } }).toSvg();
      assert(!/NaN|Infinity|undefined/.test(svg), `${trace.type}: ${svg}`);
      readXml(svg);
    }
  }
  readXml(new Figure([]).toSvg());
});

Deno.test("a legend names what has a name, wraps, and is left out for a single trace", () => {
  const many: Trace[] = Array.from(
    { length: 12 },
    (_, i) => ({ ...squares, name: `a run with a name ${i}` }),
  );
  const texts = readXml(new Figure(many).toSvg()).filter(({ text }) => text.startsWith("a run"));
  assertEquals(texts.length, 12);
  assert(new Set(texts.map(({ attributes }) => attributes.y)).size > 1);
  assert(!labels(new Figure([{ ...squares, name: "alone" }]).toSvg()).includes("alone"));
});
