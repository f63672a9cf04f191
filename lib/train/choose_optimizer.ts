// The optimiser that a run's options ask for.

import { AdamW } from "./adamw.ts";
import { Muon } from "./muon.ts";
import type { Optimizer } from "./optimizer.ts";
import type { CompleteTrainingOptions } from "./options.ts";
import { Sgd } from "./sgd.ts";

/** The optimiser that `options` describe. */
export function chooseOptimizer(
  options: Pick<
    CompleteTrainingOptions,
    "optimizer" | "beta1" | "beta2" | "weightDecay" | "momentum" | "restShare"
  >,
): Optimizer {
  const { optimizer, beta1, beta2, weightDecay, momentum, restShare } = options;
  switch (optimizer) {
    case "adamw":
      return new AdamW({ beta1, beta2, weightDecay });
    case "muon":
      return new Muon({ beta1, beta2, weightDecay, momentum, restShare });
    case "sgd":
      return new Sgd({ momentum, weightDecay });
  }
}
