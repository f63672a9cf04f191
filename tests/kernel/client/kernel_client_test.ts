// The client against the real kernel.

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { KernelClient } from "../../../kernel/client/kernel_client.ts";
import { KernelDiedError } from "../../../kernel/client/kernel_process.ts";
import type { Message } from "../../../kernel/protocol/message.ts";
import { kernelArguments } from "../../../kernel/spec.ts";

/** Runs a test with a kernel, and ends it. */
async function withKernel(test: (client: KernelClient) => Promise<void>): Promise<void> {
  const client = await KernelClient.start({
    arguments: kernelArguments,
    environment: { DIALS_HISTORY: "" },
  });
  try {
    await test(client);
  } finally {
    await client.shutdown();
  }
}

/** What a cell printed, joined. */
async function printed(client: KernelClient, code: string): Promise<string> {
  let text = "";
  const onMessage = ({ header, content }: Message) => {
    if (header.msg_type === "stream") text += content.text;
  };
  const { content } = await client.execute(code, { onMessage });
  assertEquals(content.status, "ok");
  return text;
}

Deno.test("all that a cell prints has arrived when its reply is handed over", async () => {
  await withKernel(async (client) => {
    assertEquals(client.info.language_info.name, "typescript");
    const count = 5_000;
    const code = `for (let i = 0; i < ${count}; i++) console.log("line " + i);`;
    const lines = (await printed(client, code)).trimEnd().split("\n");
    assertEquals(lines.length, count);
    assertEquals(lines.at(-1), `line ${count - 1}`);
  });
});

Deno.test("code that throws is a reply with its error, and the kernel goes on", async () => {
  await withKernel(async (client) => {
    const { content } = await client.execute(`throw new RangeError("too wide")`);
    const { status, ename, evalue } = { ename: "", evalue: "", ...content };
    assertEquals([status, ename, evalue], ["error", "RangeError", "too wide"]);
    assertStringIncludes(await printed(client, `console.log("on")`), "on");
  });
});

Deno.test("an aborted signal interrupts the cell and keeps its variables", async () => {
  await withKernel(async (client) => {
    const controller = new AbortController();
    const code = `const kept = 42; console.log("waiting"); await new Promise(() => {});`;
    const onMessage = ({ header }: Message) => {
      if (header.msg_type === "stream") controller.abort();
    };
    const { content } = await client.execute(code, { onMessage, signal: controller.signal });
    assertEquals(content.status, "error");
    assertStringIncludes(await printed(client, "console.log(kept)"), "42");
  });
});

Deno.test("a kernel that dies under a cell is reported to whoever waits, and to who asks later", async () => {
  await withKernel(async (client) => {
    // A cell runs in a child of the kernel's process.
    const died = "The kernel died (it ended by SIGKILL)";
    await assertRejects(
      () => client.execute(`Deno.kill(Deno.ppid, "SIGKILL"); await new Promise(() => {});`),
      KernelDiedError,
      died,
    );
    await assertRejects(() => client.execute("1"), KernelDiedError, died);
  });
});
