import { assert, assertEquals } from "@std/assert";
import { MOST_PIECES, PieceCache } from "../../../lib/tokenizer/piece_cache.ts";
import { TokenBuffer } from "../../../lib/tokenizer/token_buffer.ts";

function known(cache: PieceCache, piece: string): number[] | undefined {
  const ids = new TokenBuffer(0);
  return cache.read(piece, ids) ? [...ids.take()] : undefined;
}

Deno.test("a cache never keeps more than its bound, and is right before and after it is emptied", () => {
  const cache = new PieceCache();
  for (let i = 0; i < 3 * MOST_PIECES; i++) {
    cache.write(`piece ${i}`, Uint32Array.of(i, i + 1));
    assert(cache.size <= MOST_PIECES);
    if (i % 1000 === 0) assertEquals(known(cache, `piece ${i}`), [i, i + 1]);
  }
  assertEquals(known(cache, "piece 0"), undefined);
});

Deno.test("pieces of many tokens fill the cache sooner", () => {
  const cache = new PieceCache();
  const many = Uint32Array.from({ length: 60 }, (_, i) => i);
  for (let i = 0; i < MOST_PIECES; i++) cache.write(`${i}`, many);
  assert(cache.size < MOST_PIECES / 2);
  assertEquals(known(cache, `${MOST_PIECES - 1}`), [...many]);
});

Deno.test("a long piece is not kept", () => {
  const cache = new PieceCache();
  cache.write("a".repeat(65), Uint32Array.of(1));
  assertEquals(cache.size, 0);
});
