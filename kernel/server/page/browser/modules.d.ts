// Modules that have no types of their own.

declare module "settings-schemas" {
  import type { ISettingRegistry } from "@jupyterlab/settingregistry";
  const schemas: Record<string, ISettingRegistry.ISchema>;
  export default schemas;
}

/** The part of plotly.js that the page uses. */
declare module "plotly.js-cartesian-dist-min" {
  /** A figure as it stands in a notebook. */
  export interface Figure {
    data: unknown[];
    layout?: Record<string, unknown>;
    config?: Record<string, unknown>;
  }

  /** The library. */
  export interface Plotly {
    /** Draws a figure into `element`, or changes the one that is there. */
    react(
      element: HTMLElement,
      data: unknown[],
      layout: Record<string, unknown>,
      config: Record<string, unknown>,
    ): Promise<void>;
    /** Takes away what was drawn. */
    purge(element: HTMLElement): void;
    Plots: { resize(element: HTMLElement): Promise<void> };
  }

  const plotly: Plotly;
  export default plotly;
}
