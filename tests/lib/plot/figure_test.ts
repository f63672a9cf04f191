import { assert, assertEquals, assertMatch } from "@std/assert";
import { Figure } from "../../../lib/plot/figure.ts";
import { readXml } from "./xml.ts";

const display = Symbol.for("Jupyter.display");

function bundle(figure: Figure): Record<string, unknown> {
  return Reflect.get(figure, display).call(figure);
}

Deno.test("a figure shows itself to Plotly, as a picture and as a line of text", () => {
  const figure = new Figure([{
    type: "scatter",
    mode: "lines",
    name: "loss",
    x: [1, 2],
    y: [4, 1.98],
  }], {
    title: { text: "A run" },
  });
  const shown = bundle(figure);
  assertEquals(Object.keys(shown), [
    "application/vnd.plotly.v1+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(shown["text/plain"], "A run: loss 1.98 at 2");
  assertEquals(readXml(String(shown["image/svg+xml"]))[0].name, "svg");
  const { data, layout } = JSON.parse(JSON.stringify(shown["application/vnd.plotly.v1+json"]));
  assertEquals(data, [{ type: "scatter", mode: "lines", name: "loss", x: [1, 2], y: [4, 1.98] }]);
  assertEquals(layout.title.text, "A run");
  assertEquals(layout.template.layout.paper_bgcolor, "rgba(0,0,0,0)");
});

Deno.test("text that looks like markup reaches Plotly as text", () => {
  const figure = new Figure([{
    type: "bar",
    x: ["<b>", "a & b"],
    y: [1, 2],
    name: "<i>",
    text: ["<s>", ""],
    hovertemplate: "%{y}<extra></extra>",
  }], { title: { text: "1 < 2" }, xaxis: { ticktext: ["<u>"], tickvals: [0] } });
  const { data: [bars], layout } = JSON.parse(JSON.stringify(figure.toPlotly()));
  assertEquals(bars.x, ["&lt;b&gt;", "a &amp; b"]);
  assertEquals(bars.name, "&lt;i&gt;");
  assertEquals(bars.text, ["&lt;s&gt;", ""]);
  assertEquals(bars.hovertemplate, "%{y}<extra></extra>");
  assertEquals(layout.title.text, "1 &lt; 2");
  assertEquals(layout.xaxis.ticktext, ["&lt;u&gt;"]);
});

Deno.test("console.log of a figure is its line of text", () => {
  const figure = new Figure([], {}, { summary: "nothing yet" });
  assertEquals(Deno.inspect(figure), "nothing yet");
});

Deno.test("the picture carries its description for those who cannot see it", () => {
  const svg = new Figure([], {}, { summary: "Loss falls & falls" }).toSvg();
  assertEquals(readXml(svg)[1], { name: "title", attributes: {}, text: "Loss falls & falls" });
  assertMatch(svg, /role="img"/);
  assert(svg.includes("&amp;"));
});
