// The text of the benchmark.

import { fromFileUrl } from "@std/path";
import { DATA } from "../../fixtures.ts";

/** tinyshakespeare, whole. */
export const WHOLE_TEXT = fromFileUrl(new URL("tinyshakespeare.txt", DATA));

/** Characters of the short text: both programs judge its last tenth, which shall not take long. */
const SHORT = 100_000;

/**
 * A file with the begin of the text, and every character that the whole one has, so that the vocabulary is the
 * same. Whoever asked removes it.
 */
export async function writeShortText(): Promise<string> {
  const text = await Deno.readTextFile(WHOLE_TEXT);
  const file = await Deno.makeTempFile({ suffix: ".txt" });
  await Deno.writeTextFile(file, [...new Set(text)].join("") + text.slice(0, SHORT));
  return file;
}
