import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { modelConfig } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { trainingOptions } from "../../../lib/train/options.ts";
import { recipe } from "../../../lib/train/recipe.ts";
import { train } from "../../../lib/train/train.ts";
import { data, tokenizer } from "./tide.ts";

const { vocabularySize } = tokenizer;

Deno.test("a recipe of any depth is a model and a training that are allowed", () => {
  for (const depth of [1, 2, 3, 4, 6, 8, 12]) {
    const { model, training } = recipe({ depth, vocabularySize });
    const config = modelConfig(model);
    assertEquals(config.layers, depth);
    trainingOptions(training, { modelContext: config.context });
  }
});

Deno.test("a deeper recipe is a wider model that reads more", () => {
  const [small, large] = [2, 6].map((depth) => recipe({ depth, vocabularySize }));
  assert(large.model.width! > small.model.width!);
  assert(large.training.steps > small.training.steps);
});

Deno.test("a recipe reads as many tokens as it is told", () => {
  const { model, training } = recipe({ depth: 4, vocabularySize, tokens: 300_000 });
  const read = training.steps * training.batch! * model.context!;
  assert(read >= 300_000 && read < 302_000, `${read} tokens`);
});

Deno.test("a small recipe learns a small text", async () => {
  await useBackend("auto");
  const { model, training } = recipe({ depth: 1, vocabularySize, tokens: 120_000 });
  const { validationLoss } = await train(Transformer.create(model), data, {
    ...training,
    workers: 0,
  });
  assert(validationLoss! < 0.5, `validation loss ${validationLoss}`);
});

for (
  const [options, sentence] of [
    [{ depth: 0 }, "depth must be a whole number from 1 up, but got 0."],
    [{ depth: 2.5 }, "depth must be a whole number from 1 up, but got 2.5."],
    [{ tokens: -1 }, "tokens must be a whole number from 1 up, but got -1."],
    [{ width: 64 }, "There is no option width; there are depth, vocabularySize, tokens."],
  ] as [Record<string, number>, string][]
) {
  Deno.test(`a recipe for ${JSON.stringify(options)} is refused`, () => {
    assertThrows(() => recipe({ vocabularySize, ...options }), ConfigError, sentence);
  });
}
