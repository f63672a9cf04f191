// A run in a notebook: its chart and, below, its line of figures, both updated in place.
import { JUPYTER_DISPLAY } from "./figure.ts";
import type { Progress, RunLooks, RunState, RunView } from "./run_view.ts";
import { COLOURS, GRID_COLOUR } from "./theme.ts";

/** A view in the running cell's output, or undefined outside a notebook. */
export function notebookView<P extends Progress>(looks: RunLooks<P>): RunView<P> | undefined {
  const display = notebookDisplay();
  if (!display) return undefined;
  const id = crypto.randomUUID();
  let shown = false;
  let queue = Promise.resolve();
  return {
    show(points, state) {
      if (points.length === 0 && !shown) return queue; // nothing to see before the first step
      const chart = looks.chart(points);
      const { step, steps } = points[points.length - 1];
      const line = status(looks.line(points, state), { state, share: step / steps });
      const update = shown;
      shown = true;
      // One after the other: the end of a run may be shown while an update is still on its way.
      queue = queue.then(async () => {
        await display(chart, { display_id: `chart-${id}`, update });
        await display(line, { display_id: `status-${id}`, update });
      });
      return queue;
    },
  };
}

/** The line of figures, with a bar of progress while the run goes on. */
function status(text: string, { state, share }: { state: RunState; share: number }) {
  const percent = Math.min(100, 100 * share).toFixed(1);
  const bar = state === "running"
    ? `<div style="height:3px;background:${GRID_COLOUR};margin-bottom:6px">` +
      `<div style="height:3px;width:${percent}%;background:${COLOURS[0]}"></div></div>`
    : "";
  const html =
    `<div style="max-width:760px;padding:0 12px;box-sizing:border-box;font:13px system-ui,sans-serif">${bar}${text}</div>`;
  return { [JUPYTER_DISPLAY]: () => ({ "text/html": html, "text/plain": text }) };
}

function notebookDisplay(): typeof Deno.jupyter.display | undefined {
  try {
    return Deno.jupyter.display;
  } catch {
    return undefined; // outside a notebook Deno refuses even to look
  }
}
