// A drawing that shows itself: SVG without script, so that GitHub and every front end draw it, and text
// where nothing is drawn.

import { JUPYTER_DISPLAY } from "./figure.ts";
import { element, escapeXml } from "./svg/text.ts";
import { FONT_FAMILY, FONT_SIZE, TEXT_COLOUR } from "./theme.ts";

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
    this.svg = element("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "font-family": FONT_FAMILY,
      "font-size": FONT_SIZE.text,
      fill: TEXT_COLOUR,
      style: "max-width:100%;height:auto",
    }, element("title", {}, escapeXml(title)) + markup);
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
