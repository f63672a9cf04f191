// Generated products against their definition, with guards around every operand.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { ShapeError } from "../../../../lib/errors.ts";
import { Random } from "../../../../lib/random.ts";
import { Assembler, RCX, RDI, RDX, RSI } from "../../../../lib/tensor/products/assembler.ts";
import { ARGUMENTS, type Memory } from "../../../../lib/tensor/products/caller.ts";
import { GeneratedProducts } from "../../../../lib/tensor/products/dispatch.ts";
import { generateProduct } from "../../../../lib/tensor/products/generate.ts";
import { type Plan, planProduct, scratchSize } from "../../../../lib/tensor/products/plan.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
} from "../../../../lib/tensor/products/vector_instructions.ts";
import { available, fencedMemory, GuardedMemory } from "./machine.ts";
import {
  assertProduct,
  type Case,
  operandSizes,
  plainCase,
  randomCase,
  randomFinish,
} from "./plain_product.ts";

const { load, sets } = available();

type Run = (operands: {
  a: { address: number; length: number };
  b: { address: number; length: number };
  c: { address: number; length: number };
  bias?: { address: number; length: number };
  kept?: { address: number; length: number };
}) => void;

/** Lets `run` compute a case in `memory`, and checks what it wrote. */
function checkCase(memory: GuardedMemory, given: Case, run: Run): void {
  memory.clear();
  const sizes = operandSizes(given);
  const [a, b, c] = [memory.take(sizes.a), memory.take(sizes.b), memory.take(sizes.c)];
  const bias = given.bias ? memory.take(given.n) : undefined;
  const kept = given.keepsInput ? memory.take(sizes.c) : undefined;
  const inputs = [a, b, ...bias ? [bias] : []];
  const copies = inputs.map(({ view }) => view.slice());
  const before = c.view.slice();
  run({ a: a.region, b: b.region, c: c.region, bias: bias?.region, kept: kept?.region });
  const values = { a: copies[0], b: copies[1], c: c.view, before, bias: copies[2] };
  assertProduct({ ...values, kept: kept?.view }, given);
  const what = JSON.stringify(given);
  inputs.forEach(({ view }, i) => assertEquals(view, copies[i], `changed an input: ${what}`));
  for (const guarded of [a, b, c, ...bias ? [bias] : [], ...kept ? [kept] : []]) {
    assert(guarded.isIntact(), `wrote beside an operand: ${what}`);
  }
}

/** Runs a case on generated products. */
function multiplier(products: GeneratedProducts, given: Case): Run {
  return ({ bias, kept, ...operands }) =>
    products.multiply({ ...operands, ...given }, { bias, activation: given.activation, kept });
}

/** Checks the code of one plan, and that it keeps to its scratch buffer. */
function checkPlan(
  memory: GuardedMemory,
  given: Case,
  { plan, set }: { plan: Plan; set: InstructionSet },
): void {
  const code = load(generateProduct(given, plan, { set }));
  checkCase(memory, given, (operands) => {
    const scratch = memory.take(scratchSize(plan, VECTOR_UNITS[set]));
    call({ code, memory, operands, scratch: scratch.region.address });
    assert(scratch.isIntact(), `wrote beside the scratch buffer: ${JSON.stringify(given)}`);
  });
  code.free();
}

