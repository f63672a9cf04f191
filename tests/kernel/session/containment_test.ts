// A cell can end its own process. It is told so, and the next one runs.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { kernelArguments } from "../../../kernel/spec.ts";
import { kernelTest, ofType, result, TestKernel } from "../testing/test_kernel.ts";

for (
  const [what, code, why] of [
    ["Deno.exit", "Deno.exit(3)", /exit code 3/],
    ["process.exit after an await", "await null; process.exit(4)", /exit code 4/],
    ["a crash", "Deno.kill(Deno.pid, 'SIGABRT')", /SIGABRT/],
    [
      "a crash of native code",
      "new Deno.UnsafePointerView(Deno.UnsafePointer.create(8n)!).getUint8()",
      /SIGSEGV/,
    ],
  ] as const
) {
  kernelTest(
    `a cell that ends its process by ${what} says so, and the next one runs`,
    async (kernel) => {
      await kernel.execute("const lost = 1");
      const { reply } = await kernel.execute(code);
      assertEquals(reply.content.status, "error");
      assertMatch(reply.content.evalue, why);
      assertMatch(reply.content.evalue, /all variables are gone/);
      assertEquals(result(await kernel.execute("typeof lost")), '"undefined"');
    },
  );
}

kernelTest("a garbage collection just as a cell ends does no harm", async (kernel) => {
  await kernel.execute(`
    import v8 from "node:v8";
    import vm from "node:vm";
    v8.setFlagsFromString("--expose-gc");
    const collect = vm.runInNewContext("gc");`);
  for (const code of ["1", "throw 2", "await null"]) {
    const { reply } = await kernel.execute(`queueMicrotask(() => collect());\n${code}`);
    assertEquals(reply.content.ename ?? "none", code === "throw 2" ? "Thrown" : "none");
  }
  assertEquals(result(await kernel.execute("typeof collect")), '"function"');
});

Deno.test({
  name: "a cell that exhausts the memory it was given says so, and the next one runs",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using kernel = await TestKernel.start({ environment: { DIALS_MEMORY: "200" } });
    const code = "const a: unknown[] = []; while (true) a.push(new Array(1e5).fill({}))";
    const { reply } = await kernel.execute(code);
    assertMatch(reply.content.evalue, /out of memory.*all variables are gone/);
    assertEquals(result(await kernel.execute("1")), "1");
  },
});

kernelTest("what fails after its cell has ended is told, and loses nothing", async (kernel) => {
  const id = await kernel.send("execute_request", {
    code: `let kept = 1;
      setTimeout(() => { throw new Error("in a timer") }, 5);
      void (async () => { await null; throw new Error("in a promise") })();`,
  });
  await kernel.answer(id);
  const told = () =>
    kernel.received.iopub.filter(ofType("stream")).map(({ content }) => content.text).join("");
  await kernel.until(() => told().includes("in a timer") ? true : undefined);
  assertMatch(told(), /a promise was rejected and nothing handled it.*\n.*in a promise/);
  assertMatch(told(), /an error was thrown outside a cell.*\n.*in a timer\n\s+at .*In\[1\]:2/);
  assertEquals(result(await kernel.execute("kept")), "1");
});

kernelTest("a process that ends between cells is replaced, and the user told", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "setTimeout(() => Deno.exit(5), 20)" });
  await kernel.answer(id);
  const told = await kernel.until(() => kernel.broadcasts(id).find(ofType("stream")));
  assertMatch(String(told.content.text), /exit code 5.*all variables are gone/);
  assertEquals(result(await kernel.execute("1")), "1");
});

kernelTest("a shutdown is answered and leaves no process behind", async (kernel) => {
  const pids = await pidsOf(kernel);
  const { reply } = await kernel.request("shutdown_request", { restart: true }, "control");
  assertEquals(reply.content, { status: "ok", restart: true });
  assertEquals((await kernel.process.ended).code, 0);
  await kernel.until(() => pids.some(isAlive) ? undefined : true);
});

kernelTest("a shutdown ends a busy cell", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "while (true) {}" });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("execute_input")));
  await kernel.request("shutdown_request", { restart: false }, "control");
  assertEquals((await kernel.process.ended).code, 0);
});

if (Deno.build.os !== "windows") {
  kernelTest("a kernel that is killed leaves no cell behind, busy or not", async (kernel) => {
    const pids = await pidsOf(kernel);
    const id = await kernel.send("execute_request", { code: "console.log(1); while (true) {}" });
    await kernel.until(() => kernel.broadcasts(id).find(ofType("stream")));
    Deno.kill(pids[1], "SIGKILL");
    await kernel.until(() => pids.some(isAlive) ? undefined : true);
  });
}

if (Deno.build.os !== "windows") {
  Deno.test({
    name: "a kernel that is killed leaves no file behind",
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      {
        await using kernel = await TestKernel.start({ environment: { TMPDIR: folder } });
        const pids = await pidsOf(kernel);
        await kernel.execute("import fc from 'npm:fast-check@4.3.0'; fc.string()");
        Deno.kill(pids[1], "SIGKILL");
        await kernel.until(() => pids.some(isAlive) ? undefined : true);
      }
      assertEquals([...Deno.readDirSync(folder)], []);
      await Deno.remove(folder);
    },
  });
}

if (Deno.build.os !== "windows") {
  Deno.test("a kernel whose front end has died ends by itself", async () => {
    const folder = await Deno.makeTempDir();
    const ports = ["shell", "iopub", "stdin", "control", "hb"].map((
      name,
      i,
    ) => [`${name}_port`, 21_870 + i]);
    await Deno.writeTextFile(`${folder}/c.json`, JSON.stringify(Object.fromEntries(ports)));
    // A front end that starts a kernel, tells its process id and dies.
    const { stdout } = await new Deno.Command("sh", {
      args: [
        "-c",
        '"$@" >/dev/null 2>&1 & echo $!; sleep 2',
        "sh",
        ...kernelArguments(`${folder}/c.json`),
      ],
      env: { JPY_PARENT_PID: "1" },
    }).output();
    const pid = Number(new TextDecoder().decode(stdout));
    assert(isAlive(pid));
    const deadline = Date.now() + 10_000;
    while (isAlive(pid) && Date.now() < deadline) await new Promise((next) => setTimeout(next, 50));
    assert(!isAlive(pid));
    await Deno.remove(folder, { recursive: true });
  });
}

/** The cell process and its parent, the kernel process. */
async function pidsOf(kernel: TestKernel): Promise<number[]> {
  const pids = JSON.parse(result(await kernel.execute("[Deno.pid, Deno.ppid]"))!) as number[];
  assert(pids.every(isAlive));
  return pids;
}

function isAlive(pid: number): boolean {
  try {
    Deno.kill(pid, 0 as unknown as Deno.Signal);
    return true;
  } catch {
    return false; // No such process.
  }
}
