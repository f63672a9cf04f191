// What a figure shows in one line of plain text: for terminals, screen readers and logs.
import { formatNumber } from "./numbers.ts";
import type { BarTrace, Layout, ScatterTrace, Trace } from "./traces.ts";

/** "Title: loss 1.98 at 2k; validation 2.01 at 2k". */
export function summarise(data: readonly Trace[], layout: Layout): string {
  const title = layout.title?.text ?? "Figure";
  const named = data.filter((trace) => trace.showlegend !== false);
  const parts = (named.length > 0 ? named : data).map((trace) => describe(trace, layout)).filter((
    part,
  ) => part !== "");
  return parts.length > 0 ? `${title}: ${parts.join("; ")}` : title;
}

function describe(trace: Trace, layout: Layout): string {
  switch (trace.type) {
    case "scatter":
      return describeLine(trace);
    case "bar":
      return describeBars(trace, layout);
    case "heatmap":
      return `${trace.z.length} × ${trace.z[0]?.length ?? 0} cells`;
  }
}

function describeLine({ name = "", x, y }: ScatterTrace): string {
  const last = y.findLastIndex((value) => value !== null && Number.isFinite(value));
  if (last < 0) return `${name} (no values yet)`.trim();
  const at = x[last];
  const place = typeof at === "number" ? formatNumber(at, { digits: 4 }) : at;
  return `${name} ${formatNumber(y[last]!, { digits: 4 })} at ${place}`.trim();
}

function describeBars(trace: BarTrace, { xaxis, yaxis }: Layout): string {
  const { name, x, y, orientation } = trace;
  const [places, values, axis] = orientation === "h" ? [y, x, yaxis] : [x, y, xaxis];
  const shown = values.slice(0, 10).map((value, i) =>
    `${axis?.ticktext?.[i] ?? places[i]} ${trace.text?.[i] ?? formatNumber(Number(value))}`
  );
  const more = values.length > shown.length ? [`… (${values.length} bars)`] : [];
  return [...(name === undefined ? [] : [name]), [...shown, ...more].join(", ")].join(" ");
}
