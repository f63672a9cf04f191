// Generated products against their definition, with guards around every buffer.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { ShapeError } from "../../../../lib/errors.ts";
import { Random } from "../../../../lib/random.ts";
import {
  Assembler,
  R8,
  R9,
  RCX,
  RDI,
  RDX,
  RSI,
} from "../../../../lib/tensor/products/assembler.ts";
import { readCpuFeatures } from "../../../../lib/tensor/products/cpu_features.ts";
import { GeneratedProducts } from "../../../../lib/tensor/products/dispatch.ts";
import {
  type CodeLoader,
  openCodeLoader,
} from "../../../../lib/tensor/products/executable_memory.ts";
import { generateKernel } from "../../../../lib/tensor/products/generate.ts";
import { type KernelSpec, scratchSize } from "../../../../lib/tensor/products/kernel_spec.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
} from "../../../../lib/tensor/products/vector_instructions.ts";
import { assertProduct, bufferSizes, type Case, randomCase } from "./plain_product.ts";

const { load, sets } = available();

/** The instruction sets of this machine; none, with a printed sentence, where code cannot run. */
function available(): { load: CodeLoader; sets: InstructionSet[] } {
  try {
    const load = openCodeLoader();
    const { avx512f, avx2, fma } = readCpuFeatures(load);
    const sets: InstructionSet[] = [];
    if (avx512f) sets.push("AVX-512");
    if (avx2 && fma) sets.push("AVX2");
    if (sets.length === 0) console.log("Generated products are not tested: no AVX2 here.");
    return { load, sets };
  } catch (error) {
    console.log(`Generated products are not tested: ${(error as Error).message}.`);
    return { load: () => assert(false) as never, sets: [] };
  }
}

const GUARD = 64;
const GUARD_VALUE = -12345.5;

/** A buffer of `size` random floats at a random alignment, between guards. */
function guarded(random: Random, size: number): { view: Float32Array; isIntact: () => boolean } {
  const start = GUARD + random.integer(16);
  const all = new Float32Array(start + size + GUARD).fill(GUARD_VALUE);
  const view = all.subarray(start, start + size);
  for (let i = 0; i < size; i++) view[i] = random.normal();
  const isGuard = (value: number) => value === GUARD_VALUE;
  const isIntact = () =>
    all.subarray(0, start).every(isGuard) &&
    all.subarray(start + size).every(isGuard);
  return { view, isIntact };
}

function checkCase(
  random: Random,
  given: Case,
  run: (buffers: { a: Float32Array; b: Float32Array; c: Float32Array }) => void,
  { accumulate }: { accumulate: boolean },
): void {
  const sizes = bufferSizes(given);
  const [a, b, c] = [sizes.a, sizes.b, sizes.c].map((size) => guarded(random, size));
  const [copyA, copyB] = [a.view.slice(), b.view.slice()];
  const before = accumulate ? c.view.slice() : undefined;
  run({ a: a.view, b: b.view, c: c.view });
  assertProduct({ a: copyA, b: copyB, c: c.view, before }, given);
  assert(c.isIntact(), `wrote beside C: ${JSON.stringify(given)}`);
  assertEquals(a.view, copyA, `changed A: ${JSON.stringify(given)}`);
  assertEquals(b.view, copyB, `changed B: ${JSON.stringify(given)}`);
  assert(a.isIntact() && b.isIntact(), `wrote beside A or B: ${JSON.stringify(given)}`);
}

