// Texts kept in the browser's own storage, under names of one kind.

import { DataConnector } from "@jupyterlab/statedb";

/** A kind of text that this browser keeps for the lab. */
export class BrowserStore extends DataConnector<string> {
  readonly #prefix: string;
  readonly #storage: Storage;

  /**
   * @param kind what the texts are, such as "settings"
   * @param storage the browser's, which all its tabs share, or that of one tab
   */
  constructor(kind: string, storage: Storage = localStorage) {
    super();
    this.#prefix = `dials:${kind}:`;
    this.#storage = storage;
  }

  /** The text kept under `id`. */
  override fetch(id: string): Promise<string | undefined> {
    return Promise.resolve(this.read(id));
  }

  /** The same, at once. */
  read(id: string): string | undefined {
    return this.#storage.getItem(this.#prefix + id) ?? undefined;
  }

  /** All names and texts of this kind. */
  override list(query = ""): Promise<{ ids: string[]; values: string[] }> {
    const ids = Object.keys(this.#storage)
      .filter((key) => key.startsWith(this.#prefix + query))
      .map((key) => key.slice(this.#prefix.length));
    return Promise.resolve({ ids, values: ids.map((id) => this.read(id) ?? "") });
  }

  /** Keeps `text`; a browser that has no room left, or forbids it, forgets instead. */
  override save(id: string, text: string): Promise<void> {
    try {
      this.#storage.setItem(this.#prefix + id, text);
    } catch (error) {
      console.warn(`The browser does not keep ${id}: ${error}`);
    }
    return Promise.resolve();
  }

  override remove(id: string): Promise<void> {
    this.#storage.removeItem(this.#prefix + id);
    return Promise.resolve();
  }
}
