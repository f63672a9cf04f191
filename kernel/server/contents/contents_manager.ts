// Files, folders and notebooks for clients: read, made, saved, moved, copied, removed.
// https://jupyter-server.readthedocs.io/en/latest/developers/contents.html

import { decodeBase64 } from "@std/encoding";
import { cp } from "node:fs/promises";
import { isObject, type Json } from "../../notebook/format.ts";
import { writeFileWhole } from "../../notebook/write.ts";
import { RequestError } from "../errors.ts";
import { joinApiPath, normalizeApiPath, splitApiPath } from "./api_path.ts";
import { Checkpoints, moveCheckpoint } from "./checkpoints.ts";
import { type ContentsModel, type ContentsType, describe } from "./model.ts";
import { copyName, freeName, untitledName } from "./new_names.ts";
import { readNotebookJson, writeNotebookJson } from "./notebook_json.ts";
import { readContents, type ReadOptions } from "./read_contents.ts";
import { explainWriting } from "./writing_errors.ts";
import type { ServedFolder } from "./served_folder.ts";
import type { TrustStore } from "./trust.ts";
import { Uploads } from "./uploads.ts";

/** What a client wants to be saved. */
export interface SaveRequest {
  type: ContentsType;
  content?: Json;
  format?: Json;
  /** The number of a piece, if the file comes in pieces. */
  chunk?: number;
}

/** A notebook without cells. */
const EMPTY_NOTEBOOK = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

/** The contents of one served folder. */
export class ContentsManager {
  /** What is served. */
  readonly folder: ServedFolder;
  readonly checkpoints: Checkpoints;
  readonly #trust: TrustStore;
  readonly #uploads = new Uploads();

  constructor({ folder, trust }: { folder: ServedFolder; trust: TrustStore }) {
    this.folder = folder;
    this.#trust = trust;
    this.checkpoints = new Checkpoints(folder);
  }

