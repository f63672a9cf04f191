// A kernel of another language, which is interrupted by a signal: Python's, where it is installed.

import { assert, assertEquals } from "@std/assert";
import { findKernels } from "../../../kernel/server/kernels/kernelspecs.ts";
import { KernelSocket, printed } from "./testing/kernel_socket.ts";
import { TestLab } from "./testing/test_lab.ts";

/** The name of a Python kernel that can be started; undefined where there is none. */
async function pythonKernel(): Promise<string | undefined> {
  for (const { name, spec } of (await findKernels()).values()) {
    if (spec.language !== "python") continue;
    const probe = new Deno.Command(spec.argv[0], {
      args: ["-c", "import ipykernel"],
      stderr: "null",
    });
    if (await probe.output().then(({ success }) => success, () => false)) return name;
  }
}

const name = await pythonKernel();

Deno.test({
  name: "a Python kernel runs cells, is asked for a line, interrupted by its signal and restarted",
  ignore: name === undefined,
  fn: async () => {
    await using lab = await TestLab.start();
    const { status, json } = await lab.ask("/api/kernels", {
      method: "POST",
      body: { name: name! },
    });
    assertEquals([status, json.name], [201, name]);
    await using socket = await KernelSocket.open(lab, { kernel: json.id });
    assertEquals(printed(await socket.execute("kept = 42; print(6 * 7)")), "42\n");
    const asked = socket.run("print('hello', input('name?'))", { allowStdin: true });
    await socket.expect(asked, /input_request/);
    socket.send("input_reply", { value: "Ada" }, { channel: "stdin" });
    assert(printed(await socket.answer(asked)).includes("hello Ada"));
    const busy = socket.run("while True: pass");
    await socket.expect(busy, /execute_input/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lab.ask(`/api/kernels/${json.id}/interrupt`, { method: "POST" });
    const error = (await socket.answer(busy)).find(({ type }) => type === "error")!;
    assertEquals(error.content.ename, "KeyboardInterrupt");
    assertEquals(printed(await socket.execute("print(kept)")), "42\n");
    assertEquals(
      (await lab.ask(`/api/kernels/${json.id}/restart`, { method: "POST" })).status,
      200,
    );
    const reply = (await socket.execute("kept")).find(({ type }) => type === "execute_reply")!;
    assertEquals(reply.content.ename, "NameError");
    assertEquals((await lab.ask(`/api/kernels/${json.id}`, { method: "DELETE" })).status, 204);
  },
});
