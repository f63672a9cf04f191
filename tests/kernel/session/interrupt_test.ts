// Interrupts: the cell stops, everything else stays.

import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type Answer,
  kernelTest,
  ofType,
  printed,
  result,
  TestKernel,
} from "../testing/test_kernel.ts";

/** Runs a cell and interrupts it once it has printed. */
async function interrupted(kernel: TestKernel, code: string): Promise<Answer & { took: number }> {
  const id = await kernel.send("execute_request", { code: `console.log("started");\n${code}` });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("stream")));
  const start = performance.now();
  await kernel.request("interrupt_request", {}, "control");
  const answer = await kernel.answer(id);
  return { ...answer, took: performance.now() - start };
}

/** A test whose kernel gives cells `seconds` to notice an interrupt. */
function graceTest(
  claim: string,
  seconds: string,
  test: (kernel: TestKernel) => Promise<void>,
): void {
  kernelTest(claim, test, { environment: { DIALS_GRACE: seconds } });
}

for (
  const [what, code] of [
    ["an awaiting cell", "await new Promise(() => {})"],
    [
      "an awaiting loop",
      "for await (const _ of { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) });",
    ],
    ["a loop that awaits nothing real", "while (true) await null"],
    ["a busy loop", "while (true) {}"],
    ["a busy loop without a block", "for (let i = 0; ; i++);"],
    [
      "a busy loop that always continues, once it has been compiled",
      "let n = 0; outer: while (true) { for (let i = 0; i < 1e3; i++) { n += i; if (i > 9) continue outer } }",
    ],
    ["a busy loop that tests last", "do { } while (true)"],
    [
      "a busy recursion",
      "const fork = (n: number): number => n < 2 ? 1 : fork(n - 1) + fork(n - 2); fork(80)",
    ],
    ["a loop that catches everything", "while (true) { try { await null } catch { } }"],
  ]
) {
  kernelTest(`an interrupt stops ${what} and keeps its variables`, async (kernel) => {
    await kernel.execute("let kept = 'kept'");
    const { reply, took } = await interrupted(kernel, code);
    assertEquals(reply.content.ename, "Interrupted");
    assert(took < 1_000, `${took} ms`);
    assertEquals(result(await kernel.execute("kept")), '"kept"');
  });
}

kernelTest("an interrupt stops a loop inside a function of an earlier cell", async (kernel) => {
  await kernel.execute("function spin() { while (true) {} }");
  assertEquals((await interrupted(kernel, "spin()")).reply.content.ename, "Interrupted");
});

kernelTest("finally blocks run, and may await, after an interrupt", async (kernel) => {
  const answer = await interrupted(
    kernel,
    `try { await new Promise(() => {}) }
     catch (error) { console.log("caught") }
     finally { await new Promise((done) => setTimeout(done, 20)); console.log("cleaned up") }`,
  );
  assertEquals(printed(answer, "stdout"), "started\ncleaned up\n");
  assertEquals(answer.reply.content.ename, "Interrupted");
});

