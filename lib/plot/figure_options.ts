// What every kind of figure can be told.
import type { Layout } from "./traces.ts";

/** Options that all figures share. */
export interface FigureOptions {
  /** Heading of the figure. */
  title?: string;
  /** Width in pixels; as wide as its place by default. */
  width?: number;
  /** Height in pixels, 400 by default. */
  height?: number;
}

/** The part of a layout that the shared options make. */
export function frame({ title, width, height }: FigureOptions): Layout {
  return { title: heading(title), width, height };
}

/** A title as Plotly takes it; nothing where there is no text. */
export function heading(text: string | undefined): { text: string } | undefined {
  return text === undefined ? undefined : { text };
}