for (const set of sets) {
  Deno.test(`${set} products of 2,000 random shapes agree with the definition`, () => {
    const random = new Random(1, set);
    const products = new GeneratedProducts({ set, load });
    for (let i = 0; i < 2000; i++) {
      const given = randomCase(random, { most: 150 });
      const accumulate = random.uniform() < 0.3;
      checkCase(
        random,
        given,
        (buffers) => products.multiply({ ...buffers, ...given, accumulate }),
        {
          accumulate,
        },
      );
    }
    products.dispose();
  });

  Deno.test(`${set} kernels agree with the definition, whatever is packed`, () => {
    const random = new Random(2, set);
    for (let i = 0; i < 1000; i++) {
      const given = randomCase(random, { most: 100 });
      const { m, n, k, transposeA, transposeB } = given;
      const spec: KernelSpec = {
        ...given,
        rowA: transposeA ? m : k,
        rowB: transposeB ? k : n,
        rowC: n,
        strideC: m * n,
        accumulate: random.uniform() < 0.5,
        packA: random.uniform() < 0.7,
        packB: random.uniform() < 0.7,
      };
      const code = load(generateKernel(spec, { set }));
      const call = new Deno.UnsafeFnPointer(
        code.pointer as Deno.PointerObject<typeof SIGNATURE>,
        SIGNATURE,
      );
      const scratch = guarded(random, scratchSize(spec, VECTOR_UNITS[set]));
      checkCase(random, given, ({ a, b, c }) => call.call(a, b, c, scratch.view), spec);
      assert(scratch.isIntact(), `wrote beside the scratch buffer: ${JSON.stringify(spec)}`);
      code.free();
    }
  });

  Deno.test(`${set} products too large for one kernel agree with the definition`, () => {
    const random = new Random(3, set);
    const products = new GeneratedProducts({ set, load });
    const shapes = [[1100, 17, 20], [5, 9, 1300], [1030, 3, 1030], [70, 1030, 70], [3, 70, 2048]];
    for (const [m, n, k] of shapes) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const batch of [1, 2]) {
            const sizes = { m, n, k, transposeA, transposeB, batch };
            const given = { ...sizes, strideA: m * k, strideB: k * n };
            const accumulate = batch === 2;
            checkCase(
              random,
              given,
              (buffers) => products.multiply({ ...buffers, ...given, accumulate }),
              { accumulate },
            );
          }
        }
      }
    }
    products.dispose();
  });

  Deno.test(`${set} products read and write nothing outside their buffers`, () => {
    if (Deno.build.os !== "linux") return console.log("Needs Linux's mmap: skipped.");
    const random = new Random(4, set);
    const products = new GeneratedProducts({ set, load });
    const [a, b, c] = [fencedPages(), fencedPages(), fencedPages()];
    for (let i = 0; i < 400; i++) {
      const given = randomCase(random, { most: 90 });
      const sizes = bufferSizes(given);
      const atEnd = i % 2 === 0; // the fence lies behind the buffer, or before it
      const place = (pages: Float32Array, size: number) =>
        atEnd ? pages.subarray(pages.length - size) : pages.subarray(0, size);
      const buffers = { a: place(a, sizes.a), b: place(b, sizes.b), c: place(c, sizes.c) };
      for (const view of [buffers.a, buffers.b]) {
        for (let at = 0; at < view.length; at++) view[at] = random.normal();
      }
      products.multiply({ ...buffers, ...given }); // a stray access would end the process
      assertProduct(buffers, given);
    }
    products.dispose();
  });

  Deno.test(`${set} products of nothing are zero, or leave C as it is`, () => {
    const products = new GeneratedProducts({ set, load });
    const [a, b, c] = [new Float32Array(0), new Float32Array(0), new Float32Array([1, 2, 3, 4])];
    products.multiply({ a, b, c, m: 2, n: 2, k: 0, accumulate: true });
    assertEquals([...c], [1, 2, 3, 4]);
    products.multiply({ a, b, c, m: 2, n: 2, k: 0 });
    assertEquals([...c], [0, 0, 0, 0]);
    products.multiply({ a, b, c: new Float32Array(0), m: 0, n: 2, k: 3, batch: 0 });
  });

  Deno.test(`${set} products refuse sizes that their buffers do not have`, () => {
    const products = new GeneratedProducts({ set, load });
    const buffers = () => ({
      a: new Float32Array(6),
      b: new Float32Array(12),
      c: new Float32Array(8),
    });
    products.multiply({ ...buffers(), m: 2, n: 4, k: 3 });
    const wrong = [
      { m: 3, n: 4, k: 3 },
      { m: 2, n: 5, k: 3 },
      { m: 2, n: 4, k: 4 },
      { m: 2, n: 4, k: 3, batch: 2 },
      { m: 2, n: 4, k: 3, batch: 2, strideA: 0, strideB: 0 },
      { m: 2.5, n: 4, k: 2 },
      { m: -2, n: 4, k: 3 },
      { m: NaN, n: 4, k: 3 },
      { m: 2, n: 4, k: 3, batch: -1 },
      { m: 2, n: 4, k: 3, strideB: -4, batch: 2 },
      { m: 2 ** 33, n: 2 ** 33, k: 0 },
    ];
    for (const sizes of wrong) {
      assertThrows(() => products.multiply({ ...buffers(), ...sizes }), ShapeError);
    }
    const { a, b } = buffers();
    const c = b.subarray(4);
    assertThrows(
      () => products.multiply({ a, b, c, m: 2, n: 4, k: 3 }),
      ShapeError,
      "over its own",
    );
  });
}

