// Fused attention against its definition, with guards around every operand.

import { assert, assertThrows } from "@std/assert";
import { ShapeError } from "../../../../lib/errors.ts";
import { Random } from "../../../../lib/random.ts";
import { Arena } from "../../../../lib/tensor/arena/arena.ts";
import { wasmCompute } from "../../../../lib/tensor/arena/compute.ts";
import { createSharedMemory } from "../../../../lib/tensor/arena/pages.ts";
import {
  type FusedAttention,
  GeneratedAttention,
} from "../../../../lib/tensor/attention/generated.ts";
import { type AttentionShape, statisticsSize } from "../../../../lib/tensor/attention/shape.ts";
import { available, type Guarded, GuardedMemory } from "../products/machine.ts";
import { plainAttention } from "./plain_attention.ts";

const { load, sets } = available();

/** A shape without gaps, with `changes`. */
function plainShape(
  { batch = 1, context, heads = 1, groups = heads, width, ...rows }:
    & Partial<AttentionShape>
    & Pick<AttentionShape, "context" | "width">,
): AttentionShape {
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  const plain = { rowQuery: ofQueries, rowKey: ofKeys, rowValue: ofKeys };
  return { batch, context, heads, groups, width, ...plain, ...rows };
}

function randomShape(random: Random): AttentionShape {
  const groups = 1 + random.integer(3);
  const heads = groups * (1 + random.integer(3));
  const width = 1 + random.integer(random.uniform() < 0.3 ? 80 : 36);
  const gap = () => random.uniform() < 0.6 ? 0 : random.integer(40);
  return {
    ...{ batch: 1 + random.integer(2), heads, groups, width },
    context: 1 + random.integer(random.uniform() < 0.3 ? 130 : 50),
    rowQuery: heads * width + gap(),
    rowKey: groups * width + gap(),
    rowValue: groups * width + gap(),
  };
}

/** Runs both passes in `memory`, and checks what they wrote. */
function checkShape(attention: FusedAttention, memory: GuardedMemory, shape: AttentionShape) {
  memory.clear();
  const { batch, context, heads, groups, width } = shape;
  const positions = batch * context;
  const extent = (row: number, columns: number) => (positions - 1) * row + columns;
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  const inputs = {
    query: memory.take(extent(shape.rowQuery, ofQueries)),
    key: memory.take(extent(shape.rowKey, ofKeys)),
    value: memory.take(extent(shape.rowValue, ofKeys)),
    outputGradient: memory.take(positions * ofQueries),
  };
  const results = {
    output: memory.take(positions * ofQueries),
    queryGradient: memory.take(positions * ofQueries),
    keyGradient: memory.take(positions * ofKeys),
    valueGradient: memory.take(positions * ofKeys),
  };
  const statistics = memory.take(statisticsSize(shape));
  const values = mapValues(inputs, ({ view }) => view.slice());
  const regions = mapValues(
    { ...inputs, ...results, statistics },
    ({ region }) => region,
  );
  const { query, key, value, output, outputGradient, ...others } = regions;
  attention.forward(shape, { query, key, value, output, statistics: others.statistics });
  attention.backward(shape, { query, key, value, outputGradient, ...others });
  const wanted = plainAttention(values, shape);
  const what = JSON.stringify(shape);
  for (const [name, { view }] of Object.entries(results)) {
    const right = wanted[name as keyof typeof wanted];
    const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
    right.forEach((x, i) => {
      // Written so that NaN fails too.
      const isClose = Math.abs(view[i] - x) <= 4e-6 * size;
      assert(isClose, `${name}[${i}] is ${view[i]}, not ${x}: ${what}`);
    });
  }
  const all: Record<string, Guarded> = { ...inputs, ...results, statistics };
  for (const [name, guarded] of Object.entries(all)) {
    assert(guarded.isIntact(), `wrote beside ${name}: ${what}`);
  }
  for (const [name, { view }] of Object.entries(inputs)) {
    const before = values[name as keyof typeof values];
    assert(view.every((x, i) => x === before[i]), `changed ${name}: ${what}`);
  }
}

function mapValues<K extends string, V, R>(
  record: Readonly<Record<K, V>>,
  change: (value: V) => R,
): Record<K, R> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)])) as Record<K, R>;
}

for (const set of sets) {
  Deno.test(`${set} attention of 150 random shapes agrees with the definition`, () => {
    const random = new Random(1, set);
    const memory = new GuardedMemory(random);
    const attention = new GeneratedAttention({ set, load, memory });
    for (let i = 0; i < 150; i++) checkShape(attention, memory, randomShape(random));
    attention.dispose();
  });

  Deno.test(`${set} attention agrees with the definition at the shapes of models`, () => {
    const memory = new GuardedMemory(new Random(2, set));
    const attention = new GeneratedAttention({ set, load, memory });
    for (const context of [1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 128, 257]) {
      checkShape(attention, memory, plainShape({ context, heads: 4, groups: 2, width: 32 }));
    }
    checkShape(attention, memory, plainShape({ batch: 2, context: 96, heads: 3, width: 64 }));
    checkShape(attention, memory, plainShape({ context: 40, heads: 2, width: 96 }));
    attention.dispose();
  });
}

