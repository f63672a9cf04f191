// What a terminal would show of printed text: colours and weights from ANSI escape sequences, and lines that
// a carriage return or backspace wrote over, as progress bars do.

import { escapeHtml } from "./html/escape.ts";

/** How one character looks; undefined is the terminal's default. */
interface Style {
  foreground?: string;
  background?: string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

/** A line under construction: one entry a character, and where the next one goes. */
interface Line {
  characters: string[];
  styles: Style[];
  column: number;
}

const PLAIN: Style = {};

/** Escape sequences (CSI, OSC, two-character ones), the control characters that move, and runs of text. */
const TOKENS =
  // deno-lint-ignore no-control-regex
  /\x1b\[([\d;:?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[^[\]]?|[\r\n\b]|[^\x1b\r\n\b]+/g;

/** The text as HTML for a `<pre>`: spans with the classes `t-red`, `t-bold`, … where it is coloured. */
export function terminalToHtml(text: string): string {
  return readLines(text).map(lineToHtml).join("\n");
}

/** The text as it would read on a terminal, without its colours. */
export function terminalToText(text: string): string {
  return readLines(text).map(({ characters }) => characters.join("")).join("\n");
}

function readLines(text: string): Line[] {
  const lines: Line[] = [newLine()];
  let line = lines[0];
  let style = PLAIN;
  for (const [token, parameters, command] of text.matchAll(TOKENS)) {
    if (token === "\n") lines.push(line = newLine());
    else if (token === "\r") line.column = 0;
    else if (token === "\b") line.column = Math.max(0, line.column - 1);
    else if (command === "m") style = restyle(style, parameters);
    else if (command !== undefined) move(line, command, parameters);
    else if (!token.startsWith("\x1b")) write(line, token, style);
  }
  return lines;
}

function newLine(): Line {
  return { characters: [], styles: [], column: 0 };
}

function write(line: Line, text: string, style: Style): void {
  for (const character of text) {
    while (line.characters.length < line.column) {
      line.characters.push(" ");
      line.styles.push(PLAIN);
    }
    line.characters[line.column] = character;
    line.styles[line.column++] = style;
  }
}

/** The movements that stay in their line; the others (up, down, whole screen) make no sense in a page. */
function move(line: Line, command: string, parameters: string): void {
  const amount = Math.min(Number.parseInt(parameters) || 0, 10_000);
  if (command === "C") line.column += Math.max(1, amount);
  if (command === "D") line.column = Math.max(0, line.column - Math.max(1, amount));
  if (command === "G") line.column = Math.max(0, amount - 1);
  if (command !== "K") return;
  if (amount === 0) {
    line.characters.length = Math.min(line.characters.length, line.column);
    line.styles.length = line.characters.length;
  } else {
    const end = amount === 1 ? Math.min(line.column + 1, line.characters.length) : Infinity;
    for (let i = 0; i < Math.min(end, line.characters.length); i++) {
      line.characters[i] = " ";
      line.styles[i] = PLAIN;
    }
  }
}

const COLOUR_NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/**
 * The style after a "select graphic rendition" sequence.
 *
 * @see ECMA-48, section 8.3.117
 */
function restyle(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((code) => Number.parseInt(code) || 0);
  let next = { ...style };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code >= 30 && code <= 37) next.foreground = COLOUR_NAMES[code - 30];
    else if (code >= 90 && code <= 97) next.foreground = `bright-${COLOUR_NAMES[code - 90]}`;
    else if (code === 39) next.foreground = undefined;
    else if (code >= 40 && code <= 47) next.background = COLOUR_NAMES[code - 40];
    else if (code >= 100 && code <= 107) next.background = `bright-${COLOUR_NAMES[code - 100]}`;
    else if (code === 49) next.background = undefined;
    else if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(i + 1));
      if (code === 38) next.foreground = colour;
      else next.background = colour;
      i += used;
    }
  }
  return next;
}

/** A colour from the palette of 256 (`5;n`) or from its components (`2;r;g;b`), as CSS has it. */
function extendedColour(codes: number[]): { colour?: string; used: number } {
  const byte = (value: number | undefined) => Math.min(value ?? 0, 255);
  if (codes[0] === 2) {
    return { colour: `rgb(${byte(codes[1])},${byte(codes[2])},${byte(codes[3])})`, used: 4 };
  }
  if (codes[0] !== 5) return { used: 0 };
  const n = byte(codes[1]);
  if (n < 8) return { colour: COLOUR_NAMES[n], used: 2 };
  if (n < 16) return { colour: `bright-${COLOUR_NAMES[n - 8]}`, used: 2 };
  if (n >= 232) {
    const grey = 8 + 10 * (n - 232);
    return { colour: `rgb(${grey},${grey},${grey})`, used: 2 };
  }
  const level = (index: number) => (index === 0 ? 0 : 55 + 40 * index);
  const [red, green, blue] = [
    Math.floor((n - 16) / 36),
    Math.floor((n - 16) / 6) % 6,
    (n - 16) % 6,
  ];
  return { colour: `rgb(${level(red)},${level(green)},${level(blue)})`, used: 2 };
}

function lineToHtml({ characters, styles }: Line): string {
  let html = "";
  for (let start = 0; start < characters.length;) {
    let end = start + 1;
    while (end < characters.length && styles[end] === styles[start]) end++;
    html += span(characters.slice(start, end).join(""), styles[start]);
    start = end;
  }
  return html;
}

function span(text: string, style: Style): string {
  const [foreground, background] = style.inverse
    ? [style.background ?? "ground", style.foreground ?? "ink"]
    : [style.foreground, style.background];
  const classes: string[] = [];
  const css: string[] = [];
  if (style.bold) classes.push("t-bold");
  if (style.dim) classes.push("t-dim");
  if (style.italic) classes.push("t-italic");
  if (style.underline) classes.push("t-underline");
  if (foreground?.startsWith("rgb")) css.push(`color:${foreground}`);
  else if (foreground) classes.push(`t-${foreground}`);
  if (background?.startsWith("rgb")) css.push(`background:${background}`);
  else if (background) classes.push(`t-on-${background}`);
  if (classes.length === 0 && css.length === 0) return escapeHtml(text);
  const attributes = (classes.length > 0 ? ` class="${classes.join(" ")}"` : "") +
    (css.length > 0 ? ` style="${css.join(";")}"` : "");
  return `<span${attributes}>${escapeHtml(text)}</span>`;
}
