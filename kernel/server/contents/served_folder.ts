// The folder that the lab serves, and the only way from a path of the API to one of the file system: nothing
// outside the folder is reached, not over a symbolic link either.

import { join, SEPARATOR } from "@std/path";
import { RequestError } from "../errors.ts";
import { isHidden, joinApiPath, normalizeApiPath, splitApiPath } from "./api_path.ts";

/** A folder of the file system with everything below it. */
export class ServedFolder {
  /** Its path, free of symbolic links. */
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** The folder at `path`, which must exist. */
  static async open(path: string): Promise<ServedFolder> {
    return new ServedFolder(await Deno.realPath(path));
  }

  /**
   * Where something that exists is, free of symbolic links.
   *
   * @throws {RequestError} 404 if there is nothing, or it is hidden or outside the folder
   */
  async existing(apiPath: string): Promise<string> {
    const path = await this.find(apiPath);
    if (path === undefined) {
      throw new RequestError(404, `file or directory does not exist: ${JSON.stringify(apiPath)}`);
    }
    return path;
  }

  /** As {@linkcode ServedFolder.existing}, but undefined where nothing is. */
  async find(apiPath: string): Promise<string | undefined> {
    const path = normalizeApiPath(apiPath);
    if (isHidden(path)) return undefined;
    return await this.#realPath(path);
  }

  /**
   * Where something is written: at what exists there already, free of symbolic links, or else in a folder that
   * does.
   *
   * @throws {RequestError} 400 if it would be hidden, 404 if its folder does not exist
   */
  async writable(apiPath: string): Promise<string> {
    const path = normalizeApiPath(apiPath);
    if (path === "") throw new RequestError(400, "The served folder itself cannot be replaced.");
    if (isHidden(path)) {
      throw new RequestError(400, `${JSON.stringify(path)} would be hidden; choose another name.`);
    }
    const present = await this.#realPath(path);
    if (present !== undefined) return present;
    const { folder, name } = splitApiPath(path);
    const parent = await this.#realPath(folder);
    if (parent === undefined || !(await Deno.stat(parent)).isDirectory) {
      throw new RequestError(404, `No such directory: ${JSON.stringify(folder)}`);
    }
    const target = join(parent, name);
    // Here is a link that leads to nothing, or out of the folder.
    if (await exists(target)) {
      throw new RequestError(
        403,
        `${JSON.stringify(path)} is a link that leads out of the folder.`,
      );
    }
    return target;
  }

  /**
   * Where the entry itself is, be it a symbolic link: for what moves or removes it.
   *
   * @throws {RequestError} 404 if there is none
   */
  async entry(apiPath: string): Promise<string> {
    const { folder, name } = splitApiPath(normalizeApiPath(apiPath));
    if (name === "") throw new RequestError(400, "The served folder itself stays.");
    await this.existing(joinApiPath(folder, name));
    return join(await this.existing(folder), name);
  }

  async #realPath(path: string): Promise<string | undefined> {
    try {
      const real = await Deno.realPath(join(this.root, ...path.split("/")));
      return this.#contains(real) ? real : undefined;
    } catch {
      return undefined; // nothing there, nothing to be read there, or links in a circle
    }
  }

  #contains(path: string): boolean {
    const start = this.root.endsWith(SEPARATOR) ? this.root : this.root + SEPARATOR;
    return path === this.root || path.startsWith(start);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    return false;
  }
}
