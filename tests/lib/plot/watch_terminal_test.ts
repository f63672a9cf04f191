import { assertEquals } from "@std/assert";

Deno.test("outside a notebook, watching a run prints lines of progress and returns its result", async () => {
  const [watch, runs] = ["../../../lib/plot/watch.ts", "./runs.ts"].map((path) =>
    JSON.stringify(import.meta.resolve(path))
  );
  const program = `
    import { watch } from ${watch};
    import { FakeRun, points } from ${runs};
    console.log(await watch(new FakeRun(points(30), { pause: 20 })));
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program],
    env: { NO_COLOR: "1" },
    cwd: new URL("../../../", import.meta.url),
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(lines[0], "step 1 / 30 · loss 4.000 · 5,300 tokens/s");
  assertEquals(lines.at(-2), "30 steps · loss 1.103 · validation 1.200 · 5,300 tokens/s · 15 s");
  assertEquals(lines.at(-1), "result");
});

Deno.test("watching begins with what the run is going to take", async () => {
  const [watch, runs] = ["../../../lib/plot/watch.ts", "./runs.ts"].map((path) =>
    JSON.stringify(import.meta.resolve(path))
  );
  const program = `
    import { watch } from ${watch};
    import { FakeRun, points } from ${runs};
    const run = new FakeRun(points(3), { pause: 20 });
    await watch(Object.assign(run, { estimate: Promise.resolve({ seconds: 130, bytes: 3e8 }) }));
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program],
    env: { NO_COLOR: "1" },
    cwd: new URL("../../../", import.meta.url),
  }).output();
  assertEquals(new TextDecoder().decode(stdout).split("\n")[0], "About 2 min 10 s, 300 MB.");
});
