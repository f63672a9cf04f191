import { assertEquals, assertMatch } from "@std/assert";
import { Guard } from "../../../lib/train/guards.ts";

/** A guard that has seen `steps` ordinary steps, with a ragged loss about 2. */
function settled({ spikeLimit = 3, steps = 40 } = {}): Guard {
  const guard = new Guard({ spikeLimit });
  for (let step = 1; step <= steps; step++) {
    const figures = { step, loss: 2 + (step % 3) / 3, gradientNorm: 0.5, learningRate: 1e-3 };
    assertEquals(guard.look(figures), undefined);
  }
  return guard;
}

const usual = { step: 41, loss: 2, gradientNorm: 0.5, learningRate: 1e-3 };

Deno.test("a loss that is no number is told with its step, norm and advice", () => {
  const complaint = settled().look({ ...usual, loss: NaN, gradientNorm: Infinity });
  assertMatch(
    complaint!,
    /^Step 41 gave a loss of NaN and a gradient norm of Infinity at a learning rate of 0.0010: .* Try a third/,
  );
});

Deno.test("a jump of the loss is told with what it had been", () => {
  const complaint = settled().look({ ...usual, loss: 7 });
  assertMatch(complaint!, /loss of 7 .* had been about 2.\d*: it has jumped. Try half/);
});

Deno.test("a gradient that explodes is told with what the norm had been", () => {
  const complaint = settled().look({ ...usual, gradientNorm: 8000 });
  assertMatch(complaint!, /norm of 8000 .* had been about 0.5: it has exploded. Try a third/);
});

Deno.test("a ragged loss and a lively norm are none of that", () => {
  const guard = settled();
  assertEquals(guard.look({ ...usual, loss: 4.5 }), undefined);
  assertEquals(guard.look({ ...usual, gradientNorm: 100 }), undefined);
});

Deno.test("the first steps may be wild", () => {
  const guard = settled({ steps: 5 });
  assertEquals(guard.look({ ...usual, step: 6, loss: 30 }), undefined);
});

Deno.test("who sets no limit to spikes has none", () => {
  const guard = settled({ spikeLimit: Infinity });
  assertEquals(guard.look({ ...usual, loss: 300, gradientNorm: 1e9 }), undefined);
});
