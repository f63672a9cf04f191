// Plotly's figures, which are plain objects: for front ends that draw them themselves, and as HTML for those that do
// not.
// https://plotly.com/javascript/reference/

import type { MimeBundle } from "../protocol/content.ts";
import { figurePage } from "./plotly_page.ts";

/** The representations of a figure; undefined if `value` is none. */
export function figureBundle(value: object): Promise<MimeBundle> | undefined {
  const { data, layout } = value as { data?: unknown; layout?: unknown };
  if (!Array.isArray(data) || !data.every(isObject)) return undefined;
  if (!isObject(layout) || Array.isArray(layout)) return undefined;
  const { config, frames } = value as { config?: unknown; frames?: unknown };
  const json = JSON.stringify({ data, layout, config, frames }, plainArrays);
  const kinds = data.map((trace) => String(Reflect.get(trace, "type") ?? "scatter"));
  return figurePage(json, kinds).then((html) => ({
    "application/vnd.plotly.v1+json": JSON.parse(json),
    "text/html": html,
  }));
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
