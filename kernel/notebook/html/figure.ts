// Plotly figures in the page: each is a placeholder with its data beside it, and one script at the end draws
// them all with a plotly.js that the page carries within itself, once.

import { isObject, type Json, type JsonObject } from "../format.ts";
import { scriptJson, scriptText } from "./escape.ts";

/** Height of a figure that does not name one, in pixels. */
const DEFAULT_HEIGHT = 420;

/** Whether a value is what `application/vnd.plotly.v1+json` holds. */
export function isFigure(value: Json | undefined): value is JsonObject {
  return isObject(value) && Array.isArray(value.data);
}

/**
 * The place of one figure.
 *
 * @param picture the HTML shown where scripts do not run
 */
export function figureElement(figure: JsonObject, picture: string | undefined): string {
  const layout = isObject(figure.layout) ? figure.layout : {};
  const height = typeof layout.height === "number" ? layout.height : DEFAULT_HEIGHT;
  const { data, config = {} } = figure;
  return `<figure class="figure" style="height:${height}px">` +
    `<script type="application/json">${scriptJson({ data, layout, config })}</script>` +
    (picture === undefined ? "" : `<noscript>${picture}</noscript>`) +
    `</figure>`;
}

/** The scripts that draw a page's figures: plotly.js, and what asks it to. */
export async function figureScripts(): Promise<string> {
  const { default: plotly } = await import(
    "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
    { with: { type: "text" } }
  );
  return `<script>${scriptText(plotly)}</script>\n<script>${scriptText(drawing())}</script>`;
}

/** The page's own script. Figures take the page's width and follow the reader's change to dark and back. */
function drawing(): string {
  return `
const dark = matchMedia("(prefers-color-scheme: dark)");
const figures = [...document.querySelectorAll(".figure")].map((place) => ({
  place,
  figure: JSON.parse(place.querySelector("script").textContent),
}));

function layoutOf({ layout }) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const { width, ...rest } = structuredClone(layout);
  const themed = {
    ...rest,
    autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    modebar: {
      bgcolor: "rgba(0,0,0,0)",
      color: colour("--rule-strong"),
      activecolor: colour("--accent"),
    },
    font: { ...rest.font, color: colour("--ink-soft"), family: colour("--sans") },
  };
  const axes = Object.keys(themed).filter((key) => /^[xy]axis\\d*$/.test(key));
  for (const axis of new Set([...axes, "xaxis", "yaxis"])) {
    themed[axis] = {
      ...themed[axis],
      gridcolor: colour("--rule"),
      linecolor: colour("--rule-strong"),
      zerolinecolor: colour("--rule-strong"),
    };
  }
  return themed;
}

function draw() {
  for (const { place, figure } of figures) {
    Plotly.react(place, figure.data, layoutOf(figure), {
      ...figure.config,
      responsive: true,
      displaylogo: false,
      showSendToCloud: false, // a page that stands alone has no button that uploads its data
      modeBarButtonsToRemove: ["select2d", "lasso2d"],
    });
  }
}

draw();
dark.addEventListener("change", draw);
addEventListener("beforeprint", () => figures.forEach(({ place }) => Plotly.Plots.resize(place)));
`;
}
