// How every figure looks. Text, grid and colours are mid-tones on a transparent ground, so that one
// picture reads well on a light page and on a dark one, whichever the viewer has.

/**
 * The colours of traces, in order of use. Each keeps at least 2.5 to 1 contrast to white and to
 * near-black, and any two stay apart under protanopia, deuteranopia and tritanopia.
 *
 * @see Machado, Oliveira & Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency"
 */
export const COLOURS: readonly string[] = [
  "#236ade", // blue
  "#e58212", // orange
  "#0cad98", // teal
  "#c83122", // red
  "#b88efc", // violet
  "#7d5986", // plum
];

/** The colour of the nth trace; after the last the first comes again. */
export function colour(n: number): string {
  return COLOURS[n % COLOURS.length];
}

/** The default colours of a heatmap, from low to high. */
export const COLOUR_SCALE: readonly (readonly [number, string])[] = [
  [0, "#2b2a5e"],
  [0.25, "#2f5f9e"],
  [0.5, "#2e9a9c"],
  [0.75, "#7fc97a"],
  [1, "#f7e26b"],
];

/** Titles, tick labels and legends. */
export const TEXT_COLOUR = "#777b82";

/** Grid lines: barely there on any ground. */
export const GRID_COLOUR = "rgba(128,134,144,0.22)";

/** Axis lines and the line at zero. */
export const AXIS_COLOUR = "rgba(128,134,144,0.6)";

export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** Pixels. */
export const FONT_SIZE = { title: 15, text: 12 } as const;

/** Size of a figure that does not say otherwise, in pixels. */
export const FIGURE_SIZE = { width: 760, height: 400 } as const;

const AXIS_TEMPLATE = {
  automargin: true,
  // Invisible tick marks hold the labels off the axis.
  ticks: "outside",
  ticklen: 6,
  tickcolor: "rgba(0,0,0,0)",
  gridcolor: GRID_COLOUR,
  linecolor: AXIS_COLOUR,
  zeroline: false,
  exponentformat: "SI",
  minexponent: 6, // 2,000 in full, since Plotly would write 0.2k beside 2k
  separatethousands: true,
  title: { standoff: 10, font: { size: FONT_SIZE.text } },
} as const;

/** The template that Plotly draws figures with. */
export const PLOTLY_TEMPLATE = {
  layout: {
    colorway: COLOURS,
    font: { family: FONT_FAMILY, size: FONT_SIZE.text, color: TEXT_COLOUR },
    title: {
      font: { size: FONT_SIZE.title, weight: 600 },
      x: 0,
      xanchor: "left",
      y: 1,
      yanchor: "top",
      yref: "container",
      pad: { l: 12, t: 12 },
    },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 60, r: 24, b: 52 },
    hovermode: "closest",
    // White on near-black reads on both grounds; Plotly's own choice would follow the transparent one.
    hoverlabel: { bgcolor: "#2b2f36", bordercolor: "#2b2f36", font: { color: "#f2f3f5" } },
    legend: {
      orientation: "h",
      x: 0,
      xanchor: "left",
      y: 1.01,
      yanchor: "bottom",
      traceorder: "normal",
    },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: TEXT_COLOUR, activecolor: COLOURS[0] },
    xaxis: { ...AXIS_TEMPLATE, showline: true, autotickangles: [0, -90] },
    yaxis: AXIS_TEMPLATE,
    bargap: 0.25,
  },
} as const;
