// A kernel whose cells may read their notebook's folder and nothing else.

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { parseKernelArguments, permissionFlags } from "../../../kernel/session/sandbox.ts";
import { type Answer, ofType, result, TestKernel } from "../testing/test_kernel.ts";

function sandboxTest(
  claim: string,
  sandbox: string[],
  test: (kernel: TestKernel) => Promise<void>,
): void {
  Deno.test({
    name: claim,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const folder = await Deno.realPath(await Deno.makeTempDir());
      await Deno.writeTextFile(`${folder}/near.txt`, "near");
      await Deno.writeTextFile(
        `${folder}/spy.ts`,
        "export const far = await import('/etc/hosts');",
      );
      {
        await using kernel = await TestKernel.start({ folder, sandbox });
        await test(kernel);
      }
      await Deno.remove(folder, { recursive: true });
    },
  });
}

sandboxTest("a sandboxed cell reads its folder and imports the library", [], async (kernel) => {
  assertEquals(result(await kernel.execute("Deno.readTextFileSync('near.txt')")), '"near"');
  const library =
    "import { CharTokenizer } from 'dials';\nCharTokenizer.train('ab').vocabularySize";
  assertEquals((await kernel.execute(library)).reply.content.status, "ok");
});

sandboxTest("what a sandbox refuses is an error that says how to allow it", [], async (kernel) => {
  for (
    const [code, flag] of [
      ["Deno.readTextFileSync('/etc/hosts')", "--allow-read=/etc/hosts"],
      ["Deno.writeTextFileSync('near.txt', '')", "--allow-write=near.txt"],
      ["await fetch('http://localhost:8000')", "--allow-net=localhost:8000"],
      ["Deno.env.get('HOME')", "--allow-env=HOME"],
      ["new Deno.Command('ls').outputSync()", "--allow-run=ls"],
      ["Deno.hostname()", "--allow-sys=hostname"],
      ["Deno.dlopen('libc.so.6', {})", "--allow-ffi"],
    ]
  ) {
    const answer = await kernel.execute(code);
    assertEquals(answer.reply.content.ename, "NotCapable", code);
    const [, , advice] = traceback(answer);
    assert(advice.startsWith(`  deno task kernel:install --sandbox ${flag}`), advice);
  }
  for (
    const code of ["import '/etc/hosts'", "import './spy.ts'", "import 'https://deno.land/x/a.ts'"]
  ) {
    assertMatch(
      (await kernel.execute(code)).reply.content.evalue,
      /Requires \w+ access|--no-remote/,
      code,
    );
  }
  assertEquals(result(await kernel.execute("1 + 1")), "2");
});

sandboxTest(
  "what the user has allowed, a sandboxed cell may do",
  ["--allow-env=HOME"],
  async (kernel) => {
    assertEquals((await kernel.execute("Deno.env.get('HOME')")).reply.content.status, "ok");
    assertEquals((await kernel.execute("Deno.env.get('PATH')")).reply.content.status, "error");
  },
);

sandboxTest("a sandboxed cell is interrupted, and may end its process", [], async (kernel) => {
  const id = await kernel.send("execute_request", { code: "console.log(1); while (true) {}" });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("stream")));
  await kernel.request("interrupt_request", {}, "control");
  assertEquals((await kernel.answer(id)).reply.content.ename, "Interrupted");
  assertMatch((await kernel.execute("Deno.exit(3)")).reply.content.evalue, /exit code 3/);
  assertEquals(result(await kernel.execute("1")), "1");
});

Deno.test("the kernel takes only what it knows", () => {
  assertEquals(parseKernelArguments(["c.json"]), { connectionFile: "c.json" });
  assertEquals(parseKernelArguments(["--sandbox", "--allow-net=a.b", "c.json"]), {
    connectionFile: "c.json",
    allowed: ["--allow-net=a.b"],
  });
  for (
    const wrong of [[], ["--sandbox"], ["--allow-net", "c"], ["--sandbox", "-A", "c"], [
      "--sandbox",
      "--allow-all",
      "c",
    ]]
  ) {
    assertThrows(() => parseKernelArguments(wrong), Error);
  }
});

Deno.test("without a sandbox cells may do what their user may", () => {
  assertEquals(permissionFlags("/a", undefined), ["-A"]);
});

function traceback({ messages }: Answer): string[] {
  const lines: string[] = messages.find(ofType("error"))!.content.traceback;
  return lines.map(stripVTControlCharacters);
}
