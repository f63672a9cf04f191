// Plotly's figures, which are plain objects: for front ends that draw them themselves, and as HTML that loads
// plotly.js for those that do not.
// https://plotly.com/javascript/reference/

import type { MimeBundle } from "../protocol/content.ts";

/** Where plotly.js comes from in front ends that have none. */
const SCRIPT = "https://cdn.plot.ly/plotly-3.1.0.min.js";

/** The representations of a figure; undefined if `value` is none. */
export function figureBundle(value: object): MimeBundle | undefined {
  const { data, layout } = value as { data?: unknown; layout?: unknown };
  if (!Array.isArray(data) || !data.every(isObject)) return undefined;
  if (!isObject(layout) || Array.isArray(layout)) return undefined;
  const { config, frames } = value as { config?: unknown; frames?: unknown };
  const json = JSON.stringify({ data, layout, config, frames }, plainArrays);
  return { "application/vnd.plotly.v1+json": JSON.parse(json), "text/html": page(json) };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** JSON knows no typed arrays. */
function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as Float64Array)
    : value;
}

function page(json: string): string {
  const id = `figure-${crypto.randomUUID()}`;
  // Nothing in the figure can end the script.
  const figure = json.replaceAll("<", "\\u003c");
  return `<div id="${id}"></div><script>(() => {
const draw = () => Plotly.newPlot("${id}", ${figure});
if (globalThis.Plotly) return draw();
const script = document.createElement("script");
script.src = "${SCRIPT}";
script.onload = draw;
document.head.append(script);
})();</script>`;
}
