import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { loadModel, readModelFile, writeModelFile } from "../../../lib/formats/model_file.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { TrainingError } from "../../../lib/train/guards.ts";
import type { TrainingOptions } from "../../../lib/train/options.ts";
import type { TrainingPoint } from "../../../lib/train/point.ts";
import { readRun } from "../../../lib/train/run_folder.ts";
import { train } from "../../../lib/train/train.ts";
import { data, inFolder, smallModel, tokenizer, valuesOf } from "./tide.ts";

const options: TrainingOptions = {
  steps: 12,
  batch: 4,
  learningRate: 1e-2,
  evaluateEvery: 6,
  workers: 0,
};

await useBackend("auto");

/** What has to be the same, however often a run was stopped. */
function figures(points: readonly TrainingPoint[]): unknown[] {
  return points.map(({ step, loss, validationLoss, gradientNorm, learningRate, tokens }) => [
    step,
    loss,
    validationLoss,
    gradientNorm,
    learningRate,
    tokens,
  ]);
}

for (const optimizer of ["adamw", "muon", "sgd"] as const) {
  Deno.test(`${optimizer}: a resumed run has the numbers of one that never stopped`, () =>
    inFolder(async (folder) => {
      const all = { ...options, optimizer, ema: 0.9, dropout: 0.1 };
      const wholeModel = smallModel();
      const whole = await train(wholeModel, data, all);
      const first = train(smallModel(), data, { ...all, folder });
      for await (const { step } of first) if (step === 5) break; // leaving the loop keeps it
      const model = smallModel();
      const second = await train(model, data, { ...all, folder, resume: true });
      assertEquals(figures(second.points), figures(whole.points));
      assertEquals(second.validationLoss, whole.validationLoss);
      assertEquals(valuesOf(model), valuesOf(wholeModel));
      assertEquals(figures((await readRun(folder)).points), figures(whole.points));
    }));
}

Deno.test("a run killed at any moment goes on from its last checkpoint, with the same numbers", () =>
  inFolder(async (folder) => {
    const long = { ...options, steps: 150, checkpointEvery: 10, evaluateEvery: 50 };
    const whole = await train(smallModel(), data, long);
    const child = new URL("./train_in_folder.ts", import.meta.url).pathname;
    let kills = 0;
    for (let finished = false; !finished;) {
      const process = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", child, folder, JSON.stringify(long)],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const patience = 20 + 180 * Math.random();
      const reader = process.stdout.getReader();
      await reader.read(); // it has taken its first step
      const timer = setTimeout(() => process.kill("SIGKILL"), patience);
      while (!(await reader.read()).done);
      clearTimeout(timer);
      const { success, signal } = await process.status;
      finished = success;
      assert(success || signal === "SIGKILL", `ended by ${signal}`);
      if (!success) kills++;
      if (kills >= 3) break;
    }
    const model = smallModel();
    const last = await train(model, data, { ...long, folder, resume: true });
    assertEquals(figures(last.points), figures(whole.points));
    assertEquals(figures((await readRun(folder)).points), figures(whole.points));
    const parts = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
      !name.endsWith(".part")
    );
    assertEquals(parts.sort(), ["checkpoint.safetensors", "config.json", "metrics.jsonl"]);
  }));

Deno.test("a line of metrics that was cut off does not count, and is written again", () =>
  inFolder(async (folder) => {
    const first = train(smallModel(), data, { ...options, folder });
    for await (const { step } of first) if (step === 5) break;
    const { points } = await readRun(folder);
    const path = join(folder, "metrics.jsonl");
    await Deno.writeTextFile(path, '{"step":6,"loss":1}\n{"step":7,"lo', { append: true });
    assertEquals((await readRun(folder)).points.length, points.length + 1);
    await train(smallModel(), data, { ...options, folder, resume: true });
    const steps = (await readRun(folder)).points.map(({ step }) => step);
    assertEquals(steps, Array.from({ length: 12 }, (_, i) => i + 1));
  }));

Deno.test("the folder tells what the run was", () =>
  inFolder(async (folder) => {
    const model = smallModel();
    await train(model, data, { ...options, folder });
    const { config } = await readRun(folder);
    assertEquals(config.model, { ...model.config });
    const training = config.training as TrainingOptions;
    assertEquals([training.steps, training.learningRate, training.seed], [12, 1e-2, 1]);
  }));

Deno.test("a folder that keeps a run is not written over", () =>
  inFolder(async (folder) => {
    await train(smallModel(), data, { ...options, folder });
    const before = await Deno.readFile(join(folder, "checkpoint.safetensors"));
    await assertRejects(
      async () => await train(smallModel(), data, { ...options, folder }),
      ConfigError,
      "keeps a run already: go on with it by resume: true, or name another folder",
    );
    assertEquals(await Deno.readFile(join(folder, "checkpoint.safetensors")), before);
  }));

