// What clients are told about files, folders and notebooks.
// https://jupyter-server.readthedocs.io/en/latest/developers/contents.html#data-model

import { access, constants } from "node:fs/promises";
import { extname } from "@std/path";
import { getMimeType } from "hono/utils/mime";
import type { Json } from "../../notebook/format.ts";

/** The kinds of contents. */
export type ContentsType = "file" | "directory" | "notebook";

/** A file, folder or notebook, with or without its content. */
export interface ContentsModel {
  name: string;
  /** Seen from the served folder. */
  path: string;
  type: ContentsType;
  writable: boolean;
  /** ISO 8601. */
  created: string;
  /** ISO 8601. */
  last_modified: string;
  /** In bytes; null for folders. */
  size: number | null;
  mimetype: string | null;
  content: Json | ContentsModel[];
  format: "text" | "base64" | "json" | null;
  /** Of the file's bytes, in hexadecimal; null unless it was asked for. */
  hash: string | null;
  hash_algorithm: "sha256" | null;
  /** What is wrong with it, if anything. */
  message?: string;
}

/** MIME types that matter here and that the list of the web does not have, or has otherwise. */
const OWN_TYPES: Record<string, string> = {
  ".ipynb": "application/x-ipynb+json",
  ".ts": "text/typescript",
  ".tsx": "text/typescript",
  ".mts": "text/typescript",
  ".md": "text/markdown",
  ".py": "text/x-python",
};

/** The MIME type that a file's name says, without parameters; undefined where it says none. */
export function mimeTypeOf(name: string): string | undefined {
  return OWN_TYPES[extname(name).toLowerCase()] ?? getMimeType(name)?.split(";")[0];
}

/** What is known of a file without reading it. */
export async function describe(
  file: string,
  { path, type }: { path: string; type?: ContentsType },
): Promise<ContentsModel> {
  const info = await Deno.stat(file);
  const modified = info.mtime ?? new Date(0);
  const kind = info.isDirectory ? "directory" : type ?? (isNotebook(path) ? "notebook" : "file");
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    type: kind,
    writable: await isWritable(file),
    created: (info.birthtime ?? modified).toISOString(),
    last_modified: modified.toISOString(),
    size: info.isDirectory ? null : info.size,
    mimetype: kind === "file" ? mimeTypeOf(path) ?? null : null,
    content: null,
    format: null,
    hash: null,
    hash_algorithm: null,
  };
}

/** Whether a path's name is that of a notebook. */
export function isNotebook(path: string): boolean {
  return path.endsWith(".ipynb");
}

async function isWritable(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
