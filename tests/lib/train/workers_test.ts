import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { arenaBackend } from "../../../lib/tensor/arena/regions.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { TrainingError } from "../../../lib/train/guards.ts";
import type { TrainingOptions } from "../../../lib/train/options.ts";
import type { TrainingData } from "../../../lib/train/training_data.ts";
import { train } from "../../../lib/train/train.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CHAT_TOKENS, type ChatMessage } from "../../../lib/tokenizer/chat.ts";
import { withLora } from "../../../lib/tune/lora.ts";
import { ChatData } from "../../../lib/tune/chat_data.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { data, inFolder, smallModel, tokenizer, valuesOf } from "./tide.ts";
import { loadModel } from "../../../lib/formats/model_file.ts";
import { join } from "@std/path";

const options: TrainingOptions = {
  steps: 8,
  batch: 6,
  learningRate: 1e-2,
  evaluateEvery: 4,
};

await useBackend("auto");

/** Losses, norms and validation losses of a run, and the parameters it ends with. */
async function numbersOf(changed: Partial<TrainingOptions>): Promise<number[]> {
  const model = smallModel();
  const { points } = await train(model, data, { ...options, ...changed });
  const figures = points.flatMap((point) => [
    point.loss,
    point.gradientNorm,
    point.validationLoss ?? 0,
  ]);
  const values = await Promise.all([...model.parameters.values()].map((value) => value.data()));
  return [...figures, ...values.flatMap((value) => [...value])];
}

const kinds: Partial<TrainingOptions>[] = [
  {},
  { accumulate: 3 },
  { optimizer: "muon", ema: 0.9, dropout: 0.2, accumulate: 2 },
];
for (const kind of kinds) {
  Deno.test(`1, 2 and 4 workers train the same numbers: ${JSON.stringify(kind)}`, async () => {
    const alone = await numbersOf({ ...kind, workers: 0 });
    assertEquals(await numbersOf({ ...kind, workers: 1 }), alone);
    for (const workers of [2, 4]) {
      const together = await numbersOf({ ...kind, workers });
      together.forEach((value, i) => assertAlmostEquals(value, alone[i], 2e-3));
    }
  });
}

for (const backend of ["wasm", "cpu", "webgpu"] as const) {
  Deno.test(`the ${backend} backend trains the numbers of the fastest, in workers too`, async () => {
    const shared = { steps: 4, evaluateEvery: 2, optimizer: "muon" } as const;
    const fastest = await numbersOf({ ...shared, workers: 0 });
    try {
      await useBackend(backend);
    } catch (error) {
      return console.log(`left out: ${(error as Error).message}`);
    }
    try {
      for (const workers of [0, 1]) {
        const found = await numbersOf({ ...shared, workers });
        found.forEach((value, i) => assertAlmostEquals(value, fastest[i], 2e-3));
      }
    } finally {
      await useBackend("auto");
    }
  });
}

Deno.test("a signal stops a run within a step, and the model keeps what it learned", async () => {
  const controller = new AbortController();
  const model = smallModel();
  const before = valuesOf(model);
  const run = train(model, data, {
    ...options,
    steps: 100_000,
    workers: 2,
    signal: controller.signal,
  });
  let last = 0;
  for await (const { step } of run) {
    last = step;
    if (step === 20) controller.abort();
  }
  const { step, stopped, points } = await run;
  assert(stopped && step >= 20 && step < 20 + 20, `stopped at ${step}`);
  assertEquals(points.map((point) => point.step), Array.from({ length: step }, (_, i) => i + 1));
  assertEquals(last, step);
  assert(valuesOf(model).join() !== before.join());
});

Deno.test("a reader that is slow has the run wait for it", async () => {
  const run = train(smallModel(), data, { ...options, steps: 1000, workers: 1 });
  for await (const { step } of run) {
    if (step < 3) continue;
    await new Promise((resolve) => setTimeout(resolve, 300));
    break;
  }
  const { step } = await run;
  assert(step >= 3 && step <= 3 + 17, `got to step ${step}`);
});

Deno.test("this thread stays free while workers train", async () => {
  const run = train(smallModel(), data, { ...options, steps: 200, workers: 1 });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await run;
  clearInterval(timer);
  assert(turns > 10, `${turns} turns`);
});

Deno.test("two runs go on side by side, each as if alone", async () => {
  const alone = await numbersOf({ workers: 1 });
  const both = await Promise.all([numbersOf({ workers: 1 }), numbersOf({ workers: 1 })]);
  assertEquals(both, [alone, alone]);
});

Deno.test("data that only its maker can draw from reaches the workers", async () => {
  const chats = ["Mara", "Oskar", "the tide", "a boat"].map((word): ChatMessage[] => [
    { role: "user", content: `Who is ${word}?` },
    { role: "assistant", content: `${word} it is.` },
  ]);
  const characters = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
  const made = new ChatData(characters, { train: chats, validation: chats });
  const numbers = async (workers: number) => {
    const { vocabularySize } = characters;
    const model = Transformer.create({
      vocabularySize,
      context: 64,
      layers: 1,
      width: 16,
      heads: 2,
    });
    const { points } = await train(model, made, { ...options, steps: 20, workers });
    return points.flatMap(({ loss, validationLoss = 0 }) => [loss, validationLoss]);
  };
  const alone = await numbers(0);
  assertEquals(await numbers(1), alone);
  (await numbers(2)).forEach((value, i) => assertAlmostEquals(value, alone[i], 1e-3));
});

/** Data whose draw for `step` is what `change` makes of it. */
function changedData(
  change: (batch: ReturnType<TrainingData["sample"]>, step: number) => void,
): TrainingData {
  return {
    tokenizer,
    validationBatches: () => [],
    sample(which) {
      const batch = data.sample(which);
      change(batch, which.step);
      return batch;
    },
  };
}

Deno.test("a model with an adapter trains that alone", async () => {
  const model = withLora(smallModel(), { rank: 2 });
  const before = model.values();
  await train(model, data, { ...options, steps: 3, workers: 2 });
  for (const [name, values] of model.values()) {
    const isSame = values.join() === before.get(name)!.join();
    assertEquals(isSame, !name.includes(".lora_"), name);
  }
});

for (const workers of [1, 2]) {
  Deno.test(`${workers} workers: one that fails ends the run with the last good parameters`, () =>
    inFolder(async (folder) => {
      // An id that no embedding has makes the worker that meets it throw.
      const wrong = changedData((batch, step) => {
        if (step === 7) batch.inputs[batch.inputs.length - 1] = 1000;
      });
      const model = smallModel();
      const run = train(model, wrong, {
        ...options,
        steps: 20,
        checkpointEvery: 5,
        workers,
        folder,
      });
      await assertRejects(async () => await run, TrainingError, "A training worker failed");
      const { model: kept } = await loadModel(join(folder, "checkpoint.safetensors"));
      assertEquals(valuesOf(model), valuesOf(kept));
    }));
}

Deno.test("data that cannot be drawn ends the run with its own error", async () => {
  const wrong = changedData((_, step) => {
    if (step === 9) throw new RangeError("the pages are out");
  });
  const run = train(smallModel(), wrong, { ...options, steps: 30, workers: 2 });
  await assertRejects(async () => await run, RangeError, "the pages are out");
});

Deno.test("runs give back the memory they took", async () => {
  const model = smallModel();
  const run = () => train(model, data, { ...options, workers: 2 });
  await run();
  const before = bytesTaken();
  for (let i = 0; i < 3; i++) await run();
  assertEquals(bytesTaken(), before);
});

function bytesTaken(): number {
  return arenaBackend().arena.pages.bytesTaken();
}
