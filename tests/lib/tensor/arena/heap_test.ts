// A heap inside the arena: nothing overlaps, what is freed is joined, and all of it comes back.

import { assert, assertEquals } from "@std/assert";
import { Random } from "../../../../lib/random.ts";
import { Arena } from "../../../../lib/tensor/arena/arena.ts";
import { Heap } from "../../../../lib/tensor/arena/heap.ts";
import { createSharedMemory } from "../../../../lib/tensor/arena/pages.ts";

Deno.test("what a heap gives out never overlaps, whatever is taken and given back", () => {
  const random = new Random(1, "heap");
  const arena = new Arena(createSharedMemory());
  const heap = new Heap(arena);
  const live: { address: number; length: number; mark: number }[] = [];
  for (let i = 0; i < 3000; i++) {
    if (live.length > 60 || (live.length > 0 && random.integer(3) === 0)) {
      const [{ address, length, mark }] = live.splice(random.integer(live.length), 1);
      const values = arena.integers(address, length);
      assert(values.every((value) => value === mark), "another block was written over this one");
      heap.free(address);
    } else {
      const length = 1 + random.integer([10, 1000, 40_000, 300_000][random.integer(4)]);
      const address = heap.allocate(4 * length);
      assertEquals(address % 64, 0);
      arena.integers(address, length).fill(i);
      live.push({ address, length, mark: i });
    }
  }
});

Deno.test("small blocks that lie beside each other make room for a large one again", () => {
  const arena = new Arena(createSharedMemory());
  const heap = new Heap(arena);
  const large = heap.allocate(8_000_000);
  heap.free(large);
  const taken = arena.pages.bytesTaken();
  const small = Array.from({ length: 10 }, () => heap.allocate(800_000));
  for (const i of [3, 4, 9, 0, 8, 1, 5, 7, 2, 6]) heap.free(small[i]);
  assertEquals(heap.allocate(8_000_000), large);
  assertEquals(arena.pages.bytesTaken(), taken);
});

Deno.test("a heap gives its regions back when it is disposed of, the last with the last block", () => {
  const arena = new Arena(createSharedMemory());
  const sizes = [20_000_000, 30_000_000, 40_000_000];
  const round = () => {
    const heap = new Heap(arena);
    const [first, ...others] = sizes.map((bytes) => heap.allocate(bytes));
    others.forEach((address) => heap.free(address));
    heap.dispose();
    heap.free(first);
  };
  round();
  const taken = arena.pages.bytesTaken();
  for (let i = 0; i < 5; i++) round();
  assertEquals(arena.pages.bytesTaken(), taken);
});
