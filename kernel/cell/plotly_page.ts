// A Plotly figure as HTML that needs no network: the first figure of a session carries plotly.js, packed; those
// after it wait for that one. Where none does, as in a notebook of which only a part is left, and for the kinds of
// traces that the carried build lacks, plotly.js comes from the web.

import { encodeBase64 } from "@std/encoding";

/** Where plotly.js comes from if no figure on the page carries it. */
const WEB = "https://cdn.plot.ly/plotly-3.1.0.min.js";

/** How long a figure waits for another that carries plotly.js before it asks the web, in milliseconds. */
const PATIENCE = 2_000;

/** The kinds of traces that the carried build draws. */
const CARRIED_KINDS = new Set([
  "bar",
  "box",
  "contour",
  "heatmap",
  "histogram",
  "histogram2d",
  "histogram2dcontour",
  "image",
  "pie",
  "scatter",
  "scatterternary",
  "violin",
]);

/** Whether a figure of this session has carried plotly.js. */
let isCarried = false;

/**
 * The HTML of a figure.
 *
 * @param json the figure, as JSON
 * @param kinds the types of its traces
 */
export async function figurePage(json: string, kinds: readonly string[]): Promise<string> {
  const id = `figure-${crypto.randomUUID()}`;
  const isOrdinary = kinds.every((kind) => CARRIED_KINDS.has(kind));
  const packed = isOrdinary && !isCarried ? await packedPlotly() : undefined;
  isCarried ||= packed !== undefined;
  const source = !isOrdinary
    ? "fromWeb()"
    : packed !== undefined
    ? `unpack("${packed}")`
    : `carried ?? after(${PATIENCE}).then(() => globalThis.dialsPlotly ??= fromWeb())`;
  // Nothing in the figure can end the script.
  const figure = json.replaceAll("<", "\\u003c");
  return `<div id="${id}">A Plotly figure, which is drawn where scripts run.</div><script>
(() => {
const place = document.getElementById("${id}");
const figure = ${figure};
const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const evaluate = (code) => {
  const module = { exports: {} };
  new Function("module", "exports", "define", code)(module, module.exports);
  return module.exports;
};
const fromWeb = () => fetch("${WEB}").then((answer) => answer.text()).then(evaluate);
const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const code = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return evaluate(await new Response(code).text());
};
const carried = globalThis.dialsPlotly;
const plotly = ${source};
${packed === undefined ? "" : "globalThis.dialsPlotly = plotly;"}
Promise.resolve(plotly).then((Plotly) => {
  place.replaceChildren();
  const margin = { t: figure.layout.title ? 64 : 24, r: 24, b: 48, l: 64 };
  Plotly.newPlot(place, figure.data, { margin, ...figure.layout }, { responsive: true, ...figure.config })
    .then(() => figure.frames && Plotly.addFrames(place, figure.frames));
}).catch(() => place.textContent = "This figure needs plotly.js from the web, which cannot be reached.");
})();
</script>`;
}

/** Plotly's cartesian build, compressed, in base64; undefined if it is not at hand, as offline and never used. */
async function packedPlotly(): Promise<string | undefined> {
  try {
    const { default: code } = await import(
      "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
      { with: { type: "text" } }
    );
    const packed = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
    return encodeBase64(await new Response(packed).arrayBuffer());
  } catch {
    return undefined;
  }
}
