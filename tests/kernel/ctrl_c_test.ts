// Ctrl-C, as a command gets it that a task runs.

import { assertEquals } from "@std/assert";

Deno.test("an interrupt that comes twice, as through a task, counts once; one that is pressed again counts", async () => {
  if (Deno.build.os === "windows") return;
  const module = new URL("../../kernel/ctrl_c.ts", import.meta.url).href;
  const code = `import { onCtrlC } from ${JSON.stringify(module)};
    onCtrlC(() => console.log("pressed"));
    setInterval(() => {}, 1_000);
    console.log("ready");`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--ext=ts", code],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let output = "";
  const until = async (text: string) => {
    while (output !== text) {
      const { done, value } = await lines.read();
      assertEquals(done, false, output);
      output += value;
    }
  };
  await until("ready\n");
  child.kill("SIGINT");
  child.kill("SIGINT");
  await until("ready\npressed\n");
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill("SIGINT");
  await until("ready\npressed\npressed\n");
  child.kill("SIGKILL");
  await child.status;
  assertEquals((await lines.read()).done, true);
});
