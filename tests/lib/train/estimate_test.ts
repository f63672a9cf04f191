import { assert, assertMatch, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { modelConfig } from "../../../lib/model/config.ts";
import { expectToFit, memoryNeeded, type RunSize } from "../../../lib/train/estimate.ts";
import { parameterLayout } from "../../../lib/train/layout.ts";

function sizeOf({ width = 128, batch = 12, context = 64, ema = 0, workers = 2 } = {}): RunSize {
  const config = modelConfig({ vocabularySize: 65, width, context });
  const layout = parameterLayout(config);
  const options = { batch, context, ema };
  return { config, layout, options, stateSize: 2 * layout.size, workers };
}

Deno.test("a usual run fits into little memory", () => {
  expectToFit(sizeOf(), { available: 1e9 });
});

Deno.test("a batch that does not fit is refused with one that would", () => {
  const tooMuch = sizeOf({ batch: 100_000 });
  const { message } = assertThrows(() => expectToFit(tooMuch, { available: 1e9 }), ConfigError);
  assertMatch(
    message,
    /This run needs about \d+ GB, but there is room for 0\.\d+ GB\. A batch of /,
  );
  const batch = Number(/A batch of (\d+) would fit/.exec(message)![1]);
  expectToFit(sizeOf({ batch }), { available: 1e9 });
  assertThrows(() => expectToFit(sizeOf({ batch: batch + 1 }), { available: 1e9 }), ConfigError);
});

Deno.test("a model too large for even one row is refused with what to change", () => {
  assertThrows(
    () => expectToFit(sizeOf({ width: 4096 }), { available: 2e9 }),
    ConfigError,
    "Not even one row would fit: choose a smaller model or a shorter context.",
  );
});

Deno.test("more workers and an average need more memory, whatever the batch", () => {
  const fixed = (changed: Parameters<typeof sizeOf>[0]) => memoryNeeded(sizeOf(changed)).fixed;
  assert(fixed({ workers: 4 }) > fixed({ workers: 2 }));
  assert(fixed({ ema: 0.99 }) > fixed({}));
});