for (const set of sets) {
  Deno.test(`${set} code for Windows works and keeps the registers its convention wants kept`, () => {
    const random = new Random(5, set);
    const given: Case = {
      ...{ m: 33, n: 37, k: 9, transposeA: false, transposeB: true, batch: 2 },
      ...{ strideA: 33 * 9, strideB: 0 },
    };
    const spec: KernelSpec = {
      ...given,
      ...{ rowA: 9, rowB: 9, rowC: 37, strideC: 33 * 37 },
      ...{ accumulate: false, packA: true, packB: true },
    };
    const code = load(calledAsOnWindows(generateKernel(spec, { set, convention: "Windows" })));
    const call = new Deno.UnsafeFnPointer(
      code.pointer as Deno.PointerObject<typeof SIGNATURE>,
      SIGNATURE,
    );
    const scratch = new Float32Array(scratchSize(spec, VECTOR_UNITS[set]) + 2 * KEPT_FLOATS);
    for (let i = 0; i < KEPT_FLOATS; i++) scratch[i] = i + 1;
    checkCase(random, given, ({ a, b, c }) => call.call(a, b, c, scratch), spec);
    assertEquals(
      scratch.subarray(KEPT_FLOATS, 2 * KEPT_FLOATS),
      scratch.subarray(0, KEPT_FLOATS),
    );
    code.free();
  });
}

const KEPT_FLOATS = 40; // the low quads of vector registers 6 to 15

/**
 * Wraps code in the Windows convention so that Linux can call it. The wrapper loads registers 6 to 15
 * from the begin of the scratch buffer, and stores what they are afterwards behind that.
 */
function calledAsOnWindows(code: Uint8Array): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const moveQuads = (opcode: number, base: number, start: number) => {
    for (let i = 0; i < 10; i++) {
      if (i >= 2) assembler.bytes(0x44);
      assembler.bytes(0x0f, opcode);
      assembler.modrm(6 + i, { base, offset: start + 16 * i });
    }
  };
  const kernel = assembler.label();
  assembler.push(RCX);
  moveQuads(0x10, RCX, 0);
  assembler.address(R9, { base: RCX, offset: 8 * KEPT_FLOATS });
  assembler.move(R8, RDX);
  assembler.move(RCX, RDI);
  assembler.move(RDX, RSI);
  assembler.call(kernel);
  assembler.pop(RCX);
  moveQuads(0x11, RCX, 4 * KEPT_FLOATS);
  assembler.return();
  assembler.place(kernel);
  assembler.bytes(...code);
  return assembler.finish();
}

const SIGNATURE = { parameters: ["buffer", "buffer", "buffer", "buffer"], result: "void" } as const;

/** A million floats between two pages that nobody may touch. The pages are kept for good. */
function fencedPages(): Float32Array {
  const PAGE = 4096, SIZE = 1024 * PAGE, NONE = 0, READ_WRITE = 3, PRIVATE_ANONYMOUS = 0x22;
  const { symbols } = Deno.dlopen("libc.so.6", {
    mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
    mprotect: { parameters: ["pointer", "usize", "i32"], result: "i32" },
  });
  const total = BigInt(SIZE + 2 * PAGE);
  const start = symbols.mmap(null, total, NONE, PRIVATE_ANONYMOUS, -1, 0n);
  const inside = Deno.UnsafePointer.offset(start!, PAGE)!;
  assertEquals(symbols.mprotect(inside, BigInt(SIZE), READ_WRITE), 0);
  return new Float32Array(Deno.UnsafePointerView.getArrayBuffer(inside, SIZE));
}
