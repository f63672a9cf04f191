// Text in blocks, cut where no piece is: small enough for the memory of short-lived things, so that a stream of
// any length leaves no garbage behind that only a slow collection would find.

import { lastBoundary } from "./split.ts";
import { checkPart } from "./text_source.ts";

/** UTF-16 units in a block, at most. */
export const BLOCK_SIZE = 2 ** 15;

/** How the parts of a text belong together. */
export type TextParts = "documents" | "chunks";

/**
 * Makes blocks of text that comes in parts: each block is a list of texts whose pieces can be counted by
 * themselves. Where the blocks end depends on the text alone, not on how it was cut into chunks.
 *
 * A stretch of a block's length without a single boundary is cut all the same: that is no text, and the memory
 * stays bounded.
 */
export class TextBlocks {
  readonly #parts: TextParts;
  #texts: string[] = [];
  #length = 0;

  /** @param parts whether each part is a document, or they are chunks of one text, cut anywhere */
  constructor(parts: TextParts) {
    this.#parts = parts;
  }

  /**
   * Adds a part, and gives the blocks that are now full.
   *
   * @throws {ConfigError} if the part is no string
   */
  *add(part: string): Generator<string[]> {
    checkPart(part);
    if (this.#parts === "documents") {
      this.#texts.push(part);
      this.#length += part.length;
      if (this.#length >= BLOCK_SIZE) yield* documentBlocks(this.#take());
      return;
    }
    for (let at = 0; at < part.length; at += BLOCK_SIZE) {
      yield* this.#addChunk(part.slice(at, at + BLOCK_SIZE));
    }
  }

  *#addChunk(chunk: string): Generator<string[]> {
    this.#texts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < BLOCK_SIZE) return;
    const text = this.#take().join("");
    let start = 0;
    while (text.length - start >= BLOCK_SIZE) {
      const end = blockEnd(text, start);
      yield [text.slice(start, end)];
      start = end;
    }
    this.#texts = [text.slice(start)];
    this.#length = text.length - start;
  }

  /** Gives what is left at the end of the text. */
  *rest(): Generator<string[]> {
    const texts = this.#take();
    const left = this.#parts === "chunks" ? [texts.join("")] : texts;
    if (left.some((text) => text !== "")) yield left;
  }

  #take(): string[] {
    const texts = this.#texts;
    this.#texts = [];
    this.#length = 0;
    return texts;
  }
}

/** The last of the documents is the one that filled the block, and may itself be longer than one. */
function* documentBlocks(texts: readonly string[]): Generator<string[]> {
  const last = texts[texts.length - 1];
  if (texts.length > 1) yield texts.slice(0, -1);
  let start = 0;
  while (last.length - start > BLOCK_SIZE) {
    const end = blockEnd(last, start);
    yield [last.slice(start, end)];
    start = end;
  }
  yield [start === 0 ? last : last.slice(start)];
}

function blockEnd(text: string, start: number): number {
  const end = start + BLOCK_SIZE;
  const boundary = lastBoundary(text, { from: start, end });
  if (boundary >= 0) return boundary;
  const cutsPair = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end - 1, end + 1));
  return cutsPair ? end - 1 : end;
}