for (const set of sets) {
  Deno.test(`${set} products of 3,000 random shapes agree with the definition`, () => {
    const random = new Random(1, set);
    const memory = new GuardedMemory(random);
    const products = new GeneratedProducts({ set, load, memory });
    for (let i = 0; i < 3000; i++) {
      const given = randomFinish(random, randomCase(random, { most: 150 }));
      checkCase(memory, given, multiplier(products, given));
    }
    products.dispose();
  });

  Deno.test(`${set} code agrees with the definition, however the product is cut and packed`, () => {
    const random = new Random(2, set);
    const memory = new GuardedMemory(random);
    const unit = VECTOR_UNITS[set];
    for (let i = 0; i < 1500; i++) {
      const given = randomFinish(random, randomCase(random, { most: 100 }));
      const limits = {
        depth: 4 * (1 + random.integer(12)),
        band: 1 + random.integer(2000),
        strip: 1 + random.integer(3000),
        keptA: random.integer(4000),
      };
      const plan = {
        ...planProduct(given, unit, limits),
        packA: random.uniform() < 0.5,
        packB: given.transposeB || random.uniform() < 0.5,
      };
      checkPlan(memory, given, { plan, set });
    }
  });

  Deno.test(`${set} products that are cut in many ways agree with the definition`, () => {
    const random = new Random(3, set);
    const memory = new GuardedMemory(random);
    const products = new GeneratedProducts({ set, load, memory });
    const shapes = [
      [1100, 17, 20],
      [5, 9, 1300],
      [1030, 3, 1030],
      [70, 1030, 70],
      [3, 70, 2048],
      [1030, 2040, 3],
      [330, 530, 45],
      [70, 1024, 45],
    ];
    for (const [m, n, k] of shapes) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const batch of [1, 2]) {
            const sizes = { m, n, k, transposeA, transposeB, batch };
            const given = plainCase({ ...sizes, accumulate: batch === 2, bias: batch === 2 });
            checkCase(memory, given, multiplier(products, given));
          }
        }
      }
    }
    products.dispose();
  });

  Deno.test(`${set} products whose last panel is a single column agree with the definition`, () => {
    const random = new Random(8, set);
    const memory = new GuardedMemory(random);
    const unit = VECTOR_UNITS[set];
    for (let i = 0; i < 1000; i++) {
      const n = 1 + 2 * unit.lanes * random.integer(4);
      const given = randomFinish(random, randomCase(random, { most: 150, n }));
      const limits = { depth: 4 * (1 + random.integer(24)), band: 1 + random.integer(2000) };
      const plan = {
        ...planProduct(given, unit, { ...limits, strip: 1000, keptA: 4000 }),
        packA: random.uniform() < 0.3,
      };
      checkPlan(memory, given, { plan, set });
    }
  });

  Deno.test(`${set} products read and write nothing outside their operands`, () => {
    if (Deno.build.os !== "linux") return console.log("Needs Linux's mmap: skipped.");
    const random = new Random(4, set);
    const { memory, starts, bytes } = fencedMemory();
    const products = new GeneratedProducts({ set, load, memory });
    for (let i = 0; i < 600; i++) {
      const n = i % 3 === 0 ? 1 + 2 * VECTOR_UNITS[set].lanes * random.integer(3) : undefined;
      const given = randomCase(random, { most: 90, n });
      const sizes = Object.values(operandSizes(given));
      const atEnd = i % 2 === 0; // the fence lies behind the operand, or before it
      const [a, b, c] = sizes.map((length, which) => ({
        address: starts[which] + (atEnd ? bytes - 4 * length : 0),
        length,
      }));
      const [viewA, viewB, viewC] = [a, b, c].map(({ address, length }) => {
        const view = new Float32Array(memory.buffer, address, length);
        for (let at = 0; at < length; at++) view[at] = random.normal();
        return view;
      });
      const before = viewC.slice();
      products.multiply({ ...given, a, b, c });
      assertProduct({ a: viewA, b: viewB, c: viewC, before }, given);
    }
    products.dispose();
  });

  Deno.test(`${set} products of nothing are zero, or leave C as it is`, () => {
    const memory = new GuardedMemory(new Random(5));
    const products = new GeneratedProducts({ set, load, memory });
    const c = memory.take(4);
    const nothing = { address: 0, length: 0 };
    c.view.set([1, 2, 3, 4]);
    const product = { a: nothing, b: nothing, c: c.region, m: 2, n: 2, k: 0 };
    products.multiply({ ...product, accumulate: true });
    assertEquals([...c.view], [1, 2, 3, 4]);
    products.multiply(product);
    assertEquals([...c.view], [0, 0, 0, 0]);
    products.multiply({ ...product, c: nothing, m: 0, k: 3, batch: 0 });
    products.dispose();
  });

  Deno.test(`${set} products refuse sizes that their operands do not have`, () => {
    const memory = new GuardedMemory(new Random(6));
    const products = new GeneratedProducts({ set, load, memory });
    const [a, b, c] = [6, 12, 8].map((size) => memory.take(size).region);
    const right = { a, b, c, m: 2, n: 4, k: 3 };
    products.multiply(right);
    const end = memory.buffer.byteLength;
    const wrong = [
      { m: 3 },
      { n: 5 },
      { k: 4 },
      { batch: 2 },
      { batch: 2, strideA: 0, strideB: 0 },
      { m: 2.5, k: 2 },
      { m: -2 },
      { m: NaN },
      { batch: -1 },
      { strideB: -4, batch: 2 },
      { m: 2 ** 33, n: 2 ** 33, k: 0 },
      { rowA: 4 },
      { rowA: 2 },
      { rowB: 3 },
      { rowC: 5 },
      { a: { address: end - 8, length: 6 } },
      { a: { address: -24, length: 6 } },
      { b: { address: 2, length: 12 } },
      { c: { address: NaN, length: 8 } },
      { a: { address: 0, length: NaN } },
    ];
    for (const change of wrong) {
      assertThrows(
        () => products.multiply({ ...right, ...change }),
        ShapeError,
        undefined,
        JSON.stringify(change),
      );
    }
    const isOver = [
      [{ c: { address: b.address + 16, length: 8 } }, {}],
      [{}, { kept: c }],
      [{}, { bias: { address: c.address, length: 4 } }],
    ] as const;
    for (const [change, finish] of isOver) {
      assertThrows(
        () => products.multiply({ ...right, ...change }, finish),
        ShapeError,
        "over its",
      );
    }
    const short = { address: a.address, length: 3 };
    assertThrows(() => products.multiply(right, { bias: short }), ShapeError, "needs 4");
    assertThrows(() => products.multiply(right, { kept: short }), ShapeError, "needs 8");
    products.dispose();
  });
}