for (const set of sets) {
  Deno.test(`${set} attention looks at nothing that comes later`, () => {
    const memory = new GuardedMemory(new Random(3, set));
    const attention = new GeneratedAttention({ set, load, memory });
    const shape = plainShape({ context: 75, heads: 2, width: 24 });
    const [query, key, value, output] = Array.from({ length: 4 }, () => memory.take(75 * 48));
    const statistics = memory.take(statisticsSize(shape)).region;
    const run = () => {
      const regions = { query: query.region, key: key.region, value: value.region };
      attention.forward(shape, { ...regions, output: output.region, statistics });
      return output.view.slice();
    };
    const before = run();
    for (const { view } of [query, key, value]) view.fill(3, 40 * 48);
    const after = run();
    assert(before.subarray(0, 40 * 48).every((x, i) => x === after[i]));
    attention.dispose();
  });

  Deno.test(`${set} attention of scores far apart is a choice, not a NaN`, () => {
    const memory = new GuardedMemory(new Random(4, set));
    const attention = new GeneratedAttention({ set, load, memory });
    const shape = plainShape({ context: 20, width: 16 });
    const [query, key, value, output] = Array.from({ length: 4 }, () => memory.take(20 * 16));
    for (const { view } of [query, key]) view.forEach((x, i) => view[i] = 1000 * x);
    const statistics = memory.take(statisticsSize(shape)).region;
    const regions = { query: query.region, key: key.region, value: value.region };
    attention.forward(shape, { ...regions, output: output.region, statistics });
    const most = Math.max(...value.view.map(Math.abs));
    assert(output.view.every((x) => Math.abs(x) <= most * 1.0001));
    attention.dispose();
  });

  Deno.test(`${set} attention refuses what its operands do not hold`, () => {
    const memory = new GuardedMemory(new Random(5, set));
    const attention = new GeneratedAttention({ set, load, memory });
    const shape = plainShape({ context: 8, heads: 4, groups: 2, width: 4 });
    const [query, key, value, output] = [128, 64, 64, 128].map((size) => memory.take(size).region);
    const statistics = memory.take(statisticsSize(shape)).region;
    const right = { query, key, value, output, statistics };
    attention.forward(shape, right);
    const shapes = [
      { context: 9 },
      { batch: 2 },
      { heads: 3 },
      { groups: 4, rowKey: 16, rowValue: 16 },
      { width: 0 },
      { context: 2.5 },
      { rowQuery: 15 },
      { rowKey: 9 },
    ];
    for (const change of shapes) {
      const run = () => attention.forward({ ...shape, ...change }, right);
      assertThrows(run, ShapeError, undefined, JSON.stringify(change));
    }
    const end = memory.buffer.byteLength;
    const operands = [
      { output: query },
      { statistics: { address: value.address + 64, length: 4 * 64 } },
      { key: { address: end - 128, length: 64 } },
      { key: { address: NaN, length: 64 } },
      { value: { address: 6, length: 64 } },
    ];
    for (const change of operands) {
      const run = () => attention.forward(shape, { ...right, ...change });
      assertThrows(run, ShapeError, undefined, JSON.stringify(change));
    }
    attention.dispose();
  });
}

Deno.test("attention of a long context needs little more memory than its operands", () => {
  const memory = new GuardedMemory(new Random(6));
  for (const set of sets) {
    memory.clear();
    const attention = new GeneratedAttention({ set, load, memory });
    const shape = plainShape({ context: 16_384, width: 16 });
    const take = () => memory.take(16_384 * 16).region;
    const [query, key, value, output] = [take(), take(), take(), take()];
    const statistics = memory.take(statisticsSize(shape)).region;
    const before = Deno.memoryUsage().external;
    attention.forward(shape, { query, key, value, output, statistics });
    // All scores at once would be a thousand megabytes.
    assert(Deno.memoryUsage().external - before < 16e6);
    attention.dispose();
  }
});

Deno.test("WebAssembly attention of 100 random shapes agrees with the definition", () => {
  const random = new Random(7);
  const arena = new Arena(createSharedMemory());
  const start = arena.allocate(32 * 2 ** 20);
  const memory = new GuardedMemory(random, { buffer: arena.memory.buffer, start });
  const { attention } = wasmCompute(arena);
  for (let i = 0; i < 100; i++) checkShape(attention, memory, randomShape(random));
  for (const context of [1, 63, 64, 65, 129]) {
    checkShape(attention, memory, plainShape({ context, heads: 4, groups: 2, width: 7 }));
  }
});