  /**
   * What is at `path`.
   *
   * @throws {RequestError} 404 if nothing is there, 400 if it is not what the client takes it for
   */
  read(path: string, options: ReadOptions = {}): Promise<ContentsModel> {
    return readContents({ folder: this.folder, trust: this.#trust }, { ...options, path });
  }

  /** Saves a file, folder or notebook, and returns its model without content. */
  async save(path: string, request: SaveRequest): Promise<ContentsModel> {
    const target = await this.folder.writable(path);
    const { type, chunk } = request;
    const isFolder = (await Deno.stat(target).catch(() => undefined))?.isDirectory;
    if (type === "directory") {
      if (isFolder === false) throw new RequestError(400, `Not a directory: ${path}`);
      if (!isFolder) await explainWriting(path, () => Deno.mkdir(target));
      return this.read(path, { content: false });
    }
    if (isFolder) throw new RequestError(400, `${path} is a directory, not a ${type}`);
    if (request.content === undefined) throw new RequestError(400, "No file content provided");
    if (type === "notebook") {
      if (chunk !== undefined) throw new RequestError(400, "A notebook is not saved in pieces.");
      await this.#saveNotebook(path, { target, content: request.content });
      return this.read(path, { content: false, type });
    }
    const bytes = bytesOf(request);
    if (chunk !== undefined) {
      const part = await explainWriting(path, () => this.#uploads.add(target, { chunk, bytes }));
      return describe(part, { path: normalizeApiPath(path), type: "file" });
    }
    await explainWriting(path, () => writeFileWhole(target, bytes));
    return this.read(path, { content: false, type });
  }

  /** Makes an empty file, folder or notebook under a name that is free. */
  async createUntitled(
    where: string,
    { type, extension }: { type: ContentsType; extension?: string },
  ): Promise<ContentsModel> {
    const folder = normalizeApiPath(where);
    const name = await freeName(this.folder, { in: folder, ...untitledName(type, extension) });
    return await this.save(joinApiPath(folder, name), emptyOf(type));
  }

  /** Makes an empty file, folder or notebook. */
  async create(path: string, type: ContentsType): Promise<ContentsModel> {
    return await this.save(path, emptyOf(type));
  }

  /** Copies a file or folder into a folder, under a name that is free. */
  async copy(from: string, where: string): Promise<ContentsModel> {
    const source = await this.folder.existing(from);
    const folder = normalizeApiPath(where);
    const { name } = splitApiPath(normalizeApiPath(from));
    if (name === "") throw new RequestError(400, "The served folder itself cannot be copied.");
    const free = await freeName(this.folder, { in: folder, ...copyName(name) });
    const path = joinApiPath(folder, free);
    const target = await this.folder.writable(path);
    if (
      target.startsWith(source) && (await Deno.stat(source)).isDirectory &&
      folder !== splitApiPath(normalizeApiPath(from)).folder
    ) {
      throw new RequestError(400, `${from} cannot be copied into itself.`);
    }
    await explainWriting(
      path,
      () => cp(source, target, { recursive: true, verbatimSymlinks: true }),
    );
    return this.read(path, { content: false });
  }

  /**
   * Moves a file or folder.
   *
   * @throws {RequestError} 409 if something is there already
   */
  async rename(from: string, to: string): Promise<ContentsModel> {
    const source = await this.folder.entry(from);
    const target = await this.folder.writable(to);
    if (source !== target) {
      if (await Deno.stat(target).then(() => true, () => false)) {
        throw new RequestError(409, `File already exists: ${to}`);
      }
      await explainWriting(to, () => Deno.rename(source, target));
      await moveCheckpoint(source, target);
    }
    return this.read(to, { content: false });
  }

  /**
   * Removes a file, or a folder with nothing in it.
   *
   * @throws {RequestError} 400 if a folder is not empty
   */
  async remove(path: string): Promise<void> {
    const entry = await this.folder.entry(path);
    const info = await Deno.lstat(entry);
    if (info.isDirectory) {
      const names = [...Deno.readDirSync(entry)].map(({ name }) => name);
      if (names.some((name) => name !== ".ipynb_checkpoints")) {
        throw new RequestError(400, `Directory ${path} not empty`);
      }
      return await explainWriting(path, () => Deno.remove(entry, { recursive: true }));
    }
    await explainWriting(path, () => Deno.remove(entry));
    await moveCheckpoint(entry);
  }

  /** Remembers that this user trusts the notebook as it is in its file. */
  async trust(path: string): Promise<void> {
    const text = await Deno.readTextFile(await this.folder.existing(path));
    await this.#trust.sign(readNotebookJson(text, path));
  }

  /** Removes what is left of uploads that were not finished. */
  async close(): Promise<void> {
    await this.#uploads.close();
  }

  async #saveNotebook(
    path: string,
    { target, content }: { target: string; content: Json },
  ): Promise<void> {
    const text = writeNotebookJson(content, path);
    await explainWriting(path, () => writeFileWhole(target, text));
    if (isObject(content)) await this.#trust.signIfTrusted(content);
    if ((await this.checkpoints.list(path)).length === 0) {
      // A folder that may not be written to has no checkpoints; the notebook is saved nevertheless.
      await this.checkpoints.create(path).catch(() => {});
    }
  }
}

function emptyOf(type: ContentsType): SaveRequest {
  if (type === "directory") return { type };
  if (type === "notebook") return { type, content: EMPTY_NOTEBOOK, format: "json" };
  return { type, content: "", format: "text" };
}

function bytesOf({ content, format }: SaveRequest): Uint8Array {
  if (typeof content !== "string") throw new RequestError(400, "A file's content is a string.");
  if (format === "text") return new TextEncoder().encode(content);
  if (format !== "base64") {
    throw new RequestError(400, "Must specify format of file contents as 'text' or 'base64'");
  }
  try {
    return decodeBase64(content.replaceAll(/\s/g, ""));
  } catch {
    throw new RequestError(400, "The file's content is not base64.");
  }
}
