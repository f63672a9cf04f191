// One checkpoint a file, where Jupyter has it: .ipynb_checkpoints/NAME-checkpoint.EXTENSION beside the file.

import { basename, dirname, extname, join } from "@std/path";
import { writeFileWhole } from "../../notebook/write.ts";
import { RequestError } from "../errors.ts";
import type { ServedFolder } from "./served_folder.ts";

/** A checkpoint, as clients are told of it. */
export interface CheckpointModel {
  id: string;
  /** ISO 8601. */
  last_modified: string;
}

/** The one checkpoint's id. */
const ID = "checkpoint";

/** The checkpoints of the files in a folder. */
export class Checkpoints {
  readonly #folder: ServedFolder;

  constructor(folder: ServedFolder) {
    this.#folder = folder;
  }

  /** The checkpoints of a file: one or none. */
  async list(path: string): Promise<CheckpointModel[]> {
    const info = await Deno.stat(checkpointOf(await this.#folder.existing(path))).catch(() =>
      undefined
    );
    if (info === undefined) return [];
    return [{ id: ID, last_modified: (info.mtime ?? new Date(0)).toISOString() }];
  }

  /** Keeps the file as it is now. */
  async create(path: string): Promise<CheckpointModel> {
    const file = await this.#folder.existing(path);
    if ((await Deno.stat(file)).isDirectory) {
      throw new RequestError(400, "Folders have no checkpoints.");
    }
    await writeFileWhole(checkpointOf(file), await Deno.readFile(file));
    return (await this.list(path))[0];
  }

  /**
   * Makes the file what it was.
   *
   * @throws {RequestError} 404 if there is no such checkpoint
   */
  async restore(path: string, id: string): Promise<void> {
    const file = await this.#folder.existing(path);
    await writeFileWhole(file, await Deno.readFile(await this.#expect(path, id)));
  }

  /**
   * Forgets a checkpoint.
   *
   * @throws {RequestError} 404 if there is no such checkpoint
   */
  async remove(path: string, id: string): Promise<void> {
    await Deno.remove(await this.#expect(path, id));
  }

  async #expect(path: string, id: string): Promise<string> {
    const known = await this.list(path);
    if (!known.some((checkpoint) => checkpoint.id === id)) {
      throw new RequestError(404, `Checkpoint does not exist: ${path}@${id}`);
    }
    return checkpointOf(await this.#folder.existing(path));
  }
}

/** Takes the checkpoint of a file along when the file moves, or away with it where it goes nowhere. */
export async function moveCheckpoint(file: string, target?: string): Promise<void> {
  const checkpoint = checkpointOf(file);
  try {
    if (target === undefined) return await Deno.remove(checkpoint);
    await Deno.mkdir(dirname(checkpointOf(target)), { recursive: true });
    await Deno.rename(checkpoint, checkpointOf(target));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function checkpointOf(file: string): string {
  const extension = extname(file);
  const name = `${basename(file, extension)}-${ID}${extension}`;
  return join(dirname(file), ".ipynb_checkpoints", name);
}