Deno.test("a checkpoint is also a model that can be loaded", () =>
  inFolder(async (folder) => {
    const model = smallModel();
    await train(model, data, { ...options, folder, ema: 0.9 });
    const loaded = await loadModel(join(folder, "checkpoint.safetensors"));
    assertEquals(valuesOf(loaded.model), valuesOf(model));
    assertEquals(loaded.tokenizer.decode(loaded.tokenizer.encode("the tide")), "the tide");
  }));

Deno.test("a checkpoint cut off in the middle is refused and changes nothing", () =>
  inFolder(async (folder) => {
    await train(smallModel(), data, { ...options, folder });
    const path = join(folder, "checkpoint.safetensors");
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length / 2));
    const model = smallModel();
    const before = valuesOf(model);
    await assertRejects(
      async () => await train(model, data, { ...options, folder, resume: true }),
      FormatError,
      "it was cut off",
    );
    assertEquals(valuesOf(model), before);
  }));

Deno.test("a checkpoint of another model is refused, saying where they differ", () =>
  inFolder(async (folder) => {
    await train(smallModel(), data, { ...options, steps: 1, folder });
    const wider = Transformer.create({
      vocabularySize: tokenizer.vocabularySize,
      context: 16,
      layers: 2,
      heads: 2,
      width: 32,
    });
    await assertRejects(
      async () => await train(wider, data, { ...options, folder, resume: true }),
      ConfigError,
      "width 16, not 32",
    );
  }));

Deno.test("a checkpoint of another optimiser is refused", () =>
  inFolder(async (folder) => {
    await train(smallModel(), data, { ...options, steps: 1, folder });
    await assertRejects(
      async () =>
        await train(smallModel(), data, { ...options, folder, optimizer: "muon", resume: true }),
      ConfigError,
      "go on with the optimizer that the run began with",
    );
  }));

Deno.test("a run that fails leaves its last good checkpoint, and its error to whoever awaits it", () =>
  inFolder(async (folder) => {
    const wild = { ...options, warmup: 0, learningRate: 1e30, clip: Infinity, checkpointEvery: 1 };
    await train(smallModel(), data, { ...options, steps: 1, folder });
    const good = await Deno.readFile(join(folder, "checkpoint.safetensors"));
    const model = smallModel();
    const run = train(model, data, { ...wild, checkpointEvery: 100, folder, resume: true });
    await assertRejects(
      async () => {
        for await (const _ of run);
      },
      TrainingError,
      "The model is back at step 1",
    );
    await assertRejects(async () => await run, TrainingError);
    assertEquals(await Deno.readFile(join(folder, "checkpoint.safetensors")), good);
    const { model: kept } = await loadModel(join(folder, "checkpoint.safetensors"));
    assertEquals(valuesOf(model), valuesOf(kept));
  }));

Deno.test("resuming a run that was finished gives its result again", () =>
  inFolder(async (folder) => {
    const first = await train(smallModel(), data, { ...options, folder });
    const again = await train(smallModel(), data, { ...options, folder, resume: true });
    assertEquals(
      [again.step, again.stopped, again.seconds, again.validationLoss],
      [first.step, first.stopped, first.seconds, first.validationLoss],
    );
    assertEquals(again.points, first.points);
  }));

Deno.test("a checkpoint that does not say how far it had come is refused and changes nothing", () =>
  inFolder(async (folder) => {
    await train(smallModel(), data, { ...options, steps: 1, folder });
    const path = join(folder, "checkpoint.safetensors");
    const file = await readModelFile(path);
    const metadata = { ...file.extra.metadata, "dials.training": "{" };
    await writeModelFile(path, { ...file, extra: { ...file.extra, metadata } });
    const model = smallModel();
    const before = valuesOf(model);
    await assertRejects(
      async () => await train(model, data, { ...options, folder, resume: true }),
      FormatError,
      "does not say how far its run had come",
    );
    assertEquals(valuesOf(model), before);
  }));

Deno.test("a folder that cannot be written is said before the first step", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "no folder");
    const model = smallModel();
    const before = valuesOf(model);
    await assertRejects(
      async () => await train(model, data, { ...options, folder: file }),
      FormatError,
      "cannot be written",
    );
    assertEquals(valuesOf(model), before);
  }));

Deno.test("a folder without a run is said by its name", async () => {
  await assertRejects(() => readRun("no/such/run"), FormatError, "no/such/run");
});
