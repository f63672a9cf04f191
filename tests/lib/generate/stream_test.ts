import { assertEquals } from "@std/assert";

Deno.test("stream writes the pieces to standard output as they come", async () => {
  const module = import.meta.resolve("../../../lib/generate/stream.ts");
  const program = `
    import { stream } from ${JSON.stringify(module)};
    async function* pieces() { yield "The "; yield "häven\\n"; }
    await stream(pieces());
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", program],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(new TextDecoder().decode(stdout), "The häven\n");
});
