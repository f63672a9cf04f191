// A figure as a static SVG, drawn without a browser: the same traces and layout that Plotly takes. Every
// look is an attribute and no element has an id, so that many pictures can stand in one page and survive
// what sites strip from them.
import { layAxis, type PixelAxis } from "./svg/axis.ts";
import { axisData, barPlaces } from "./svg/extent.ts";
import { type Area, bottomRoom, drawBottomAxis, drawSideAxis, labelWidth } from "./svg/frame.ts";
import { COLOUR_BAR_ROOM, drawColourBar, drawHeatmap } from "./svg/heatmap.ts";
import { drawLegend, LEGEND_ROW, legendRows, titleRoom, traceColour } from "./svg/legend.ts";
import { drawBars, drawScatter, type Panel } from "./svg/marks.ts";
import { svgDocument } from "./svg/document.ts";
import { element, fitText, textElement } from "./svg/text.ts";
import { FIGURE_SIZE, FONT_SIZE } from "./theme.ts";
import type { Axis, HeatmapTrace, Layout, Side, Trace } from "./traces.ts";

/** Where the layout describes each vertical axis. */
const AXES = { y: "yaxis", y2: "yaxis2", y3: "yaxis3", y4: "yaxis4" } as const;

/**
 * Draws a figure.
 *
 * @param options.description what it shows, for those who do not see it
 * @returns a complete SVG document
 */
export function renderSvg(
  data: readonly Trace[],
  layout: Layout,
  { description }: { description: string },
): string {
  const { width = FIGURE_SIZE.width, height = FIGURE_SIZE.height, xaxis = {} } = layout;
  const area = plotArea(data, layout, { width, height });
  const x = bottomAxis(data, layout, area);
  const panels = sides(layout).map((side) => ({
    side,
    x,
    y: sideAxis(data, layout, { side, area }),
  }));
  const content = [
    drawTitle(layout, width),
    drawLegend(legendRows(data, layout, width - area.left - 8), {
      left: area.left,
      top: titleRoom(layout),
      width: width - area.left - 8,
    }),
    ...panels.map(({ side, y }) => {
      const axis = axisOf(layout, side);
      return drawSideAxis(axis, y, panelArea(area, axis));
    }),
    drawBottomAxis(xaxis, x, { area, grid: xaxis.showgrid ?? gridIsUpright(data) }),
    cutOff(drawTraces(data, layout, panels), { layout, area }),
    ...data.filter(hasColourBar).map((trace) =>
      drawColourBar(trace, { left: area.right + 14, top: area.top, height: area.bottom - area.top })
    ),
  ];
  return svgDocument(content.join(""), { width, height, title: description });
}

/** The plot's pixels: the figure less what titles, legend and tick labels need. */
function plotArea(
  data: readonly Trace[],
  layout: Layout,
  { width, height }: { width: number; height: number },
): Area {
  const { margin = {}, xaxis = {} } = layout;
  const right = width - (margin.r ?? (data.some(hasColourBar) ? COLOUR_BAR_ROOM : 24));
  // Labels are measured on an area of about the right size; the exact one depends on them.
  const rough: Area = { left: 60, right, top: 40, bottom: height - 50 };
  const left = margin.l ??
    Math.max(
      ...sides(layout).map((side) =>
        labelWidth(sideAxis(data, layout, { side, area: rough })) +
        (axisOf(layout, side).title ? 38 : 18)
      ),
    );
  const rows = legendRows(data, layout, width - left - 8).length;
  const below = bottomRoom(xaxis, bottomAxis(data, layout, { ...rough, left }));
  return {
    left,
    right,
    top: margin.t ?? titleRoom(layout) + rows * LEGEND_ROW + 10,
    bottom: height - (margin.b ?? below),
  };
}

function drawTitle({ title }: Layout, width: number): string {
  if (!title) return "";
  const text = fitText(title.text, { width: width - 24, fontSize: FONT_SIZE.title });
  return textElement(text, { x: 12, y: 25, "font-size": FONT_SIZE.title, "font-weight": 600 });
}

function drawTraces(
  data: readonly Trace[],
  layout: Layout,
  panels: readonly (Panel & { side: Side })[],
): string {
  const bars = barPlaces(data, layout);
  return data.map((trace, i) => {
    const panel = panels.find(({ side }) => side === sideOf(trace)) ?? panels[0];
    switch (trace.type) {
      case "scatter":
        return drawScatter(trace, panel, traceColour(trace, i));
      case "bar":
        return drawBars(trace, panel, { ...bars.get(trace)!, colour: traceColour(trace, i) });
      case "heatmap":
        return drawHeatmap(trace, panel);
    }
  }).join("");
}

/** Cuts off marks outside the plot, which only a range that was asked for can leave there. */
function cutOff(marks: string, { layout, area }: { layout: Layout; area: Area }): string {
  if (!layout.xaxis?.range && sides(layout).every((side) => !axisOf(layout, side).range)) {
    return marks;
  }
  const rim = 5; // a dot on the very edge stays whole
  const [x, y] = [area.left - rim, area.top - rim];
  const [width, height] = [area.right + rim - x, area.bottom + rim - y];
  return element("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` }, marks);
}

function bottomAxis(data: readonly Trace[], layout: Layout, { left, right }: Area): PixelAxis {
  return layAxis(layout.xaxis ?? {}, axisData(data, layout, "x"), {
    start: left,
    end: right,
    spacing: 72,
  });
}

function sideAxis(
  data: readonly Trace[],
  layout: Layout,
  { side, area }: { side: Side; area: Area },
): PixelAxis {
  const axis = axisOf(layout, side);
  const { top, bottom } = panelArea(area, axis);
  const own = data.filter((trace) => sideOf(trace) === side);
  return layAxis(axis, axisData(own, layout, "y"), { start: bottom, end: top, spacing: 40 });
}

function sides(layout: Layout): Side[] {
  const all = Object.keys(AXES) as Side[];
  return all.filter((side) => side === "y" || layout[AXES[side]] !== undefined);
}

function sideOf(trace: Trace): Side {
  return trace.type === "scatter" ? trace.yaxis ?? "y" : "y";
}

function axisOf(layout: Layout, side: Side): Axis {
  return layout[AXES[side]] ?? {};
}

/** The part of the plot that an axis covers by its domain. */
function panelArea(area: Area, { domain = [0, 1] }: Axis): Area {
  const height = area.bottom - area.top;
  return {
    ...area,
    top: area.bottom - height * domain[1],
    bottom: area.bottom - height * domain[0],
  };
}

/** Lying bars are measured against upright lines; elsewhere the level ones are enough. */
function gridIsUpright(data: readonly Trace[]): boolean {
  return data.some((trace) => trace.type === "bar" && trace.orientation === "h");
}

function hasColourBar(trace: Trace): trace is HeatmapTrace {
  return trace.type === "heatmap" && trace.showscale !== false;
}
