// A kernel as a process: its connection file, its end, and what is said when it ends too early.

import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { KernelClient } from "../../../kernel/client/kernel_client.ts";
import { KernelDiedError, KernelProcess } from "../../../kernel/client/kernel_process.ts";

/** A program that does `code` in place of being a kernel. */
function program(code: string): string[] {
  return [Deno.execPath(), "eval", code];
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

Deno.test("the connection file is for this user alone, and goes with the kernel", async () => {
  let file = "";
  const kernel = await KernelProcess.start({
    arguments: (connectionFile) => {
      file = connectionFile;
      return program("setInterval(() => {}, 1000)");
    },
  });
  try {
    assertEquals(JSON.parse(await Deno.readTextFile(file)), { ...kernel.connection });
    if (Deno.build.os !== "windows") assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);
    const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.connection;
    const ports = new Set([shell_port, iopub_port, stdin_port, control_port, hb_port]);
    assertEquals(ports.size, 5, "five different ports");
  } finally {
    await kernel.end();
  }
  assertFalse(await exists(file));
});

Deno.test("a kernel that will not end is killed, with the processes it started", async () => {
  const child =
    `new Deno.Command(Deno.execPath(), { args: ["eval", "setInterval(() => {}, 1e3)"] })`;
  const file = await Deno.makeTempFile();
  try {
    const kernel = await KernelProcess.start({
      arguments: () =>
        program(
          `Deno.writeTextFileSync(${JSON.stringify(file)}, String(${child}.spawn().pid));` +
            "setInterval(() => {}, 1000)",
        ),
    });
    while ((await Deno.readTextFile(file)) === "") {
      await new Promise((done) => setTimeout(done, 20));
    }
    const started = performance.now();
    await kernel.end({ grace: 100 });
    assert(performance.now() - started < 3_000);
    const pid = Number(await Deno.readTextFile(file));
    if (Deno.build.os === "linux") assertFalse(await runs(pid), "the child runs on");
  } finally {
    await Deno.remove(file);
  }
});

/** Whether a process runs, be it only for a moment more. */
async function runs(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "State: gone");
    if (/State:\s+[ZX]|gone/.test(status)) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
}

Deno.test("a kernel that cannot start says why", async () => {
  const broken = () => program(`console.error("out of luck"); Deno.exit(3)`);
  await assertRejects(
    () => KernelClient.start({ arguments: broken }),
    KernelDiedError,
    "The kernel did not start (it ended with exit code 3):\nout of luck",
  );
  await assertRejects(
    () => KernelClient.start({ arguments: () => ["no-such-program-here"] }),
    KernelDiedError,
    "The kernel's program no-such-program-here cannot be run",
  );
});

Deno.test("a kernel that never answers is given up after a while, or when asked to", async () => {
  const silent = () => program("setInterval(() => {}, 1000)");
  await assertRejects(
    () => KernelClient.start({ arguments: silent, startTimeout: 300 }),
    KernelDiedError,
    "did not answer",
  );
  await assertRejects(
    () => KernelClient.start({ arguments: silent, signal: AbortSignal.timeout(100) }),
    KernelDiedError,
    "given up",
  );
});
