// A family of models from one recipe, each trained from scratch and judged on the same text.

import {
  type Recipe,
  recipe,
  type TokenizedCorpus,
  type Tokenizer,
  train,
  Transformer,
} from "dials";
import { modelConfig } from "../../../lib/model/config.ts";
import { parameterCount } from "../../../lib/model/parameters.ts";

/** A run to make. */
export interface Plan {
  /** Layers; the recipe derives the rest. */
  readonly depth: number;
  /** Tokens to train on. */
  readonly tokens: number;
}

/** What came of it. */
export interface Run extends Plan {
  readonly parameters: number;
  /** Floating-point operations: six for each parameter and token. */
  readonly operations: number;
  /** Validation loss, in nats a token. */
  readonly loss: number;
  readonly bitsPerByte: number;
  readonly seconds: number;
}

/** Makes each run once, however often it is asked for. */
export class Family {
  readonly #data: TokenizedCorpus;
  readonly #vocabularySize: number;
  readonly #made = new Map<string, Run>();

  constructor(data: TokenizedCorpus, tokenizer: Tokenizer) {
    this.#data = data;
    this.#vocabularySize = tokenizer.vocabularySize;
  }

  /** Every run, in the order in which they were made. */
  get runs(): Run[] {
    return [...this.#made.values()];
  }

  /** The operations of a run, before it is made. */
  operations(plan: Plan): number {
    return 6 * parameterCount(modelConfig(this.#recipe(plan).model)) * plan.tokens;
  }

  async train(plan: Plan): Promise<Run> {
    const key = `${plan.depth} ${plan.tokens}`;
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const { model: sizes, training } = this.#recipe(plan);
    const model = Transformer.create(sizes);
    const { validationLoss, bitsPerByte, seconds } = await train(model, this.#data, {
      ...training,
      evaluateEvery: training.steps,
    });
    const parameters = model.parameterCount;
    model.dispose();
    const run = {
      ...plan,
      parameters,
      operations: this.operations(plan),
      loss: validationLoss!,
      bitsPerByte: bitsPerByte!,
      seconds,
    };
    this.#made.set(key, run);
    return run;
  }

  #recipe(plan: Plan): Recipe {
    return recipe({ ...plan, vocabularySize: this.#vocabularySize });
  }
}
