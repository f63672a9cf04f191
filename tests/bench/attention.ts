// How long causal attention takes, forward and backward, for all texts and heads of a layer, in one thread.
// Options: --peer PYTHON for PyTorch beside it, a Python that has torch.

import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl } from "@std/path";
import { Arena } from "../../lib/tensor/arena/arena.ts";
import { nativeCompute, wasmCompute } from "../../lib/tensor/arena/compute.ts";
import { createSharedMemory } from "../../lib/tensor/arena/pages.ts";
import type { FusedAttention } from "../../lib/tensor/attention/generated.ts";
import { type AttentionShape, statisticsSize } from "../../lib/tensor/attention/shape.ts";

const SHAPES = [[12, 64, 4, 32], [32, 128, 4, 32], [8, 256, 6, 64], [1, 2048, 4, 64]];
const MILLISECONDS = 800;

/** Medians of the forward and the backward pass, in milliseconds. */
type Times = [forward: number, backward: number];

const arena = new Arena(createSharedMemory());
const wasm = wasmCompute(arena);
const native = nativeCompute(arena, wasm);

function measure(attention: FusedAttention, [batch, context, heads, width]: number[]): Times {
  const row = heads * width;
  const rows = { rowQuery: row, rowKey: row, rowValue: row };
  const shape: AttentionShape = { batch, context, heads, groups: heads, width, ...rows };
  const taken: { address: number; length: number }[] = [];
  const take = (length: number) => {
    const region = { address: arena.allocate(4 * length), length };
    const values = arena.floats(region.address, length);
    for (let i = 0; i < length; i++) values[i] = Math.random() - 0.5;
    taken.push(region);
    return region;
  };
  const size = batch * context * row;
  const inputs = { query: take(size), key: take(size), value: take(size) };
  const statistics = take(statisticsSize(shape));
  const output = take(size);
  const gradients = {
    outputGradient: take(size),
    queryGradient: take(size),
    keyGradient: take(size),
    valueGradient: take(size),
  };
  const times: [number[], number[]] = [[], []];
  const end = performance.now() + MILLISECONDS;
  while (performance.now() < end || times[0].length < 5) {
    const start = performance.now();
    attention.forward(shape, { ...inputs, output, statistics });
    const middle = performance.now();
    attention.backward(shape, { ...inputs, statistics, ...gradients });
    times[0].push(middle - start);
    times[1].push(performance.now() - middle);
  }
  for (const { address, length } of taken) arena.free(address, 4 * length);
  return times.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]) as Times;
}

/** PyTorch's times, for one thread and for two. */
async function measurePeer(python: string, threads: number): Promise<Times[]> {
  const script = fromFileUrl(new URL("./attention/peer_attention.py", import.meta.url));
  const shapes = SHAPES.map((shape) => shape.join(","));
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: [script, `${threads}`, ...shapes],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const { peer } = parseArgs(Deno.args, { string: ["peer"] });
const columns: Record<string, Times[]> = {
  native: SHAPES.map((shape) => measure(native.attention, shape)),
  WebAssembly: SHAPES.map((shape) => measure(wasm.attention, shape)),
};
if (peer !== undefined) {
  columns["PyTorch, 1 thread"] = await measurePeer(peer, 1);
  columns["PyTorch, 2 threads"] = await measurePeer(peer, 2);
}
console.log(`${native.name}; milliseconds, forward + backward\n`);
console.log(`| texts, positions, heads, head's width | ${Object.keys(columns).join(" | ")} |`);
console.log(`| --- |${" ---: |".repeat(Object.keys(columns).length)}`);
SHAPES.forEach((shape, i) => {
  const cells = Object.values(columns).map((times) =>
    times[i].map((t) => t.toFixed(2)).join(" + ")
  );
  console.log(`| ${shape.join(", ")} | ${cells.join(" | ")} |`);
});
