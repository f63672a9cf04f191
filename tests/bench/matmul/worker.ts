// Measures products in one thread. Threads that measure at the same time wait for each other before each
// turn, so that all of them are busy with the same thing.

import { bestInstructionSet, readCpuFeatures } from "../../../lib/tensor/products/cpu_features.ts";
import { GeneratedProducts } from "../../../lib/tensor/products/dispatch.ts";
import { openCodeLoader } from "../../../lib/tensor/products/executable_memory.ts";
import type { Region } from "../../../lib/tensor/products/product.ts";
import type { InstructionSet } from "../../../lib/tensor/products/vector_instructions.ts";
import { WasmProducts } from "../../../lib/tensor/products/wasm_products.ts";
import { openOpenBlas } from "./openblas.ts";
import type { Shape } from "./shapes.ts";

/** What a worker is asked for. */
export interface Request {
  readonly shape: Shape;
  /** How many threads measure, and the words by which they meet. */
  readonly threads: number;
  readonly meeting: Int32Array;
  readonly milliseconds: number;
  readonly set?: InstructionSet;
}

/** GFLOP/s of each contender, median of all calls. */
export type Answer = Readonly<Record<string, number>>;

const PAGES = 4096;
const TURNS = 3;
/** WebAssembly is left out of products that would take it seconds. */
const MOST_WASM = 2e10;

const memory = new WebAssembly.Memory({ initial: PAGES, maximum: 65_536, shared: true });
let top = 0;
const wasm = new WasmProducts({ memory, allocate: take, free() {} });
const blas = openOpenBlas();
let generated: GeneratedProducts | undefined;
const SCRATCH = 2 ** 24;

/** WebAssembly's scratch buffer lies before all operands. */
function take(bytes: number): number {
  const address = top;
  top += Math.ceil(bytes / 65_536) * 65_536;
  return address;
}

function openGenerated(set: InstructionSet | undefined): GeneratedProducts {
  const load = openCodeLoader();
  const best = set ?? bestInstructionSet(readCpuFeatures(load));
  if (best === undefined) throw new Error("This processor has neither AVX-512 nor AVX2 with FMA.");
  return new GeneratedProducts({ set: best, load, memory });
}

function measure({ shape, threads, meeting, milliseconds, set }: Request): Answer {
  generated ??= openGenerated(set);
  const { m, n, k, transposes } = shape;
  top = SCRATCH;
  const operand = (length: number): Region => ({ address: take(4 * length), length });
  const [a, b, c] = [operand(m * k), operand(k * n), operand(m * n)];
  const missing = Math.ceil((top - memory.buffer.byteLength) / 65_536);
  if (missing > 0) memory.grow(missing);
  top = 0;
  const view = ({ address, length }: Region) => new Float32Array(memory.buffer, address, length);
  for (const values of [view(a), view(b)]) {
    for (let i = 0; i < values.length; i++) values[i] = Math.random() - 0.5;
  }
  const sizes = { m, n, k, transposeA: transposes === "A", transposeB: transposes === "B" };
  const [viewA, viewB, viewC] = [view(a), view(b), view(c)];
  const contenders: Record<string, () => void> = {
    generated: () => generated!.multiply({ a, b, c, ...sizes }),
  };
  if (blas) contenders.blas = () => blas.sgemm({ a: viewA, b: viewB, c: viewC, ...sizes });
  const work = 2 * m * n * k;
  if (work < MOST_WASM) contenders.wasm = () => wasm.multiply({ a, b, c, ...sizes });
  const times: Record<string, number[]> = {};
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, run] of Object.entries(contenders)) {
      if (turn === 0) run(); // compiles
      meet(meeting, threads);
      const all = times[name] ??= [];
      const end = performance.now() + milliseconds / TURNS;
      let now = performance.now();
      do {
        const start = now;
        run();
        now = performance.now();
        all.push(now - start);
      } while (now < end);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => {
      const sorted = all.sort((x, y) => x - y);
      return [name, work / sorted[Math.floor(sorted.length / 2)] / 1e6];
    }),
  );
}

/** Waits until all threads are here. */
function meet(meeting: Int32Array, threads: number): void {
  const round = Atomics.load(meeting, 1);
  if (Atomics.add(meeting, 0, 1) + 1 === threads) {
    Atomics.store(meeting, 0, 0);
    Atomics.add(meeting, 1, 1);
    Atomics.notify(meeting, 1);
    return;
  }
  while (Atomics.load(meeting, 1) === round) Atomics.wait(meeting, 1, round, 100);
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Request>) => void;
  postMessage(answer: Answer): void;
};
scope.onmessage = ({ data }) => scope.postMessage(measure(data));
