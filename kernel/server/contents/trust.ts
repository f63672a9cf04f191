// Which notebooks this user trusts. A notebook from elsewhere may hold outputs with scripts; a page shows those
// only once the user has run the cells, or has said that they trust the notebook. What is trusted is remembered
// as a signature of the notebook's content, with a key that only this user can read, so that a notebook that
// somebody else changes is trusted no more.
// https://jupyter-server.readthedocs.io/en/latest/operators/security.html#security-in-notebook-documents

import { createHmac, randomBytes } from "node:crypto";
import { join } from "@std/path";
import { isObject, type JsonObject } from "../../notebook/format.ts";
import { sortKeys, writeFileWhole } from "../../notebook/write.ts";
import { codeCells, stripTransient } from "./notebook_json.ts";

/** How many signatures are kept; beyond, the oldest go. */
const KEPT = 10_000;

/** What an output may have without being able to do anything. */
const HARMLESS_KEYS = new Set(["output_type", "execution_count", "metadata"]);

/** The signatures of the notebooks that this user trusts. */
export class TrustStore {
  readonly #folder: string;
  /** Changes to the file wait for each other. */
  #saving: Promise<unknown> = Promise.resolve();

  /** Keeps key and signatures in a folder, which is made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes in each code cell's metadata whether its outputs are trusted; those that can do nothing are. */
  async mark(notebook: JsonObject): Promise<JsonObject> {
    const signatures = await this.#signatures();
    const isSigned = signatures.length > 0 && signatures.includes(await this.#sign(notebook));
    const cells = (notebook.cells as JsonObject[]).map((cell) => {
      if (cell.cell_type !== "code") return cell;
      const metadata = isObject(cell.metadata) ? cell.metadata : {};
      return { ...cell, metadata: { ...metadata, trusted: isSigned || isHarmless(cell) } };
    });
    return { ...notebook, cells };
  }

  /** Remembers a notebook that is about to be saved, if its page trusts every output in it. */
  async signIfTrusted(notebook: JsonObject): Promise<void> {
    if (codeCells(notebook).every(isTrusted)) await this.sign(notebook);
  }

  /** Remembers a notebook as trusted. */
  async sign(notebook: JsonObject): Promise<void> {
    const signature = await this.#sign(notebook);
    this.#saving = this.#saving.catch(() => {}).then(async () => {
      const others = (await this.#signatures()).filter((known) => known !== signature);
      const kept = [...others, signature].slice(-KEPT);
      await this.#write("signatures", kept.join("\n") + "\n");
    });
    await this.#saving;
  }

  async #sign(notebook: JsonObject): Promise<string> {
    const hmac = createHmac("sha256", await this.#key());
    return hmac.update(JSON.stringify(sortKeys(stripTransient(notebook)))).digest("hex");
  }

  async #signatures(): Promise<string[]> {
    return (await this.#read("signatures"))?.split("\n").filter((line) => line !== "") ?? [];
  }

  async #key(): Promise<string> {
    const known = await this.#read("key");
    if (known !== undefined) return known;
    await this.#write("key", randomBytes(64).toString("base64"));
    // Another lab may have made one at the same time; whichever is there counts.
    return (await this.#read("key"))!;
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(join(this.#folder, name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async #write(name: string, text: string): Promise<void> {
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileWhole(join(this.#folder, name), text);
  }
}

function isTrusted(cell: JsonObject): boolean {
  return isObject(cell.metadata) && cell.metadata.trusted === true || isHarmless(cell);
}

function isHarmless({ outputs }: JsonObject): boolean {
  return !Array.isArray(outputs) ||
    outputs.every((output) =>
      isObject(output) && Object.keys(output).every((key) => HARMLESS_KEYS.has(key))
    );
}
