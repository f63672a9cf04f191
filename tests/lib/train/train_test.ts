import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { tokenizeCorpus } from "../../../lib/corpus/tokenize.ts";
import { ConfigError, CorpusError, FormatError } from "../../../lib/errors.ts";
import {
  loadModel,
  readModelFile,
  saveModel,
  writeModelFile,
} from "../../../lib/formats/model_file.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import type { TrainingOptions } from "../../../lib/train/options.ts";
import type { TrainingData } from "../../../lib/train/training_data.ts";
import { train, TrainingError } from "../../../lib/train/train.ts";

const text = "the tide comes in, the tide goes out, and the boats lie dry. ".repeat(60);
const tokenizer = CharTokenizer.train(text);
const data = tokenizeCorpus({ name: "tide", source: "test", text }, tokenizer);

const options: TrainingOptions = { steps: 12, batch: 4, learningRate: 1e-2, evaluateEvery: 6 };

await useBackend("auto");

function smallModel(): Transformer {
  const { vocabularySize } = tokenizer;
  return Transformer.create({ vocabularySize, context: 16, layers: 2, heads: 2, width: 16 });
}

function valuesOf(model: Transformer): number[][] {
  return [...model.values().values()].map((values) => [...values]);
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("training lowers the loss on text it has not seen", async () => {
  const model = smallModel();
  const run = train(model, data, { ...options, steps: 150, evaluateEvery: 50 });
  const { points, validationLoss, bitsPerByte, stopped } = await run;
  assertEquals(points.length, 150);
  assert(!stopped);
  assertAlmostEquals(points[0].loss, Math.log(tokenizer.vocabularySize), 0.3);
  assert(validationLoss! < 1, `validation loss ${validationLoss}`);
  assertAlmostEquals(bitsPerByte!, validationLoss! / Math.LN2, 1e-9); // one byte a character here
});

Deno.test("a run shows its points as they come, evaluated when due and at the end", async () => {
  const run = train(smallModel(), data, { ...options, steps: 8 });
  const evaluated = [];
  for await (const point of run) if (point.validationLoss !== undefined) evaluated.push(point.step);
  assertEquals(evaluated, [6, 8]);
  assertEquals((await run).points.length, 8);
});

Deno.test("a notebook shows the result of a run as one line", async () => {
  const result = await train(smallModel(), data, options);
  const display = Reflect.get(result, Symbol.for("Jupyter.display")) as () => Record<
    string,
    string
  >;
  const { "text/plain": line } = display.call(result);
  assertMatch(line, /^trained for 12 steps, \d+\.\d s, validation loss \d\.\d{3}$/);
});

Deno.test("the same seed trains the same numbers, another seed others", async () => {
  const losses = async (seed: number) =>
    (await train(smallModel(), data, { ...options, seed })).points.map((point) => point.loss);
  assertEquals(await losses(1), await losses(1));
  assert((await losses(1)).join() !== (await losses(2)).join());
});

Deno.test("accumulating two batches is one step with twice the batch", async () => {
  const whole = smallModel();
  const halves = smallModel();
  const batches = [0, 1].map((step) => data.sample({ batch: 4, context: 16, seed: 5, step }));
  const joined = {
    inputs: Int32Array.from(batches.flatMap((batch) => [...batch.inputs])),
    targets: Int32Array.from(batches.flatMap((batch) => [...batch.targets])),
    batch: 8,
    context: 16,
  };
  const from = (sample: TrainingData["sample"]): TrainingData => ({
    tokenizer,
    sample,
    validationBatches: () => [],
  });
  await train(whole, from(() => joined), { steps: 1 });
  await train(halves, from(({ step }) => batches[step]), { steps: 1, accumulate: 2 });
  const expected = valuesOf(whole);
  valuesOf(halves).forEach((row, i) =>
    row.forEach((value, j) => assertAlmostEquals(value, expected[i][j], 1e-5))
  );
});

Deno.test("weight decay shrinks matrices and leaves gains alone", async () => {
  // Every target is ignored, so that nothing but the decay moves a parameter.
  const model = smallModel();
  const before = model.values();
  const batch = data.sample({ batch: 1, context: 16, seed: 1, step: 0 });
  const still = { ...batch, targets: batch.targets.map(() => -1) };
  await train(
    model,
    { tokenizer, sample: () => still, validationBatches: () => [] },
    { steps: 1, learningRate: 0.5, warmup: 0, weightDecay: 0.1 },
  );
  for (const [name, values] of model.values()) {
    const share = name.endsWith(".gain") ? 1 : 0.95;
    values.forEach((value, i) => assertAlmostEquals(value, before.get(name)![i] * share, 1e-6));
  }
});

Deno.test("a signal stops a run after its step, and the model keeps what it learned", async () => {
  const controller = new AbortController();
  const model = smallModel();
  const before = valuesOf(model);
  const run = train(model, data, { ...options, signal: controller.signal });
  for await (const { step } of run) if (step === 3) controller.abort();
  const { step, stopped } = await run;
  assertEquals({ step, stopped }, { step: 3, stopped: true });
  assert(valuesOf(model).join() !== before.join());
});

Deno.test("a resumed run has the losses of one that never stopped", () =>
  inFolder(async (folder) => {
    const whole = await train(smallModel(), data, options);
    const checkpoint = join(folder, "run.safetensors");
    const first = train(smallModel(), data, { ...options, checkpoint });
    for await (const { step } of first) if (step === 5) break; // leaving the loop writes one
    const second = await train(smallModel(), data, { ...options, checkpoint, resume: true });
    assertEquals(
      second.points.map(({ step, loss }) => [step, loss]),
      whole.points.slice(5).map(({ step, loss }) => [step, loss]),
    );
    assertEquals(second.validationLoss, whole.validationLoss);
  }));

Deno.test("a checkpoint is also a model that can be loaded", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    const model = smallModel();
    await train(model, data, { ...options, checkpoint });
    const loaded = await loadModel(checkpoint);
    assertEquals(valuesOf(loaded.model), valuesOf(model));
    assertEquals(loaded.tokenizer.decode(loaded.tokenizer.encode("the tide")), "the tide");
  }));

