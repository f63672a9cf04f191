import { assertEquals } from "@std/assert";
import { statusLine } from "../../../lib/plot/status_line.ts";
import { points } from "./runs.ts";

Deno.test("a run under way says how far it is and how long it will take", () => {
  assertEquals(
    statusLine(points(1200, 1340), "running"),
    "step 1,200 / 1,340 · loss 1.003 · validation 1.103 · 5,300 tokens/s · 1 min 10 s left",
  );
});

Deno.test("a run that has ended says how", () => {
  assertEquals(
    statusLine(points(40), "done"),
    "40 steps · loss 1.077 · validation 1.175 · 5,300 tokens/s · 20 s",
  );
  assertEquals(statusLine(points(5, 40), "stopped").slice(0, 23), "stopped at step 5 of 40");
  assertEquals(statusLine(points(5, 40), "failed").slice(0, 23), "failed after step 5 of ");
  assertEquals(statusLine([], "stopped"), "stopped");
});

Deno.test("bits per byte stand beside the validation loss they go with", () => {
  const [point] = points(1, 9).map((point) => ({ ...point, validationLoss: 4, bitsPerByte: 2.5 }));
  assertEquals(
    statusLine([point], "running"),
    "step 1 / 9 · loss 4.000 · validation 4.000 · 2.500 bits per byte · 5,300 tokens/s",
  );
});
