import { assertEquals } from "@std/assert";

Deno.test("stream writes the pieces to standard output and returns the whole text", async () => {
  const module = import.meta.resolve("../../../lib/generate/stream.ts");
  const program = `
    import { stream } from ${JSON.stringify(module)};
    async function* pieces() { yield "The "; yield "häven\\n"; }
    console.error(JSON.stringify(await stream(pieces())));
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", program],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(new TextDecoder().decode(stdout), "The häven\n");
  assertEquals(new TextDecoder().decode(stderr).trim(), '"The häven\\n"');
});
