// From a place in the JavaScript of a cell back to the line and column that the user wrote.

import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** A place in a text, both counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Cells whose maps are kept: an error in a function of an older one shows the compiled line. */
const KEPT = 5_000;

/** The source maps of the cells that have run. */
export class SourceMaps {
  /** JSON until somebody asks. */
  readonly #maps = new Map<string, string | TraceMap>();

  /** Keeps the map of a script. */
  add(name: string, map: string): void {
    this.#maps.delete(name);
    this.#maps.set(name, map);
    if (this.#maps.size > KEPT) this.#maps.delete(this.#maps.keys().next().value!);
  }

  /** Whether `name` is a cell. */
  has(name: string): boolean {
    return this.#maps.has(name);
  }

  /** The user's place for a place in the script. */
  original(name: string, place: Place): Place {
    let map = this.#maps.get(name);
    if (map === undefined) return place;
    if (typeof map === "string") {
      map = new TraceMap(map);
      this.#maps.set(name, map);
    }
    const { line, column } = originalPositionFor(map, {
      line: place.line,
      column: place.column - 1,
    });
    return line === null ? place : { line, column: column + 1 };
  }
}
