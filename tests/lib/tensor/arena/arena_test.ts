// The shared memory: what is given out never overlaps, comes back, and can be seen by other threads.

import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { Random } from "../../../../lib/random.ts";
import { Arena } from "../../../../lib/tensor/arena/arena.ts";
import { createSharedMemory, MemoryError, PAGE } from "../../../../lib/tensor/arena/pages.ts";

Deno.test("regions that are in use never overlap, whatever is taken and given back", () => {
  const random = new Random(1, "arena");
  const memory = createSharedMemory();
  const arenas = [new Arena(memory), new Arena(memory)]; // as in two threads
  const live: { arena: Arena; address: number; bytes: number; mark: number }[] = [];
  for (let i = 0; i < 3000; i++) {
    if (live.length > 60 || (live.length > 0 && random.integer(3) === 0)) {
      const [{ arena, address, bytes, mark }] = live.splice(random.integer(live.length), 1);
      const values = arena.integers(address, bytes / 4);
      assert(values.every((value) => value === mark), "another region was written over this one");
      arena.free(address, bytes);
    } else {
      const arena = arenas[random.integer(2)];
      const bytes = 4 * (1 + random.integer([10, 1000, 40_000, 300_000][random.integer(4)]));
      const address = arena.allocate(bytes);
      assertEquals(address % 64, 0);
      arena.integers(address, bytes / 4).fill(i);
      live.push({ arena, address, bytes, mark: i });
    }
  }
});

Deno.test("the same sizes again and again take no more memory", () => {
  const arena = new Arena(createSharedMemory());
  const sizes = [100, 5_000, 300_000, 2_000_000];
  const round = () => {
    const taken = sizes.map((bytes) => arena.allocate(bytes));
    taken.forEach((address, i) => arena.free(address, sizes[i]));
  };
  round();
  const before = arena.pages.bytesTaken();
  for (let i = 0; i < 1000; i++) round();
  assertEquals(arena.pages.bytesTaken(), before);
});

Deno.test("memory of one size serves another before it is called full", () => {
  const arena = new Arena(createSharedMemory());
  const half = 2 ** 31;
  for (const bytes of [half, half + 2 ** 29, half - 2 ** 29]) {
    arena.free(arena.allocate(bytes), bytes);
  }
});

Deno.test("what does not fit is refused, and the arena goes on", () => {
  const arena = new Arena(createSharedMemory());
  assertThrows(() => arena.allocate(2 ** 32), MemoryError, "tensors can fill 4 GiB at most");
  arena.integers(arena.allocate(8), 2).set([1, 2]);
});

Deno.test("what an ended thread held is taken back", () => {
  const memory = createSharedMemory();
  const [stays, ends] = [new Arena(memory), new Arena(memory)];
  assertNotEquals(stays.pages.owner, ends.pages.owner);
  stays.allocate(10 * PAGE);
  const before = stays.pages.bytesTaken();
  for (const bytes of [10, 1000, 20 * PAGE]) ends.allocate(bytes);
  stays.pages.giveAll(ends.pages.owner);
  assertEquals(stays.pages.bytesTaken(), before);
  assertEquals(new Arena(memory).pages.owner, ends.pages.owner);
});

Deno.test("a thread that ended inside the lock holds nobody up for long", () => {
  const memory = createSharedMemory();
  const arena = new Arena(memory);
  new Int32Array(memory.buffer)[0] = 1; // as if held
  assert(arena.allocate(100) > 0);
  assert(arena.allocate(10 * PAGE) > 0);
});

Deno.test("a worker shares tensors and parameters by their address", async () => {
  const module = new URL("./joining_worker.ts", import.meta.url);
  const { useBackend } = await import("../../../../lib/tensor/backend.ts");
  const regions = await import("../../../../lib/tensor/arena/regions.ts");
  const tf = await import("@tensorflow/tfjs");
  await useBackend("wasm");
  const region = regions.allocateRegion(6);
  regions.regionView(region).set([1, 2, 3, 4, 5, 6]);
  const variable = tf.variable(regions.tensorOver(region, [2, 3]));
  const worker = new Worker(module, { type: "module" });
  const answer = new Promise<{ sum: number; owner: number }>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  worker.postMessage({ memory: regions.sharedMemory(), region });
  const { sum, owner } = await answer;
  worker.terminate();
  assertEquals(sum, 21);
  assertEquals([...variable.dataSync()], [2, 4, 6, 8, 10, 12]);
  regions.reclaim(owner);
  assertThrows(() => regions.tensorOver(region, [7]), RangeError, "6 floats");
  variable.dispose();
  regions.freeRegion(region);
});
