// Inspection by types: signature, type and documentation of the name under the cursor, or of the function whose
// call the cursor stands in.

import { relative } from "@std/path";
import ts from "typescript";
import type { CellModule } from "./cell_modules.ts";
import { withoutAlias } from "./completions.ts";
import type { Project } from "./project.ts";
import type { Cursor, Inspection } from "./requests.ts";

/** Lines of a declaration that are shown. */
const MOST_LINES = 100;

/** Tags that sort names in Deno's reference and tell a reader nothing. */
const FOR_INDEXES = new Set(["category", "tags"]);

/** What is known at the cursor; undefined if nothing is. */
export function inspect(
  project: Project,
  { code, position, withSource }: Cursor & { withSource: boolean },
): Inspection | undefined {
  const cell = project.open(code);
  const at = nameAt(code, position);
  if (at !== undefined) {
    const found = describe(project, { cell, at: cell.offset + at, withSource });
    if (found !== undefined) return found;
  }
  return describeCall(project, { cell, at: cell.offset + position, withSource });
}

/** The start of the name around or just before the cursor. */
function nameAt(code: string, position: number): number | undefined {
  const before = /[\p{ID_Continue}$#]*$/u.exec(code.slice(0, position))![0];
  const after = /^[\p{ID_Continue}$]*/u.exec(code.slice(position))![0];
  return before.length + after.length === 0 ? undefined : position - before.length;
}

interface Place {
  cell: CellModule;
  /** In the cell's module. */
  at: number;
  withSource: boolean;
}

function describe(project: Project, { cell, at, withSource }: Place): Inspection | undefined {
  const info = project.service.getQuickInfoAtPosition(cell.path, at);
  if (info === undefined || info.kind === ts.ScriptElementKind.warning) return undefined;
  const signature = withoutAlias(ts.displayPartsToString(info.displayParts));
  if (signature === "" || signature === "any") return undefined;
  return {
    signature,
    documentation: markdown(info.documentation, info.tags),
    ...(withSource ? { source: sourceOf(project, { cell, at }) } : {}),
  };
}

/** The function of the innermost call around a place. */
function describeCall(project: Project, place: Place): Inspection | undefined {
  const { cell, at, withSource } = place;
  const help = project.service.getSignatureHelpItems(cell.path, at, undefined);
  if (help === undefined) return undefined;
  const callee = cell.source.slice(0, help.applicableSpan.start - cell.offset)
    .search(/[\p{ID_Continue}$#]+\s*(?:<[^()]*>)?\(?\s*$/u);
  const name = callee < 0
    ? undefined
    : describe(project, { cell, at: cell.offset + callee, withSource });
  if (name !== undefined) return name;
  const chosen = help.items[help.selectedItemIndex];
  const parameters = chosen.parameters.map(({ displayParts }) => text(displayParts))
    .join(text(chosen.separatorDisplayParts));
  return {
    signature: withoutAlias(
      text(chosen.prefixDisplayParts) + parameters + text(chosen.suffixDisplayParts),
    ),
    documentation: markdown(chosen.documentation, chosen.tags),
  };
}

function text(parts: ts.SymbolDisplayPart[]): string {
  return ts.displayPartsToString(parts);
}

/** JSDoc as Markdown. */
function markdown(documentation?: ts.SymbolDisplayPart[], tags: ts.JSDocTagInfo[] = []): string {
  const parameters: string[] = [];
  const others: string[] = [];
  for (const { name, text: parts = [] } of tags) {
    if (FOR_INDEXES.has(name)) continue;
    const content = text(parts).trim();
    if (name === "param") {
      const [, parameter, description] = /^(\S+)\s*([^]*)$/.exec(content) ?? ["", content, ""];
      parameters.push(`- \`${parameter}\`${description && ` ${description.replace(/^- /, "— ")}`}`);
    } else if (name === "example") others.push(`**Example**\n\n${fenced(content)}`);
    else others.push(`**@${name}** ${content}`.trim());
  }
  const sections = [linked(text(documentation ?? [])), parameters.join("\n"), ...others];
  return sections.filter((section) => section !== "").join("\n\n");
}

/** `{@link name}` as the name. */
function linked(content: string): string {
  return content.replace(
    /\{@link(?:code|plain)?\s+([^}|]+?)(?:\s*\|\s*([^}]+))?\}/g,
    (_, name, label) => label ?? `\`${name}\``,
  );
}

function fenced(content: string): string {
  return content.includes("```") ? content : `\`\`\`ts\n${content}\n\`\`\``;
}

/** The text of the declaration, with the comment above it. */
function sourceOf(
  project: Project,
  { cell, at }: { cell: CellModule; at: number },
): Inspection["source"] {
  const [definition] = project.service.getDefinitionAtPosition(cell.path, at) ?? [];
  const span = definition?.contextSpan ?? definition?.textSpan;
  if (span === undefined) return undefined;
  const all = project.textOf(definition.fileName);
  if (all === undefined) return undefined;
  const lines = all.slice(span.start, span.start + span.length).split("\n");
  const cut = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"] : lines;
  return { text: cut.join("\n"), place: placeOf(project, definition.fileName) };
}

function placeOf(project: Project, path: string): string {
  if (project.isCell(path)) return "a cell of this notebook";
  const shown = relative(project.folder, path);
  return shown.startsWith("..") ? path : shown;
}
