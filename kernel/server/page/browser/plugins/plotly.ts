// Plotly's figures, drawn from their own MIME type. An update of a shown figure moves the one that is there, so that
// a chart that grows during training neither flickers nor loses the reader's zoom.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { Figure, Plotly } from "plotly.js-cartesian-dist-min";

const MIME_TYPE = "application/vnd.plotly.v1+json";

/** Before SVG, which the same bundles hold for front ends that draw no figures. */
const RANK = 1;

let loading: Promise<Plotly> | undefined;

function loadPlotly(): Promise<Plotly> {
  loading ??= import("plotly.js-cartesian-dist-min").then((module) => module.default);
  return loading;
}

class PlotlyWidget extends Widget implements IRenderMime.IRenderer {
  #plotly: Plotly | undefined;
  /** How many figures have been asked for. */
  #asked = 0;

  constructor() {
    super();
    this.addClass("dials-plotly");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { data, layout, config } = model.data[MIME_TYPE] as unknown as Figure;
    const asked = ++this.#asked;
    this.#plotly = await loadPlotly();
    // A later figure may have come while the library was loaded.
    if (asked !== this.#asked || this.isDisposed) return;
    await this.#plotly.react(
      this.node,
      structuredClone(data),
      { ...structuredClone(layout), autosize: true },
      { responsive: true, displaylogo: false, ...config },
    );
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#resize();
  }

  protected override onResize(message: Widget.ResizeMessage): void {
    super.onResize(message);
    this.#resize();
  }

  override dispose(): void {
    if (!this.isDisposed) this.#plotly?.purge(this.node);
    super.dispose();
  }

  #resize(): void {
    if (this.isVisible && this.node.querySelector(".main-svg") !== null) {
      void this.#plotly?.Plots.resize(this.node);
    }
  }
}

export const plotly: JupyterFrontEndPlugin<void> = {
  id: "dials:plotly",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, registry: IRenderMimeRegistry) => {
    registry.addFactory(
      { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new PlotlyWidget() },
      RANK,
    );
  },
};
