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
import { loadModel, saveModel } from "../../../lib/formats/model_file.ts";
import { evaluateLoss } from "../../../lib/evaluate/loss.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { IGNORED } from "../../../lib/tensor/cross_entropy.ts";
import { valueAndGradients } from "../../../lib/tensor/gradients.ts";
import type { TrainingOptions } from "../../../lib/train/options.ts";
import type { TrainingData } from "../../../lib/train/training_data.ts";
import { TrainingError } from "../../../lib/train/guards.ts";
import { estimateRun, train } from "../../../lib/train/train.ts";
import { data, inFolder, smallModel, text, tokenizer, valuesOf } from "./tide.ts";

const options: TrainingOptions = {
  steps: 12,
  batch: 4,
  learningRate: 1e-2,
  evaluateEvery: 6,
  workers: 0, // on this thread; what workers add has tests of its own
};

await useBackend("auto");

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
  await train(whole, from(() => joined), { steps: 1, workers: 0 });
  await train(halves, from(({ step }) => batches[step]), { steps: 1, accumulate: 2, workers: 0 });
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
    { steps: 1, learningRate: 0.5, warmup: 0, weightDecay: 0.1, workers: 0 },
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

for (const optimizer of ["adamw", "muon", "sgd"] as const) {
  for (const schedule of ["cosine", "linear", "trapezoid"] as const) {
    Deno.test(`${optimizer} with a ${schedule} schedule lowers the loss`, async () => {
      const learningRate = { adamw: 1e-2, muon: 2e-2, sgd: 0.3 }[optimizer];
      const run = train(smallModel(), data, {
        ...options,
        steps: 60,
        optimizer,
        schedule,
        learningRate,
      });
      const { validationLoss } = await run;
      assert(validationLoss! < 2.6, `validation loss ${validationLoss}`);
    });
  }
}

Deno.test("a gradient longer than clip moves the parameters as one of that length", async () => {
  const moved = async (clip: number) => {
    const model = smallModel();
    const before = valuesOf(model).flat();
    const { points } = await train(model, data, {
      ...options,
      steps: 1,
      optimizer: "sgd",
      learningRate: 1,
      warmup: 0,
      weightDecay: 0,
      clip,
    });
    const distance = Math.hypot(...valuesOf(model).flat().map((value, i) => value - before[i]));
    return { distance, norm: points[0].gradientNorm };
  };
  const free = await moved(Infinity);
  assertAlmostEquals(free.distance, free.norm, 1e-4 * free.norm);
  const clipped = await moved(free.norm / 10);
  assertAlmostEquals(clipped.norm, free.norm, 1e-9);
  assertAlmostEquals(clipped.distance, free.norm / 10, 1e-4 * free.norm);
});

Deno.test("what has a target at few places is learned from as if all were looked at", async () => {
  const model = smallModel();
  const batch = data.sample({ batch: 16, context: 16, seed: 5, step: 0 });
  batch.targets.forEach((_, i) => i % 5 > 0 && (batch.targets[i] = IGNORED));
  const [inputs, targets] = [batch.inputs, batch.targets]
    .map((ids) => tf.tensor2d(ids, [16, 16], "int32"));
  const before = valuesOf(model);
  const expected = valueAndGradients(
    () => model.loss(inputs, targets),
    [...model.parameters.values()],
  );
  const loss = (await expected.value.data())[0];
  const gradients = expected.gradients.map((gradient) => gradient.dataSync<"float32">().slice());
  const few: TrainingData = { tokenizer, sample: () => batch, validationBatches: () => [batch] };
  const { points } = await train(model, few, {
    ...options,
    steps: 1,
    optimizer: "sgd",
    momentum: 0,
    learningRate: 1,
    warmup: 0,
    weightDecay: 0,
    clip: Infinity,
  });
  assertAlmostEquals(points[0].loss, loss, 1e-5);
  valuesOf(model).forEach((row, i) =>
    row.forEach((value, j) => assertAlmostEquals(value, before[i][j] - gradients[i][j], 1e-5))
  );
});

Deno.test("with an average the model ends as it was evaluated, and differs from one without", async () => {
  const model = smallModel();
  const { validationLoss } = await train(model, data, { ...options, steps: 40, ema: 0.9 });
  const judged = await evaluateLoss(model, data.validationBatches({ batch: 32, context: 16 }));
  assertAlmostEquals(judged!, validationLoss!, 1e-6);
  const plain = smallModel();
  await train(plain, data, { ...options, steps: 40 });
  assert(valuesOf(plain).join() !== valuesOf(model).join());
});

Deno.test("dropout changes what is learned, and not how it is judged", async () => {
  const losses = async (dropout: number) => {
    const { points } = await train(smallModel(), data, { ...options, steps: 3, dropout });
    return points.map(({ loss }) => loss);
  };
  assertEquals(await losses(0.3), await losses(0.3));
  assert((await losses(0.3)).join() !== (await losses(0)).join());
});

Deno.test("a run tells what it takes before its first step", async () => {
  const run = train(smallModel(), data, options);
  let told = false;
  run.estimate.then(() => told = true);
  for await (const _ of run) assert(told);
  const { seconds, bytes } = await run.estimate;
  assert(seconds > 0 && seconds < 60, `${seconds} s`);
  assert(bytes > 50e6 && bytes < 4e9, `${bytes} bytes`);
});

Deno.test("an estimate moves no parameter", async () => {
  const model = smallModel();
  const before = valuesOf(model);
  assert((await estimateRun(model, data, options)).seconds > 0);
  assertEquals(valuesOf(model), before);
});

Deno.test("a model is trained by one run at a time", async () => {
  const model = smallModel();
  const first = train(model, data, options);
  for await (const { step } of first) {
    if (step > 1) continue;
    await assertRejects(
      async () => await train(model, data, options),
      TrainingError,
      "Another run trains this model",
    );
  }
  assertEquals((await first).step, 12);
  assertEquals((await train(model, data, options)).step, 12);
});

Deno.test("a run that goes wrong leaves the model at its last good step", async () => {
  const model = smallModel();
  const good: { step: number; values: number[][] } = { step: 0, values: [] };
  const broken = {
    tokenizer,
    validationBatches: () => [],
    sample: (which: { batch: number; context: number; seed: number; step: number }) => {
      if (which.step === 9) throw new Error("the disk is gone");
      return data.sample(which);
    },
  };
  const run = train(model, broken, { ...options, checkpointEvery: 4 });
  await assertRejects(
    async () => {
      for await (const { step } of run) {
        if (step === 8) Object.assign(good, { step, values: valuesOf(model) });
      }
    },
    Error,
    "the disk is gone",
  );
  assertEquals(good.step, 8);
  assertEquals(valuesOf(model), good.values);
});

Deno.test("numbers that leave the range of numbers end the run with advice", async () => {
  const model = smallModel();
  const run = train(model, data, { ...options, learningRate: 1e30, warmup: 0, clip: 1e30 });
  await assertRejects(async () => await run, TrainingError, "The model is back at step 0");
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
  [{ folder: "" }, "folder is empty"],
  [{ workers: -1 }, "workers must be a whole number from 0 to 256, but got -1."],
  [{ dropout: 1 }, "dropout must be a number from 0 to below 1, but got 1."],
  [{ optimizer: "adam" as "adamw" }, "optimizer must be one of adamw, muon, sgd, but got adam."],
  [{ schedule: "flat" as "cosine" }, "schedule must be one of cosine, linear, trapezoid"],
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
