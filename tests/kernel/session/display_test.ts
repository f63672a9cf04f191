// What cells show beside text.

import { assertEquals } from "@std/assert";
import { kernelTest, ofType } from "../testing/test_kernel.ts";

kernelTest("a value shows itself by its Jupyter.display method", async (kernel) => {
  const { messages } = await kernel.execute(
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }) })",
  );
  assertEquals(messages.find(ofType("execute_result"))!.content, {
    data: { "text/html": "<b>x</b>", "text/plain": "x" },
    metadata: {},
    execution_count: 1,
  });
});

kernelTest("a display method may be asynchronous, and must give MIME types", async (kernel) => {
  const waiting = "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': 'late' }) })";
  const { messages } = await kernel.execute(waiting);
  assertEquals(messages.find(ofType("execute_result"))!.content.data, { "text/html": "late" });
  const { reply } = await kernel.execute("({ [Symbol.for('Jupyter.display')]: () => 3 })");
  assertEquals(reply.content.ename, "TypeError");
});

kernelTest("Deno.jupyter shows Markdown, HTML, SVG and images", async (kernel) => {
  const png = "new Uint8Array([0x89, 0x50, 0x4e, 0x47])";
  for (
    const [code, data] of [
      ["md`# ${1}`", { "text/markdown": "# 1" }],
      ["html`<b>${'x'}</b>`", { "text/html": "<b>x</b>" }],
      ["svg`<svg/>`", { "image/svg+xml": "<svg/>" }],
      [`image(${png})`, { "image/png": "iVBORw==" }],
    ] as const
  ) {
    const { messages } = await kernel.execute(`Deno.jupyter.${code}`);
    assertEquals(messages.find(ofType("execute_result"))!.content.data, data);
  }
});

kernelTest("a display is updated by its id", async (kernel) => {
  const { messages } = await kernel.execute(`
    await Deno.jupyter.display(Deno.jupyter.html\`a\`, { display_id: "one" });
    await Deno.jupyter.display({ "text/html": "b" }, { raw: true, display_id: "one", update: true });`);
  const transient = { display_id: "one" };
  assertEquals(messages.find(ofType("display_data"))!.content, {
    data: { "text/html": "a" },
    metadata: {},
    transient,
  });
  assertEquals(messages.find(ofType("update_display_data"))!.content, {
    data: { "text/html": "b" },
    metadata: {},
    transient,
  });
});

kernelTest("a cell broadcasts messages with metadata and bytes", async (kernel) => {
  const { messages } = await kernel.execute(
    "await Deno.jupyter.broadcast('clear_output', { wait: true }, { metadata: { a: 1 }, buffers: [new Uint8Array([1, 255])] })",
  );
  const message = messages.find(ofType("clear_output"))!;
  assertEquals(message.content, { wait: true });
  assertEquals(message.metadata, { a: 1 });
  assertEquals(message.buffers.map((buffer) => [...buffer]), [[1, 255]]);
});

kernelTest("a display of several megabytes arrives whole", async (kernel) => {
  const { messages } = await kernel.execute(
    "await Deno.jupyter.display({ 'text/plain': 'x'.repeat(5_000_000) }, { raw: true })",
  );
  assertEquals(messages.find(ofType("display_data"))!.content.data["text/plain"].length, 5_000_000);
});
