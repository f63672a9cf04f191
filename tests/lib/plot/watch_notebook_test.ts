// Watching a run inside a notebook, with a notebook that only remembers what was displayed.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { watch, watchReinforcement } from "../../../lib/plot/watch.ts";
import type { ReinforcementPoint } from "../../../lib/tune/reinforce.ts";
import { FakeRun, points } from "./runs.ts";

interface Shown {
  id: string;
  update: boolean;
  bundle: Record<string, string>;
  at: number;
}

let shown: Shown[] = [];
Reflect.set(Deno, "jupyter", {
  display(value: object, { display_id, update }: { display_id: string; update: boolean }) {
    const bundle = Reflect.get(value, Symbol.for("Jupyter.display")).call(value);
    shown.push({ id: display_id, update, bundle, at: performance.now() });
    return Promise.resolve();
  },
});

function charts(): Shown[] {
  return shown.filter(({ bundle }) => bundle["image/svg+xml"] !== undefined);
}

function lines(): string[] {
  return shown.filter(({ bundle }) => bundle["image/svg+xml"] === undefined)
    .map(({ bundle }) => bundle["text/plain"]);
}

Deno.test("one chart and one line are shown, and then updated in place to the end", async () => {
  shown = [];
  assertEquals(await watch(new FakeRun(points(20), { pause: 30 }), { title: "Tides" }), "result");
  assertEquals(new Set(shown.map(({ id }) => id)).size, 2);
  assertEquals(shown.map(({ update }) => update), shown.map((_, i) => i >= 2));
  assertEquals(charts()[0].bundle["text/plain"], "Tides: step 1 of 20 · loss 4.000");
  assertStringIncludes(charts().at(-1)!.bundle["text/plain"], "step 20 of 20");
  assertStringIncludes(lines()[0], "step 1 / 20");
  assertStringIncludes(lines().at(-1)!, "20 steps");
});

Deno.test("updates come about four times a second, however fast the points", async () => {
  shown = [];
  await watch(new FakeRun(points(100), { pause: 7 }));
  const times = charts().slice(0, -1).map(({ at }) => at); // the last state is shown at once
  assert(times.length >= 3, `${times.length} updates`);
  for (let i = 1; i < times.length; i++) assert(times[i] - times[i - 1] > 240);
});

Deno.test("an interrupt shows the run as stopped at once, and its last step when it ends", async () => {
  shown = [];
  const controller = new AbortController();
  const run = new FakeRun(points(5, 100), {
    end: (step) => {
      if (step === 4) {
        controller.abort();
        assertStringIncludes(charts().at(-1)!.bundle["text/plain"], "step 1 of 100");
      }
    },
  });
  assertEquals(await watch(run, { signal: controller.signal }), "result");
  assertEquals(lines().map((line) => line.split(" · ")[0]), [
    "step 1 / 100",
    "stopped at step 3 of 100",
    "stopped at step 5 of 100",
  ]);
});

Deno.test("a run that rejects because of the signal is shown as stopped", async () => {
  shown = [];
  const controller = new AbortController();
  const end = (step: number) => {
    if (step === 3) controller.abort();
    controller.signal.throwIfAborted();
  };
  const run = new FakeRun(points(9), { end });
  await assertRejects(() => watch(run, { signal: controller.signal }), DOMException);
  assertStringIncludes(lines().at(-1)!, "stopped at step 2 of 9");
});

Deno.test("an error in the run is thrown on, with the last state shown", async () => {
  shown = [];
  const end = (step: number) => {
    if (step === 7) throw new RangeError("the loss is NaN");
  };
  await assertRejects(() => watch(new FakeRun(points(9), { end })), RangeError, "the loss is NaN");
  assertStringIncludes(lines().at(-1)!, "failed after step 6 of 9");
  assertStringIncludes(charts().at(-1)!.bundle["text/plain"], "step 6 of 9");
});

Deno.test("a run without a step shows nothing", async () => {
  shown = [];
  assertEquals(await watch(new FakeRun([])), "result");
  assertEquals(shown, []);
});

Deno.test("reinforcement is shown as it goes on, and its points are what remains", async () => {
  shown = [];
  async function* run(): AsyncGenerator<ReinforcementPoint> {
    for (let step = 1; step <= 4; step++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const figures = { reward: step / 4, kl: 0.25, length: 12, entropy: 0.5, gradientNorm: 1 };
      const example = { asked: "A?", reply: "B", reward: 1 };
      yield { step, steps: 4, seconds: step, ...figures, example };
    }
  }
  const points = await watchReinforcement(run(), { title: "Practice" });
  assertEquals(points.map(({ step }) => step), [1, 2, 3, 4]);
  assertEquals(new Set(shown.map(({ id }) => id)).size, 2);
  assertStringIncludes(charts().at(-1)!.bundle["text/plain"], "Practice: step 4 of 4");
  assertEquals(
    lines().at(-1),
    "4 steps · reward 1.000 · KL 0.250 · 12 tokens an answer · entropy 0.500 · 4 s",
  );
});
