// Measures how soon an interrupt stops a cell, and what its check costs loops.
//   deno task bench interrupts [--json]

import { ofType, result, TestKernel } from "../kernel/testing/test_kernel.ts";

/** How often each kind of cell is interrupted. */
const TIMES = 20;

/** How often each loop is measured. */
const ROUNDS = 3;

/** Cells that run for ever, by what they do. */
const ENDLESS: Record<string, string> = {
  "an awaiting cell": "await new Promise(() => {})",
  "a busy loop": "while (true) {}",
  "a busy recursion":
    "const fork = (n: number): number => n < 2 ? 1 : fork(n - 1) + fork(n - 2); fork(80)",
  "a loop in a function of an earlier cell": "spin()",
};

/** Bodies of functions whose loops are measured with and without the check. */
const LOOPS: Record<string, string> = {
  "10⁹ additions": "let s = 0; for (let i = 0; i < 1e9; i++) s += i; return s;",
  "10⁸ calls of Math.sin": "let s = 0; for (let i = 0; i < 1e8; i++) s += Math.sin(i); return s;",
  "10⁷ calls of a method":
    "const m = new Map(); for (let i = 0; i < 1e7; i++) m.set(i & 255, i); return m.size;",
};

await using kernel = await TestKernel.start();
await kernel.execute("function spin() { while (true) {} }");

/** Milliseconds from the interrupt to the reply of the cell. */
async function interrupted(code: string): Promise<number> {
  const id = await kernel.send("execute_request", { code });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("execute_input")));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const start = performance.now();
  await kernel.send("interrupt_request", {}, "control");
  await kernel.answer(id);
  return performance.now() - start;
}

/** Milliseconds that a loop takes as V8 compiles it, and as a cell has it: the best of three each, in turns. */
async function cost(body: string): Promise<{ plain: number; checked: number }> {
  await kernel.execute(`function checked() { ${body} }`);
  // What a string becomes a function by is not cell code.
  await kernel.execute(`const plain = new Function(${JSON.stringify(body)})`);
  const best = { plain: Infinity, checked: Infinity };
  for (let i = 0; i < ROUNDS; i++) {
    for (const name of ["plain", "checked"] as const) {
      const code = `const start = performance.now(); ${name}(); performance.now() - start`;
      best[name] = Math.min(best[name], Number(result(await kernel.execute(code))));
    }
  }
  return best;
}

const stops: Record<string, { median: number; slowest: number }> = {};
for (const [what, code] of Object.entries(ENDLESS)) {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) times.push(await interrupted(code));
  times.sort((a, b) => a - b);
  stops[what] = { median: times[TIMES >> 1], slowest: times[TIMES - 1] };
}
const costs: Record<string, { plain: number; checked: number }> = {};
for (const [what, body] of Object.entries(LOOPS)) costs[what] = await cost(body);

if (Deno.args.includes("--json")) console.log(JSON.stringify({ stops, costs }, null, 2));
else {
  const row = (what: string, ...columns: string[]) =>
    console.log(what.padEnd(42) + columns.map((text) => text.padStart(12)).join(""));
  row("milliseconds until an interrupt stops", "median", `of ${TIMES}: max`);
  for (const [what, { median, slowest }] of Object.entries(stops)) {
    row(what, median.toFixed(1), slowest.toFixed(1));
  }
  console.log();
  row("milliseconds for", "unchecked", "checked", "cost");
  for (const [what, { plain, checked }] of Object.entries(costs)) {
    const percent = 100 * (checked / plain - 1);
    row(what, plain.toFixed(0), checked.toFixed(0), `${percent.toFixed(1)} %`);
  }
}
