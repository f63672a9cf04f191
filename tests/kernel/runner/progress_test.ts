// What the runner says while cells run, on a terminal and in a log.

import { assertEquals, assertMatch } from "@std/assert";
import { duration } from "../../../kernel/notebook/time.ts";
import { Progress } from "../../../kernel/runner/progress.ts";

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

Deno.test("in a log a cell is one line, and a long one gives signs of life", async () => {
  let log = "";
  const progress = new Progress({
    write: (text) => log += text,
    refresh: { terminal: 1, log: 40 },
  });
  progress.begin("\n// Load the text.\nconst a = 1;", { position: 3, total: 12 });
  progress.end();
  assertMatch(log, /^\[ 3\/12\] +\d+ ms\s+\/\/ Load the text\. …\n$/);
  log = "";
  progress.begin("train()", { position: 4, total: 12 });
  progress.print("step 1\nstep 2\r");
  await pause(60);
  progress.end("failed");
  assertMatch(log, /^\[ 4\/12\] .* train\(\)\s+│ step 2\n\[ 4\/12\] .* train\(\)\s+← failed\n$/);
});

Deno.test("on a terminal the running cell's line is written anew and never wraps", async () => {
  let screen = "";
  const progress = new Progress({
    write: (text) => screen += text,
    columns: () => 50,
    refresh: { terminal: 10, log: 1000 },
  });
  progress.begin("const model = Transformer.create({ width: 128 });", { position: 1, total: 1 });
  progress.print(`loss ${"1.23 ".repeat(40)}`);
  await pause(35);
  progress.end();
  const lines = screen.split("\r\x1b[K").slice(1);
  assertMatch(lines[1], /│ loss 1\.23/);
  for (const line of lines.slice(0, -1)) assertEquals([...line].length <= 49, true, line);
  assertMatch(lines.at(-1)!, /width: 128 \}\);\n$/);
});

Deno.test("lengths of time read as people say them", () => {
  assertEquals([4, 99, 100, 4_120, 59_960, 125_000, 3_599_900, 3_840_000].map(duration), [
    "4 ms",
    "99 ms",
    "0.1 s",
    "4.1 s",
    "1 min 0 s",
    "2 min 5 s",
    "1 h 0 min",
    "1 h 4 min",
  ]);
});
