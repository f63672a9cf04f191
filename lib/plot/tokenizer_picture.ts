// A drawing that shows itself: SVG without script, so that GitHub and every front end draw it, and text
// where nothing is drawn.

import { JUPYTER_DISPLAY } from "./figure.ts";
import { svgDocument } from "./svg/document.ts";

/** What a drawing gives a notebook. */
export interface PictureBundle {
  "image/svg+xml": string;
  "text/plain": string;
}

/** A drawing of tokens, on a transparent ground. */
export class Picture {
  /** The drawing as a complete SVG document. */
  readonly svg: string;
  /** The same in plain text. */
  readonly text: string;

  /** @param markup what the SVG holds */
  constructor(
    markup: string,
    { width, height, title, text }: { width: number; height: number; title: string; text: string },
  ) {
    this.text = text;
    this.svg = svgDocument(markup, { width, height, title });
  }

  /** What a notebook shows. */
  [JUPYTER_DISPLAY](): PictureBundle {
    return { "image/svg+xml": this.svg, "text/plain": this.text };
  }

  /** What `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.text;
  }
}
