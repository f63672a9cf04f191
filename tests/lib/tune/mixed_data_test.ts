import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Batch } from "../../../lib/corpus/batches.ts";
import { ConfigError } from "../../../lib/errors.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import type { TrainingData } from "../../../lib/train/training_data.ts";
import { MixedData } from "../../../lib/tune/mixed_data.ts";

const tokenizer = CharTokenizer.train("ab");

/** Data whose every token is `id`. */
function constant(id: number, { of = tokenizer } = {}): TrainingData {
  const rows = ({ batch, context }: { batch: number; context: number }): Batch => ({
    inputs: new Int32Array(batch * context).fill(id),
    targets: new Int32Array(batch * context).fill(id),
    batch,
    context,
  });
  return { tokenizer: of, sample: rows, validationBatches: (options) => [rows(options)] };
}

const size = { batch: 2, context: 3 };

Deno.test("a mixture takes its batches from each part as often as its share says", () => {
  const data = new MixedData([{ data: constant(0), share: 3 }, { data: constant(1), share: 1 }]);
  const steps = Array.from({ length: 2_000 }, (_, step) => step);
  const ones = steps.filter((step) => data.sample({ ...size, seed: 1, step }).inputs[0] === 1);
  assert(Math.abs(ones.length - 500) < 80, String(ones.length)); // four standard deviations
  // The same step gives the same again, as a resumed run needs.
  assertEquals(
    steps.filter((step) => data.sample({ ...size, seed: 1, step }).inputs[0] === 1),
    ones,
  );
});

Deno.test("a mixture is judged by its first part", () => {
  const data = new MixedData([{ data: constant(1), share: 1 }, { data: constant(0), share: 1 }]);
  assertEquals([...data.validationBatches(size)].map(({ inputs }) => inputs[0]), [1]);
});

Deno.test("a mixture of nothing, without a share or of two vocabularies is refused", () => {
  assertThrows(() => new MixedData([]), ConfigError, "nothing to mix");
  for (const share of [0, -1, NaN]) {
    assertThrows(() => new MixedData([{ data: constant(0), share }]), ConfigError, `got ${share}`);
  }
  const other = constant(0, { of: CharTokenizer.train("xyz") });
  assertThrows(
    () => new MixedData([{ data: constant(0), share: 1 }, { data: other, share: 1 }]),
    ConfigError,
    "another tokenizer",
  );
});