for (const set of sets) {
  Deno.test(`${set} code for Windows works and keeps the registers its convention wants kept`, () => {
    const memory = new GuardedMemory(new Random(7, set));
    const given = plainCase({ ...{ m: 33, n: 37, k: 9, batch: 2, bias: true }, transposeB: true });
    const plan = { ...planProduct(given, VECTOR_UNITS[set]), packA: true };
    const code = load(
      calledAsOnWindows(generateProduct(given, plan, { set, convention: "Windows" })),
    );
    checkCase(memory, given, (operands) => {
      const scratch = memory.take(scratchSize(plan, VECTOR_UNITS[set]));
      const left = call({ code, memory, operands, scratch: scratch.region.address });
      for (let i = 0; i < KEPT_FLOATS; i++) assertEquals(left[i], i + 1);
    });
    code.free();
  });
}

const KEPT_FLOATS = 40; // the low quads of vector registers 6 to 15
const KEPT_START = 64; // in the arguments' block, behind what the product reads

/**
 * Wraps code in the Windows convention so that Linux can call it. The wrapper loads registers 6 to 15
 * from the block of arguments, and stores what they are afterwards in their place.
 */
function calledAsOnWindows(code: Uint8Array): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const moveQuads = (opcode: number, base: number) => {
    for (let i = 0; i < 10; i++) {
      if (i >= 2) assembler.bytes(0x44);
      assembler.bytes(0x0f, opcode);
      assembler.modrm(6 + i, { base, offset: KEPT_START + 16 * i });
    }
  };
  const kernel = assembler.label();
  assembler.push(RDI);
  moveQuads(0x10, RDI);
  assembler.move(RCX, RDI);
  assembler.move(RDX, RSI);
  assembler.call(kernel);
  assembler.pop(RDI);
  moveQuads(0x11, RDI);
  assembler.return();
  assembler.place(kernel);
  assembler.bytes(...code);
  return assembler.finish();
}

/**
 * Calls generated code with a scratch buffer inside the memory.
 *
 * @returns what a wrapper has left of 1, 2, 3, … behind the arguments
 */
function call({ code, memory, operands, scratch }: {
  code: ReturnType<typeof load>;
  memory: Memory;
  operands: Parameters<Run>[0];
  scratch: number;
}): Float32Array {
  const base = addressOf(new Uint8Array(memory.buffer));
  const block = new DataView(new ArrayBuffer(KEPT_START + 4 * KEPT_FLOATS));
  const left = new Float32Array(block.buffer, KEPT_START);
  for (let i = 0; i < KEPT_FLOATS; i++) left[i] = i + 1;
  block.setBigUint64(ARGUMENTS.scratch, base + BigInt(scratch), true);
  const { a, b, c, bias, kept } = operands;
  [a, b, c, bias, kept].forEach((region, i) =>
    block.setUint32(ARGUMENTS.operands + 4 * i, region?.address ?? 0, true)
  );
  code.call(addressOf(block), base);
  return left;
}

function addressOf(view: ArrayBufferView): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(view as Uint8Array<ArrayBuffer>));
}
