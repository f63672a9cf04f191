// A page that holds a model: one HTML file with the numbers, run.ts and a form, which works without a network.

import { encodeBase64 } from "@std/encoding";
import type { Transformer } from "../../model/transformer.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { writeWhole } from "../file.ts";
import type { StoredNumbers } from "../model_file.ts";
import { parametersFile, runSource } from "../two_files/export.ts";

/** How a page is written. */
export interface ExportPageOptions {
  /** `"int8"`, the default, stores each number in one byte, `"float32"` in four. */
  numbers?: StoredNumbers;
  /** The page's heading. */
  title?: string;
}

/**
 * Writes a page that goes on with a text, or converses if the tokenizer has the tokens of conversations. It can be
 * opened from a folder, sent by mail or put on a web server; nothing is sent anywhere.
 *
 * @param path where, as "my_model.html"
 * @throws {ConfigError} if the tokenizer does not fit the model
 * @throws {FormatError} if the file cannot be written
 * @example
 * ```ts
 * await exportPage("my_model.html", { model, tokenizer }, { title: "A small poet" });
 * ```
 */
export async function exportPage(
  path: string,
  { model, tokenizer }: { model: Transformer; tokenizer: Tokenizer },
  { numbers = "int8", title = "A small language model" }: ExportPageOptions = {},
): Promise<void> {
  const parts: Record<string, string> = {
    title: title.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
    parameters: encodeBase64(parametersFile(model, { tokenizer, numbers })),
    program: await runSource(),
    script: await sourceOf("page.js"),
  };
  const template = await sourceOf("page.html");
  const page = template.replaceAll(
    /(?:\/\* )?\{\{ ?(\w+) ?\}\}(?: \*\/)?/g,
    (_, name) => parts[name],
  );
  await writeWhole(path, new TextEncoder().encode(page));
}

async function sourceOf(name: string): Promise<string> {
  const response = await fetch(new URL(name, import.meta.url));
  return await response.text();
}
