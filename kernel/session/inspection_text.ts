// What Shift-Tab shows, as plain text and as Markdown.

import type { LiveValue } from "../cell/messages.ts";
import type { Inspection } from "../language/service/requests.ts";
import type { MimeBundle } from "../protocol/content.ts";

/** Lines of a value that are shown unless all was asked for. */
const FEW_LINES = 8;

/** A part of what is shown: code, or Markdown. */
interface Part {
  title?: string;
  code?: string;
  markdown?: string;
}

/**
 * The two texts; undefined if nothing is known.
 *
 * @param options the name that was asked for, and whether everything should be shown
 */
export function inspectionBundle(
  types: Inspection | undefined,
  value: LiveValue | undefined,
  { name = "value", long }: { name?: string; long: boolean },
): MimeBundle | undefined {
  if (types === undefined && value === undefined) return undefined;
  const parts: Part[] = [{ code: types?.signature ?? `${name}: ${value?.type}` }];
  if (types !== undefined && types.documentation !== "") {
    parts.push({ markdown: types.documentation });
  }
  if (value !== undefined && value.text !== "") {
    const lines = value.text.split("\n");
    const shown = long || lines.length <= FEW_LINES ? lines : [...lines.slice(0, FEW_LINES), "…"];
    parts.push({ title: `Value (${value.type})`, code: shown.join("\n") });
  }
  if (types?.source !== undefined) {
    parts.push({ title: `Source, ${types.source.place}`, code: types.source.text });
  }
  return {
    "text/plain": parts.map(plain).join("\n\n"),
    "text/markdown": parts.map(markdown).join("\n\n"),
  };
}

function plain({ title, code, markdown }: Part): string {
  return `${title === undefined ? "" : `${title}:\n`}${code ?? markdown}`;
}

function markdown({ title, code, markdown }: Part): string {
  const head = title === undefined ? "" : `**${title}**\n\n`;
  if (code === undefined) return head + markdown;
  // Longer than every fence within.
  const fence = "`".repeat(
    Math.max(3, ...(code.match(/`+/g) ?? []).map(({ length }) => length + 1)),
  );
  return `${head}${fence}ts\n${code}\n${fence}`;
}
