// What cells print: all of it, in order, as it happens, in few messages.

import { assert, assertEquals } from "@std/assert";
import { SUBSCRIBE, ZmtpConnection } from "../../../kernel/transport/zmtp/connection.ts";
import { kernelTest, ofType, printed, result, types } from "../testing/test_kernel.ts";

kernelTest("stdout and stderr are told apart, without colour codes", async (kernel) => {
  const answer = await kernel.execute(
    "console.log('out', { a: 1 }); console.error('err'); console.warn('warned', [2])",
  );
  assertEquals(printed(answer, "stdout"), "out { a: 1 }\n");
  assertEquals(printed(answer, "stderr"), "err\nwarned [ 2 ]\n");
});

kernelTest("100,000 lines arrive complete, in order and in few messages", async (kernel) => {
  const answer = await kernel.execute("for (let i = 0; i < 100_000; i++) console.log(i)");
  const expected = Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join("");
  assert(printed(answer, "stdout") === expected);
  assert(answer.messages.filter(ofType("stream")).length < 200);
});

kernelTest("20 MB in one print arrive", async (kernel) => {
  const answer = await kernel.execute("console.log('é'.repeat(10_000_000))");
  assert(printed(answer, "stdout") === "é".repeat(10_000_000) + "\n");
});

kernelTest("output appears while a cell is busy", async (kernel) => {
  const id = await kernel.send("execute_request", {
    code: "console.log('first'); for (const end = Date.now() + 1_000; Date.now() < end;);",
  });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("stream")));
  assert(!kernel.broadcasts(id).some(({ content }) => content.execution_state === "idle"));
  await kernel.answer(id);
});

kernelTest("direct writes and the output of subprocesses are caught, in order", async (kernel) => {
  const answer = await kernel.execute(`
    console.log("one");
    await Deno.stdout.write(new TextEncoder().encode("two\\n"));
    await new Deno.Command(Deno.execPath(), { args: ["eval", "console.log('three')"], stdout: "inherit" })
      .output();
    await Deno.jupyter.display({ "text/plain": "four" }, { raw: true });
    process.stdout.write("five\\n");`);
  assertEquals(printed(answer, "stdout"), "one\ntwo\nthree\nfive\n");
  const shown = types(answer).filter((type) => type === "stream" || type === "display_data");
  assertEquals(shown.filter((type, i) => type !== shown[i - 1]), [
    "stream",
    "display_data",
    "stream",
  ]);
});

if (Deno.build.os === "linux") {
  kernelTest("what native code prints is caught, in order", async (kernel) => {
    const answer = await kernel.execute(`
      const { symbols } = Deno.dlopen("libc.so.6", {
        puts: { parameters: ["buffer"], result: "i32" },
        fflush: { parameters: ["pointer"], result: "i32" },
      });
      console.log("before");
      symbols.puts(new TextEncoder().encode("native\\0"));
      symbols.fflush(null);
      console.log("after");`);
    assertEquals(printed(answer, "stdout"), "before\nnative\nafter\n");
  });

  kernelTest("a runaway printer costs the kernel no memory, and is interrupted", async (kernel) => {
    const pid = Number(result(await kernel.execute("Deno.ppid")));
    const before = residentBytes(pid);
    // A front end that reads nothing at all.
    const port = kernel.process.connection.iopub_port;
    const silent = new ZmtpConnection(await Deno.connect({ hostname: "127.0.0.1", port }), {
      type: "SUB",
      listener: { message: () => {} },
    });
    silent.send([new Uint8Array([SUBSCRIBE])]);
    const id = await kernel.send("execute_request", {
      code: "globalThis.bytes = 0; while (true) { console.log('x'.repeat(1e6)); bytes += 1e6 }",
    });
    let most = 0;
    for (let i = 0; i < 80; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      most = Math.max(most, residentBytes(pid) - before);
      // The test itself should not keep what it has read.
      kernel.received.iopub.splice(0);
    }
    // It levels off below 300 MB; a queue that takes all that a printer gives has passed 400 by then.
    assert(most < 400e6, `${most} bytes`);
    await kernel.request("interrupt_request", {}, "control");
    await kernel.until(() =>
      kernel.received.shell.find(({ parent_header }) => parent_header.msg_id === id)
    );
    silent.close();
  });
}

kernelTest("everything printed comes before the cell is idle", async (kernel) => {
  for (let i = 0; i < 50; i++) {
    const answer = await kernel.execute("console.log('a'); console.error('b')");
    assertEquals(printed(answer, "stdout") + printed(answer, "stderr"), "a\nb\n");
  }
});

kernelTest("carriage returns reach the front end as they are", async (kernel) => {
  const answer = await kernel.execute(
    "for (const n of [1, 2]) Deno.stdout.writeSync(new TextEncoder().encode(`\\r${n} %`))",
  );
  assertEquals(printed(answer, "stdout"), "\r1 %\r2 %");
});

/** The memory that a process holds. */
function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))!;
  return Number(kilobytes) * 1024;
}
