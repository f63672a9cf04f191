// A stage of an assistant's training, as the next one takes it up.

import { type Tokenizer, Transformer } from "dials";

/** What a stage makes. */
export interface Made {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
}

/** A stage that is done. */
export interface Stage extends Made {
  readonly name: string;
}

/** How much of a stage is done. */
export interface StageOptions {
  /** 1 for all of it. */
  readonly share: number;
}

/** The steps of a stage of which `share` is done, at least two. */
export function stepsOf(steps: number, { share }: StageOptions): number {
  return Math.max(2, Math.round(steps * share));
}

/** A copy of a stage's model to go on with: what it was stays there to be asked. */
export function copyOf({ model }: Stage): Transformer {
  return Transformer.fromValues(model.config, model.values());
}
