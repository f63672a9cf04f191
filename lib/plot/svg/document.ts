// The outermost element of every picture: its size, its accessible title and its type.

import { FONT_FAMILY, FONT_SIZE, TEXT_COLOUR } from "../theme.ts";
import { element, escapeXml } from "./text.ts";

/**
 * A complete SVG document around `markup`.
 *
 * @param markup what the picture holds; text in it must be escaped
 */
export function svgDocument(
  markup: string,
  { width, height, title }: { width: number; height: number; title: string },
): string {
  return element("svg", {
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
