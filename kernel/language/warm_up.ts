// The first cells would wait for the compiler to be compiled itself: let that happen before they come.

import { transformCell } from "./transform.ts";

/** A bit of everything that cells usually hold. */
const SAMPLE = `
import { a, type B } from "m";
const options: Record<string, number> = { steps: 1 };
async function run(value: B): Promise<number[]> {
  const all = [];
  for await (const one of a(value)) all.push(one as number);
  return all.map((x) => x * 2);
}
class Model<T> { #size = 1; constructor(readonly name: T) {} }
enum Kind { One, Two }
try { await run(options as unknown as B) } catch (error) { console.log(\`\${error}\`) }
new Model("x")`;

/** Rounds after which V8 knows the way. */
const ROUNDS = 5;

/** Compiles a sample a few times, leaving room for requests between. */
export async function warmUp(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    transformCell(SAMPLE, "warm-up");
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