Deno.test("a checkpoint cut off in the middle is refused and changes nothing", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    await train(smallModel(), data, { ...options, checkpoint });
    const bytes = await Deno.readFile(checkpoint);
    await Deno.writeFile(checkpoint, bytes.subarray(0, bytes.length / 2));
    const model = smallModel();
    const before = valuesOf(model);
    await assertRejects(
      async () => await train(model, data, { ...options, checkpoint, resume: true }),
      FormatError,
      "it was cut off",
    );
    assertEquals(valuesOf(model), before);
  }));

Deno.test("a checkpoint of another model is refused, saying where they differ", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    await train(smallModel(), data, { ...options, steps: 1, checkpoint });
    const wider = Transformer.create({
      vocabularySize: tokenizer.vocabularySize,
      context: 16,
      layers: 2,
      heads: 2,
      width: 32,
    });
    await assertRejects(
      async () => await train(wider, data, { ...options, checkpoint, resume: true }),
      ConfigError,
      "width 16, not 32",
    );
  }));

Deno.test("a saved model gives the same logits when loaded", () =>
  inFolder(async (folder) => {
    const path = join(folder, "deep", "model.safetensors");
    const model = smallModel();
    await saveModel(path, { model, tokenizer });
    const { model: loaded } = await loadModel(path);
    const ids = tf.tensor2d([...tokenizer.encode("the boats")], [1, 9], "int32");
    assertEquals(loaded.logits(ids).arraySync(), model.logits(ids).arraySync());
    assertEquals([...Deno.readDirSync(join(folder, "deep"))].map((entry) => entry.name), [
      "model.safetensors",
    ]);
  }));

Deno.test("a file that is not there is refused with its name", async () => {
  await assertRejects(
    () => loadModel("no/such/model.safetensors"),
    FormatError,
    "There is no file no/such/model.safetensors.",
  );
});

Deno.test("numbers that leave the range of numbers end the run with advice", async () => {
  const model = smallModel();
  const run = train(model, data, { ...options, learningRate: 1e30, warmup: 0, clip: 1e30 });
  await assertRejects(async () => await run, TrainingError, "Try a third of the learning rate");
});

