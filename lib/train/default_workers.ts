// How many workers a run has unless it says.

import type { ModelConfig } from "../model/config.ts";
import { backendInUse } from "../tensor/backend.ts";
import { flopsPerToken } from "./flops.ts";
import type { CompleteTrainingOptions } from "./options.ts";

/** Arithmetic of a step from which a second worker gains more than waiting for it costs. */
const WORTH_SHARING = 50e6;

/** As many workers as are fastest here: one for each core, but none without work that is worth its while. */
export function defaultWorkers(
  config: ModelConfig,
  { batch, context }: Pick<CompleteTrainingOptions, "batch" | "context">,
): number {
  if (backendInUse() === "webgpu") return 1; // there is one GPU, and it shares the work out itself
  const work = flopsPerToken(config, { context }) * batch * context;
  const most = Math.floor(work / WORTH_SHARING);
  return Math.max(1, Math.min(navigator.hardwareConcurrency, batch, most));
}