kernelTest("an interrupt ends loops that the cell left in the background", async (kernel) => {
  await kernel.execute(`
    globalThis.turns = 0;
    (async () => { while (true) { await new Promise((done) => setTimeout(done, 5)); turns++ } })();`);
  await interrupted(kernel, "await new Promise(() => {})");
  const turns = result(await kernel.execute("turns"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const later = await kernel.execute("turns");
  assertEquals(result(later), turns);
  assertEquals(printed(later, "stderr"), "");
});

kernelTest("an interrupt aborts the cell's signal, and with it what listens", async (kernel) => {
  await kernel.execute(
    "const signal = () => globalThis[Symbol.for('Jupyter.signal')] as AbortSignal",
  );
  assertEquals(result(await kernel.execute("signal().aborted")), "false");
  const answer = await interrupted(
    kernel,
    "signal().addEventListener('abort', () => console.log('heard')); await new Promise(() => {})",
  );
  assertEquals(printed(answer, "stdout"), "started\nheard\n");
});

kernelTest("a fetch with the cell's signal ends with the cell", async (kernel) => {
  // A server that takes connections and never answers.
  using server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = server.accept();
  const code = `const signal = globalThis[Symbol.for("Jupyter.signal")];
    await fetch("http://127.0.0.1:${(server.addr as Deno.NetAddr).port}/", { signal })`;
  const id = await kernel.send("execute_request", { code });
  using connection = await accepted;
  const buffer = new Uint8Array(4_096);
  await connection.read(buffer);
  await kernel.request("interrupt_request", {}, "control");
  assertEquals((await kernel.answer(id)).reply.content.ename, "Interrupted");
  // The request has been given up.
  assertEquals(await connection.read(buffer), null);
});

kernelTest("cells that wait behind an interrupted one are aborted", async (kernel) => {
  const first = await kernel.send("execute_request", { code: "await new Promise(() => {})" });
  const second = await kernel.send("execute_request", { code: "1" });
  await kernel.until(() => kernel.broadcasts(first).find(ofType("execute_input")));
  await kernel.request("interrupt_request", {}, "control");
  assertEquals((await kernel.answer(first)).reply.content.status, "error");
  assertEquals((await kernel.answer(second)).reply.content.status, "aborted");
});

kernelTest(
  "cells behind an interrupted one are aborted, whatever they say of errors",
  async (kernel) => {
    const first = await kernel.send("execute_request", {
      code: "while (true) await null",
      stop_on_error: false,
    });
    const second = await kernel.send("execute_request", { code: "1" });
    await kernel.until(() => kernel.broadcasts(first).find(ofType("execute_input")));
    await kernel.request("interrupt_request", {}, "control");
    assertEquals((await kernel.answer(second)).reply.content.status, "aborted");
  },
);

kernelTest("each of two front ends can interrupt what the other runs", async (kernel) => {
  await using other = await kernel.another();
  const id = await kernel.send("execute_request", { code: "console.log(1); while (true) {}" });
  await other.until(() => other.broadcasts(id).find(ofType("stream")));
  await other.request("interrupt_request", {}, "control");
  assertEquals((await kernel.answer(id)).reply.content.ename, "Interrupted");
});

if (Deno.build.os === "linux") {
  const native = "Deno.dlopen('libc.so.6', { sleep: { parameters: ['u32'], result: 'u32' } })" +
    ".symbols.sleep(60)";

  graceTest(
    "a native call that outlasts the grace period is ended, and says so",
    "0.3",
    async (kernel) => {
      await kernel.execute("let lost = 1");
      const { reply, took } = await interrupted(kernel, native);
      assertMatch(reply.content.evalue, /did not notice.*within 0.3 s.*all variables are gone/);
      assert(took > 300 && took < 3_000, `${took} ms`);
      assertEquals(result(await kernel.execute("typeof lost")), '"undefined"');
    },
  );

  graceTest(
    "a cell that notices its interrupt has all the time it needs to clean up",
    "0.3",
    async (kernel) => {
      await kernel.execute("let kept = 1");
      const cleanup = "finally { await new Promise((done) => setTimeout(done, 800)); kept = 2 }";
      const { reply } = await interrupted(kernel, `try { await new Promise(() => {}) } ${cleanup}`);
      assertEquals(reply.content.ename, "Interrupted");
      assertEquals(result(await kernel.execute("kept")), "2");
    },
  );
}

kernelTest("an interrupt between cells does nothing", async (kernel) => {
  await kernel.request("interrupt_request", {}, "control");
  assertEquals(result(await kernel.execute("await Promise.resolve(1)")), "1");
});

kernelTest("an interrupt that comes with its cell stops it", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "await new Promise(() => {})" });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("status")));
  await kernel.request("interrupt_request", {}, "control");
  assertEquals((await kernel.answer(id)).reply.content.ename, "Interrupted");
});

kernelTest("an interrupt ends a question to the user", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "prompt('?')", allow_stdin: true });
  await kernel.until(() => kernel.received.stdin[0]);
  await kernel.request("interrupt_request", {}, "control");
  await kernel.answer(id);
  assertEquals(result(await kernel.execute("1")), "1");
});

if (Deno.build.os !== "windows") {
  kernelTest("SIGINT interrupts as the message does", async (kernel) => {
    // A cell's parent process is the kernel process.
    const { reply } = await kernel.execute("Deno.kill(Deno.ppid, 'SIGINT'); while (true) {}");
    assertEquals(reply.content.ename, "Interrupted");
  });
}
