// Models side by side on sets of questions: how each stage of training changed what they can do.

import type { EvaluationReport } from "../evaluate/report.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame } from "./figure_options.ts";
import { colour } from "./theme.ts";
import type { ScatterTrace } from "./traces.ts";

/** How far apart the models of one set stand, as a share of the room of a set. */
const SPREAD = 0.6;

/**
 * Shows each model's share of right replies in each set, with its 95 % interval as an upright line.
 *
 * @example
 * ```ts
 * compareStages(await evaluateAssistants({ base, tuned }, { reasoning: test }));
 * ```
 */
export function compareStages(report: EvaluationReport, options: FigureOptions = {}): Figure {
  const { assistants, sets } = report;
  const place = (set: number, assistant: number) =>
    set + (assistants.length < 2 ? 0 : SPREAD * (assistant / (assistants.length - 1) - 0.5));
  const traces = assistants.flatMap((assistant, i): ScatterTrace[] => {
    const results = sets.map((set) => report.result({ assistant, set }));
    const color = colour(i);
    const intervals = results.flatMap((result, at) =>
      result === undefined
        ? []
        : [[place(at, i), result.low], [place(at, i), result.high], [place(at, i), null]]
    );
    return [
      {
        type: "scatter",
        x: intervals.map(([x]) => x!),
        y: intervals.map(([, y]) => y === null ? null : 100 * y),
        mode: "lines",
        name: `${assistant}, interval`,
        legendgroup: assistant,
        showlegend: false,
        hoverinfo: "skip",
        line: { color, width: 2 },
        opacity: 0.5,
      },
      {
        type: "scatter",
        x: results.map((_, at) => place(at, i)),
        y: results.map((result) => result === undefined ? null : 100 * result.share),
        mode: "markers",
        name: assistant,
        legendgroup: assistant,
        marker: { color, size: 10 },
        hovertemplate: "%{y:.0f} %",
      },
    ];
  });
  return new Figure(traces, {
    ...frame(options),
    showlegend: true,
    hovermode: "closest",
    xaxis: {
      tickvals: sets.map((_, at) => at),
      ticktext: sets,
      range: [-0.5, sets.length - 0.5],
      showgrid: false,
    },
    yaxis: { title: { text: "right replies (%)" }, range: [0, 102] },
  });
}
