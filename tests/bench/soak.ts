// Runs 10,000 cells with output, interrupts and crashes mixed in, and tells whether memory and files grow.
//   deno task bench soak [--cells 10000]

import { parseArgs } from "@std/cli/parse-args";
import { ofType, TestKernel } from "../kernel/testing/test_kernel.ts";

/** Rows of the table. */
const ROWS = 10;

const cells = Number(parseArgs(Deno.args, { string: ["cells"] }).cells ?? 10_000);
await using kernel = await TestKernel.start();

/** The processes' ids: the kernel's own first. */
async function processes(): Promise<number[]> {
  const { messages } = await kernel.execute("[Deno.ppid, Deno.pid].join()");
  const text: string = messages.find(ofType("execute_result"))!.content.data["text/plain"];
  return text.replaceAll('"', "").split(",").map(Number);
}

/** Megabytes in memory, and open files. */
function usage(pid: number): { memory: number; files: number } {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))!;
  return {
    memory: Number(kilobytes) / 1024,
    files: [...Deno.readDirSync(`/proc/${pid}/fd`)].length,
  };
}

/** One cell of the mixture. */
async function cell(number: number): Promise<void> {
  if (number % 500 === 499) await kernel.execute("Deno.exit(3)");
  else if (number % 100 === 99) await interrupted("while (true) {}");
  else if (number % 100 === 49) await interrupted("await new Promise(() => {})");
  else if (number % 10 === 9) await expected("throw new Error('on purpose')", "Error");
  else if (number % 10 === 5) await expected("for (let i = 0; i < 100; i++) console.log(i)");
  else await expected(`const a${number % 50}: number = ${number}; [{ a: ${number} }]`);
}

/** @throws {Error} if the cell ends in another way than it should */
async function expected(code: string, ename?: string): Promise<void> {
  const { reply } = await kernel.execute(code);
  if (reply.content.ename !== ename) {
    throw new Error(`${code} ended with ${reply.content.ename}: ${reply.content.evalue}`);
  }
}

async function interrupted(code: string): Promise<void> {
  const id = await kernel.send("execute_request", { code });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("execute_input")));
  await kernel.request("interrupt_request", {}, "control");
  await kernel.answer(id);
}

if (Deno.build.os !== "linux") {
  console.error("The soak reads memory and open files from /proc, which only Linux has.");
  Deno.exit(1);
}
const started = performance.now();
console.log("  cells  seconds  kernel MB  kernel files  cells' MB  cells' files");
for (let row = 0; row <= ROWS; row++) {
  const [own, child] = (await processes()).map(usage);
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    [
      String(row * cells / ROWS).padStart(7),
      seconds.toFixed(0).padStart(8),
      own.memory.toFixed(0).padStart(10),
      String(own.files).padStart(13),
      child.memory.toFixed(0).padStart(10),
      String(child.files).padStart(13),
    ].join(" "),
  );
  if (row === ROWS) break;
  for (let i = 0; i < cells / ROWS; i++) {
    await cell(row * cells / ROWS + i);
    // What has been received is the client's memory, and every search goes through it.
    for (const channel of Object.values(kernel.received)) channel.length = 0;
  }
}
