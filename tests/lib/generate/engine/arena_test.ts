import { assert, assertEquals } from "@std/assert";
import { Arena } from "../../../../lib/generate/engine/arena.ts";
import { KvCache } from "../../../../lib/generate/engine/kv_cache.ts";

Deno.test("room that is given back is taken again, and is empty", () => {
  const arena = new Arena();
  const first = arena.take(100);
  arena.floats.fill(7, first / 4, first / 4 + 100);
  arena.giveBack(first, 100);
  const second = arena.take(97); // as many cache lines
  assertEquals(second, first);
  assert(arena.floats.subarray(second / 4, second / 4 + 97).every((value) => value === 0));
  assert(arena.take(97) !== second);
});

Deno.test("what is in the memory stays where it is when it grows", () => {
  const arena = new Arena();
  const first = arena.take(10);
  arena.floats[first / 4] = 3;
  const second = arena.take(1_000_000);
  assertEquals(second % 64, 0);
  assert(arena.floats.length >= second / 4 + 1_000_000);
  assertEquals(arena.floats[first / 4], 3);
});

Deno.test("a cache keeps its keys and values when it outgrows its room", () => {
  const arena = new Arena();
  const cache = new KvCache(arena, { layers: 2, kvHeads: 3, headWidth: 40 }, 32);
  const places = (token: number) =>
    [0, 1].flatMap((layer) =>
      [0, 1, 2].flatMap((head) => {
        const key = cache.keys(layer, head) + Math.floor(token / 32) * cache.keyStride;
        const value = cache.values(layer, head);
        return [0, 39].flatMap((i) => [
          key / 4 + 32 * i + token % 32,
          (value + Math.floor(i / 32) * cache.valueStride) / 4 + 32 * token + i % 32,
        ]);
      })
    );
  const write = (token: number) =>
    places(token).forEach((at, i) => arena.floats[at] = 1000 * token + i);
  const check = (token: number) =>
    assertEquals(
      places(token).map((at) => arena.floats[at]),
      places(token).map((_, i) => 1000 * token + i),
    );
  for (let token = 0; token < 32; token++) write(token);
  cache.reserve(100);
  assert(cache.capacity >= 100);
  for (let token = 32; token < 100; token++) write(token);
  for (let token = 0; token < 100; token++) check(token);
  const { buffer } = arena.memory;
  cache.dispose();
  cache.dispose(); // a second time does nothing
  new KvCache(arena, { layers: 2, kvHeads: 3, headWidth: 40 }, 100);
  assertEquals(arena.memory.buffer, buffer);
});
