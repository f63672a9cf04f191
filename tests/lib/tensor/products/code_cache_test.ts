// Which code is kept, and when its memory is given back.

import { assertEquals } from "@std/assert";
import { CodeCache } from "../../../../lib/tensor/products/code_cache.ts";

/** Makes code that only tells when it is made and when it is freed. */
function maker() {
  const events: string[] = [];
  const make = (name: string) => () => {
    events.push(`made ${name}`);
    return { call() {}, free: () => events.push(`freed ${name}`) };
  };
  return { events, make };
}

Deno.test("code is made once for a key, whatever other keys there are", () => {
  const { events, make } = maker();
  const cache = new CodeCache(10_000);
  const keys = Array.from({ length: 5000 }, (_, i) => [i % 71, Math.floor(i / 71), 2 ** 40 + i]);
  const first = keys.map((key) => cache.get(key, make("new")));
  assertEquals(events.length, 5000);
  keys.forEach((key, i) => assertEquals(cache.get([...key], make("again")), first[i]));
  assertEquals(events.length, 5000);
});

Deno.test("what has not been used for longest makes room", () => {
  const { events, make } = maker();
  const cache = new CodeCache(2);
  for (const name of ["a", "b", "a", "c", "a", "b"]) {
    cache.get([name.charCodeAt(0)], make(name));
  }
  assertEquals(events, ["made a", "made b", "made c", "freed b", "made b", "freed c"]);
  cache.dispose();
  assertEquals(events.slice(6), ["freed a", "freed b"]);
});
