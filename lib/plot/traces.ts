// The part of Plotly's figure format that Dials draws with: what Figure takes, Plotly shows and svg.ts
// renders. Plotly's own types cover hundreds of attributes that the picture would silently ignore.
// https://plotly.com/javascript/reference/

/** A vertical axis: of the main panel, or of a small one. */
export type Side = "y" | "y2" | "y3" | "y4";

/** A position along an axis: a number, or the name of a category. */
export type Coordinate = number | string;

/** Lines, markers and words over x. A null y leaves a gap. */
export interface ScatterTrace {
  type: "scatter";
  x: readonly Coordinate[];
  y: readonly (number | null)[];
  mode: "lines" | "markers" | "lines+markers" | "text";
  /** A word a point, written around it; where the mode is "text". */
  text?: readonly string[];
  textfont?: { color?: string; size?: number };
  name?: string;
  line?: { color?: string; width?: number; dash?: "solid" | "dash" | "dot" };
  marker?: { color?: string; size?: number };
  /** 0 (invisible) to 1. */
  opacity?: number;
  showlegend?: boolean;
  /** Traces of one group are hidden and shown together by a click on their legend. */
  legendgroup?: string;
  hovertemplate?: string;
  hoverinfo?: "skip";
  /** Whether marks beyond the edge of the plot are cut off. Default true. */
  cliponaxis?: boolean;
  /** The vertical axis: "y" (the main panel) or one of the small ones. */
  yaxis?: Side;
}

/** Bars, upright ("v") or lying ("h"). */
export interface BarTrace {
  type: "bar";
  x: readonly Coordinate[];
  y: readonly Coordinate[];
  orientation?: "v" | "h";
  name?: string;
  /** One colour for all bars, or one for each. */
  marker?: { color?: string | readonly string[] };
  /** A label a bar, written beside its end. */
  text?: readonly string[];
  textposition?: "outside" | "none";
  cliponaxis?: boolean;
  showlegend?: boolean;
  hovertemplate?: string;
  hovertext?: readonly string[];
  hoverinfo?: "text";
}

/** A matrix of colours; `z[row][column]`. */
export interface HeatmapTrace {
  type: "heatmap";
  z: readonly ArrayLike<number>[];
  x?: readonly Coordinate[];
  y?: readonly Coordinate[];
  zmin?: number;
  zmax?: number;
  /** Pairs of a place from 0 to 1 and its colour as "#rrggbb". */
  colorscale?: readonly (readonly [number, string])[];
  colorbar?: { title?: { text: string }; thickness?: number; outlinewidth?: number };
  showscale?: boolean;
  showlegend?: boolean;
  name?: string;
  hovertemplate?: string;
}

/** Anything a figure can show. */
export type Trace = ScatterTrace | BarTrace | HeatmapTrace;

/** One axis. */
export interface Axis {
  title?: { text: string };
  /**
   * Numbers, powers of ten, or names in order of appearance. By default what the data are; names
   * that look like numbers need "category".
   */
  type?: "linear" | "log" | "category";
  /** First and last value shown; for a log axis their base-10 logarithms, as Plotly wants it. */
  range?: readonly [number, number];
  /** "reversed" turns the axis round; rows of a table then run downwards. */
  autorange?: true | "reversed";
  /** Makes sure that the axis reaches zero. */
  rangemode?: "normal" | "tozero";
  /** The places of ticks and their labels, in place of automatic ones. */
  tickvals?: readonly number[];
  ticktext?: readonly string[];
  /** The part of the figure's height that the axis covers, from 0 (bottom) to 1. */
  domain?: readonly [number, number];
  showgrid?: boolean;
  /** The axis whose position this one takes; set for the horizontal axis of stacked panels. */
  anchor?: Side;
}

/** Everything about a figure that is not data. */
export interface Layout {
  title?: { text: string };
  xaxis?: Axis;
  yaxis?: Axis;
  yaxis2?: Axis;
  yaxis3?: Axis;
  yaxis4?: Axis;
  showlegend?: boolean;
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  barmode?: "group" | "stack";
  hovermode?: "x unified" | "closest" | false;
  /** Pixels of room around the axes, where the automatic room does not fit. */
  margin?: { l?: number; r?: number; t?: number; b?: number };
}
