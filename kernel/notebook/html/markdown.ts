// Markdown cells as HTML: CommonMark with tables, formulae, coloured code and headings one can link to. Images
// go into the page itself, so that it can be sent alone.

import { encodeBase64 } from "@std/encoding";
import { extname, resolve } from "@std/path";
import MarkdownIt from "markdown-it";
import type { MarkdownCell } from "../format.ts";
import { escapeHtml } from "./escape.ts";
import { highlight } from "./highlight.ts";
import { maths } from "./maths.ts";

const IMAGE_TYPES: Record<string, string> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/**
 * Makes the function that renders the Markdown cells of one page.
 *
 * @param folder where relative image paths start; without it they stay links
 */
export function markdownRenderer(folder: string | undefined): (cell: MarkdownCell) => string {
  const markdown = new MarkdownIt({ html: true, linkify: true, highlight });
  markdown.use(maths);

  const ids = new Set<string>();
  let attachments: MarkdownCell["attachments"];
  const { rules } = markdown.renderer;

  rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const source = String(token.attrGet("src") ?? "");
    token.attrSet("src", imageSource(source, { attachments, folder }));
    token.attrSet("alt", self.renderInlineAsText(token.children ?? [], options, env));
    return self.renderToken(tokens, index, options);
  };

  // A link to another notebook leads to that notebook's page.
  rules.link_open = (tokens, index, options, _env, self) => {
    const href = String(tokens[index].attrGet("href") ?? "");
    if (!href.includes(":")) {
      tokens[index].attrSet("href", href.replace(/\.ipynb(?=#|$)/, ".html"));
    }
    return self.renderToken(tokens, index, options);
  };

  rules.heading_open = (tokens, index, options, _env, self) => {
    tokens[index].attrSet("id", headingId(tokens[index + 1].content, ids));
    return self.renderToken(tokens, index, options);
  };

  return (cell) => {
    attachments = cell.attachments;
    return markdown.render(cell.source);
  };
}

/** The text of the first heading in a Markdown source, if it has one. */
export function firstHeading(source: string): string | undefined {
  const tokens = new MarkdownIt().parse(source, {});
  const index = tokens.findIndex(({ type }) => type === "heading_open");
  if (index < 0) return undefined;
  const parts = tokens[index + 1].children ?? [];
  return parts.map(({ content }) => content).join("").trim() || undefined;
}

/** A `data:` URL for attachments and for files of the notebook's folder; anything else as it is. */
function imageSource(
  source: string,
  { attachments, folder }: { attachments: MarkdownCell["attachments"]; folder: string | undefined },
): string {
  if (source.startsWith("attachment:")) {
    const data = attachments?.[decodeURIComponent(source.slice("attachment:".length))] ?? {};
    const [mime, base64] = Object.entries(data)[0] ?? ["", ""];
    return `data:${escapeHtml(mime)};base64,${base64}`;
  }
  const type = IMAGE_TYPES[extname(source).toLowerCase()];
  if (folder === undefined || type === undefined || /^[a-z]+:/i.test(source)) return source;
  try {
    const bytes = Deno.readFileSync(resolve(folder, decodeURIComponent(source)));
    return `data:${type};base64,${encodeBase64(bytes)}`;
  } catch {
    return source; // no such file: the browser shows the alternative text
  }
}

function headingId(text: string, ids: Set<string>): string {
  const slug = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  let id = slug || "section";
  for (let n = 2; ids.has(id); n++) id = `${slug}-${n}`;
  ids.add(id);
  return id;
}
