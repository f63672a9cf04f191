// Reads files, folders and notebooks for clients.

import { createHash } from "node:crypto";
import { encodeBase64 } from "@std/encoding";
import { join } from "@std/path";
import { CONTENT_LIMIT } from "../body.ts";
import { RequestError } from "../errors.ts";
import { isHidden, joinApiPath, normalizeApiPath } from "./api_path.ts";
import { type ContentsModel, type ContentsType, describe, mimeTypeOf } from "./model.ts";
import { readNotebookJson } from "./notebook_json.ts";
import type { ServedFolder } from "./served_folder.ts";
import type { TrustStore } from "./trust.ts";

/** What is wanted of a file or folder. */
export interface ReadOptions {
  /** What the client takes it for. */
  type?: ContentsType;
  /** How a file's content is wanted; by default text where it is text. */
  format?: "text" | "base64";
  content?: boolean;
  hash?: boolean;
}

/**
 * The model of what is at `apiPath`.
 *
 * @throws {RequestError} 404 if nothing is there, 400 if it is not what the client takes it for
 */
export async function readContents(
  { folder, trust }: { folder: ServedFolder; trust: TrustStore },
  { path: apiPath, type, format, content = true, hash = false }: ReadOptions & { path: string },
): Promise<ContentsModel> {
  const path = normalizeApiPath(apiPath);
  const file = await folder.existing(path);
  const model = await describe(file, { path, type: type === "directory" ? undefined : type });
  if (model.type === "directory") {
    if (type !== undefined && type !== "directory") {
      throw new RequestError(400, `${path} is a directory, not a ${type}`);
    }
    return content ? await withEntries(model, folder) : model;
  }
  if (type === "directory") throw new RequestError(400, `${path} is not a directory`);
  const { isFile, size } = await Deno.stat(file);
  if (!isFile) throw new RequestError(400, `${path} is not a regular file`);
  if (hash) Object.assign(model, { hash: await hashOf(file), hash_algorithm: "sha256" });
  if (!content) return model;
  if (size > CONTENT_LIMIT) {
    throw new RequestError(413, `${path} is too large to be opened; download it instead.`);
  }
  const bytes = await Deno.readFile(file);
  if (model.type === "notebook") {
    const text = decodeText(bytes);
    if (text === undefined) {
      throw new RequestError(400, `Unreadable Notebook: ${path} is not UTF-8`);
    }
    model.content = await trust.mark(readNotebookJson(text, path));
    model.format = "json";
    return model;
  }
  return withContent(model, { bytes, format });
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  using source = await Deno.open(file);
  for await (const bytes of source.readable) hash.update(bytes);
  return hash.digest("hex");
}

function withContent(
  model: ContentsModel,
  { bytes, format }: { bytes: Uint8Array; format?: "text" | "base64" },
): ContentsModel {
  const text = format === "base64" ? undefined : decodeText(bytes);
  if (format === "text" && text === undefined) {
    throw new RequestError(400, `${model.path} is not UTF-8 encoded`);
  }
  const otherwise = text === undefined ? "application/octet-stream" : "text/plain";
  return {
    ...model,
    content: text ?? encodeBase64(bytes),
    format: text === undefined ? "base64" : "text",
    mimetype: mimeTypeOf(model.name) ?? otherwise,
  };
}

async function withEntries(model: ContentsModel, folder: ServedFolder): Promise<ContentsModel> {
  const entries: ContentsModel[] = [];
  for await (const { name } of Deno.readDir(await folder.existing(model.path))) {
    if (isHidden(name) || isUnfinished(name)) continue;
    try {
      const path = joinApiPath(model.path, name);
      // A link that leads out of the folder is not there.
      const file = await folder.find(path);
      if (file !== undefined) entries.push(await describe(file, { path }));
    } catch {
      // It has gone meanwhile, or has a name that no path of the API can have.
    }
  }
  entries.sort((a, b) => a.name.localeCompare(b.name));
  return { ...model, content: entries, format: "json" };
}

/** Whether a file is one that is being written, and about to be renamed. */
function isUnfinished(name: string): boolean {
  return /\.[0-9a-f]{8}\.part$/.test(name);
}

/** UTF-8 as text; undefined where it is something else. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The file of the file system that a download serves, with its size and MIME type. */
export async function fileToServe(
  folder: ServedFolder,
  path: string,
): Promise<{ file: string; name: string; size: number; type: string; modified: Date }> {
  const file = await folder.existing(path);
  const { isFile, size, mtime } = await Deno.stat(file);
  if (!isFile) throw new RequestError(404, `${path} is not a file`);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const type = mimeTypeOf(join(name)) ?? "application/octet-stream";
  return { file, name, size, type, modified: mtime ?? new Date(0) };
}