Deno.test("a run that fails leaves its last good checkpoint, and its error to whoever awaits it", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    await train(smallModel(), data, { ...options, steps: 1, checkpoint });
    const good = await Deno.readFile(checkpoint);
    const model = smallModel();
    const run = train(model, data, {
      ...options,
      warmup: 0,
      checkpoint,
      learningRate: 1e30,
      clip: 1e30,
    });
    await assertRejects(async () => {
      for await (const _ of run);
    }, TrainingError);
    await assertRejects(async () => await run, TrainingError);
    assertEquals(await Deno.readFile(checkpoint), good);
  }));

Deno.test("resuming a run that was finished gives its result again", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    const first = await train(smallModel(), data, { ...options, checkpoint });
    const again = await train(smallModel(), data, { ...options, checkpoint, resume: true });
    assertEquals(
      [again.step, again.stopped, again.seconds, again.validationLoss],
      [first.step, first.stopped, first.seconds, first.validationLoss],
    );
  }));

Deno.test("a checkpoint that does not say how far it had come is refused and changes nothing", () =>
  inFolder(async (folder) => {
    const checkpoint = join(folder, "run.safetensors");
    await train(smallModel(), data, { ...options, steps: 1, checkpoint });
    const file = await readModelFile(checkpoint);
    const metadata = { ...file.extra.metadata, "dials.training": "{" };
    await writeModelFile(checkpoint, { ...file, extra: { ...file.extra, metadata } });
    const model = smallModel();
    const before = valuesOf(model);
    await assertRejects(
      async () => await train(model, data, { ...options, checkpoint, resume: true }),
      FormatError,
      "does not say how far its run had come",
    );
    assertEquals(valuesOf(model), before);
  }));

Deno.test("a checkpoint that cannot be written is said before the first step", async () => {
  const model = smallModel();
  const before = valuesOf(model);
  await assertRejects(
    async () => await train(model, data, { ...options, checkpoint: "." }),
    FormatError,
    '"." cannot be written',
  );
  assertEquals(valuesOf(model), before);
});

Deno.test("a run has one reader; whoever awaits it meanwhile gets the whole result", async () => {
  const run = train(smallModel(), data, options);
  const steps: number[] = [];
  const reading = (async () => {
    for await (const { step } of run) steps.push(step);
  })();
  const { points } = await run;
  await reading;
  assertEquals(steps, points.map(({ step }) => step));
  assertThrows(() => run[Symbol.asyncIterator](), Error, "has been begun already");
});

Deno.test("a long run holds no more tensors than a short one", async () => {
  const model = smallModel();
  await train(model, data, { ...options, steps: 2 });
  const before = tf.memory().numTensors;
  await train(model, data, options);
  assertEquals(tf.memory().numTensors, before);
});

const wrong: [Partial<TrainingOptions>, string][] = [
  [{ learningRate: -1e-3 }, "learningRate must be a number above 0, but got -0.001."],
  [{ steps: 0 }, "steps must be a whole number from 1 up, but got 0."],
  [{ batch: 1.5 }, "batch must be a whole number from 1 up, but got 1.5."],
  [{ beta2: 2 }, "beta2 must be a number from 0 to below 1, but got 2."],
  [{ learningrate: 1 } as Partial<TrainingOptions>, "There is no option learningrate; there are"],
  [{ seed: NaN }, "seed must be a whole number from 0 up, but got NaN."],
  [{ context: 17 }, "context is 17, but the model sees at most 16 tokens."],
  [{ resume: true }, "resume goes on from a checkpoint"],
];
for (const [option, sentence] of wrong) {
  Deno.test(`train refuses ${JSON.stringify(option)} at once`, () => {
    assertThrows(
      () => train(smallModel(), data, { ...options, ...option }),
      ConfigError,
      sentence,
    );
  });
}

Deno.test("train refuses a corpus shorter than a sequence at once", () => {
  const short = tokenizeCorpus({ name: "short", source: "test", text: "the tide" }, tokenizer);
  assertThrows(() => train(smallModel(), short, options), CorpusError, "needs at least 17 tokens");
});

Deno.test("train refuses a validation part shorter than a sequence at once", () => {
  const short = tokenizeCorpus(
    { name: "short", source: "test", text: text.slice(0, 100) },
    tokenizer,
  );
  assertThrows(() => train(smallModel(), short, options), CorpusError, "needs at least 17 tokens");
});
