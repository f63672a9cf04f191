// The model: a decoder-only transformer, in one definition that the config turns into GPT-2, Llama
// or what lies between. Read `hidden` from top to bottom to see everything it does with a text.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import { gelu, geluExact, relu2, swiglu } from "../tensor/activations.ts";
import { add } from "../tensor/add.ts";
import { causalAttention } from "../tensor/attention.ts";
import { crossEntropy } from "../tensor/cross_entropy.ts";
import { dropout } from "../tensor/dropout.ts";
import { embedding } from "../tensor/embedding.ts";
import { layerNorm } from "../tensor/layer_norm.ts";
import { agreement, linear } from "../tensor/linear.ts";
import { rmsNorm } from "../tensor/rms_norm.ts";
import { rope } from "../tensor/rope.ts";
import { type ModelConfig, modelConfig, type ModelOptions } from "./config.ts";
import { isAdapted, loraNames } from "./lora.ts";
import {
  blockName,
  hasBias,
  initialValues,
  parameterSpecs,
  type ParameterValues,
} from "./parameters.ts";

/** What is left out at random while a model learns. */
export interface ModelDropout {
  /** The share of the numbers that each block adds to the residual stream that becomes 0. */
  readonly rate: number;
  /** Names the draw: another for each step. */
  readonly seed: number;
  /** The place of the first row in the step's batch, so that a batch in parts loses the same numbers. */
  readonly firstRow?: number;
}

/** Sees the queries and keys of a layer while they are there. */
export type WatchAttention = (layer: number, seen: { query: tf.Tensor; key: tf.Tensor }) => void;

/**
 * A decoder-only transformer. Its numbers live in tfjs variables of the backend in use when it was
 * made; `dispose` gives them back.
 *
 * @example
 * ```ts
 * const model = Transformer.create({ vocabularySize: 1024, context: 64, layers: 4, width: 128 });
 * const scores = model.logits(tf.tensor2d([[5, 17, 3]], undefined, "int32")); // (1, 3, 1024)
 * ```
 */
export class Transformer {
  readonly config: ModelConfig;
  readonly parameters: ReadonlyMap<string, tf.Variable>;

  private constructor(config: ModelConfig, parameters: ReadonlyMap<string, tf.Variable>) {
    this.config = config;
    this.parameters = parameters;
  }

  /**
   * A new model with random parameters.
   *
   * @throws {ConfigError} naming the first option that cannot be
   */
  static create({ seed = 1, ...options }: ModelOptions & { seed?: number }): Transformer {
    const config = modelConfig(options);
    if (!Number.isSafeInteger(seed)) {
      throw new ConfigError(`seed must be a whole number, but got ${seed}.`);
    }
    return Transformer.fromValues(config, initialValues(config, { seed }));
  }

  /**
   * A model with the given parameters.
   *
   * @throws {ConfigError} if a parameter is missing or has another size than the config says
   */
  static fromValues(options: ModelOptions, values: ParameterValues): Transformer {
    const config = modelConfig(options);
    const specs = parameterSpecs(config);
    for (const { name, shape } of specs) {
      const size = shape.reduce((product, n) => product * n, 1);
      const found = values.get(name)?.length;
      if (found !== size) {
        throw new ConfigError(
          `The parameter ${name} must hold ${size} numbers (${shape}), but ${
            found === undefined ? "it is missing" : `it holds ${found}`
          }.`,
        );
      }
    }
    const tensors = new Map(
      specs.map(({ name, shape }) => [name, tf.tensor(values.get(name)!, [...shape], "float32")]),
    );
    const model = Transformer.over(config, tensors);
    for (const tensor of tensors.values()) tensor.dispose();
    return model;
  }

  /** A model whose parameters are the numbers of `tensors`, by name, and not a copy of them. */
  static over(config: ModelConfig, tensors: ReadonlyMap<string, tf.Tensor>): Transformer {
    const variables = [...tensors].map(([name, tensor]) => [name, tf.variable(tensor)] as const);
    return new Transformer(config, new Map(variables));
  }

  /** How many numbers the model has. */
  get parameterCount(): number {
    let count = 0;
    for (const variable of this.parameters.values()) count += variable.size;
    return count;
  }

  /** A copy of every parameter. */
  values(): ParameterValues {
    return new Map(
      [...this.parameters].map((
        [name, variable],
      ) => [name, variable.dataSync<"float32">().slice()]),
    );
  }

  /**
   * The scores of every token to come next, at every position.
   *
   * @param tokens int32, shape (B, T), T at most the context
   * @returns shape (B, T, V)
   */
  logits(tokens: tf.Tensor2D): tf.Tensor3D {
    return tf.tidy(() => this.scores(this.hidden(tokens)) as tf.Tensor3D);
  }

  /**
   * How surprised the model is by `targets`: the mean cross entropy in nats. Call it inside `tf.tidy` or
   * a gradient of tfjs, which give back what is made on the way.
   *
   * @param inputs int32, shape (B, T)
   * @param targets int32, shape (B, T): the token that follows each input; −1 is left out
   * @param options.dropout for training alone
   * @param options.at int32, shape (N): indices from 0 to B · T − 1 of the positions that `targets`, of shape (N), are for
   */
  loss(
    inputs: tf.Tensor2D,
    targets: tf.Tensor,
    options: { dropout?: ModelDropout; at?: tf.Tensor1D } = {},
  ): tf.Scalar {
    const scores = this.scores(this.hidden(inputs, options)); // (B, T, V), or (N, V)
    return crossEntropy(scores, targets);
  }

  /**
   * The residual stream after the last block and the final norm; call it as `loss`.
   *
   * @param tokens int32, shape (B, T)
   * @param options.dropout for training alone
   * @param options.watch is shown what each layer compares, (B, T, H, head), before it is given back
   * @param options.at int32, shape (N): indices from 0 to B · T − 1 of positions that are wanted alone
   * @returns shape (B, T, D), or (N, D)
   */
  hidden(
    tokens: tf.Tensor2D,
    options: { dropout?: ModelDropout; watch?: WatchAttention; at?: tf.Tensor1D } = {},
  ): tf.Tensor {
    const { context, layers, positions } = this.config;
    const length = tokens.shape[1];
    if (length > context) {
      throw new ConfigError(`The model sees at most ${context} tokens, but got ${length}.`);
    }
    let x = embedding(this.#get("embedding"), tokens); // (B, T, D)
    if (positions === "learned") {
      const table = this.#get("positions"); // the same for every text
      x = add(x, length === context ? table : tf.slice(table, 0, length));
    }
    let site = 0;
    const drop = (y: tf.Tensor) => options.dropout ? dropRows(y, options.dropout, site++) : y;
    x = drop(x);
    for (let layer = 0; layer < layers; layer++) {
      x = tf.tidy(() => { // what nobody needs any more is given back after each part
        const normed = this.#norm(blockName(layer, "attention_norm"), x);
        const mixed = this.#attention(layer, normed, options.watch);
        const sum = add(x, drop(mixed));
        // What follows the last attention sees each position alone.
        const isLast = layer === layers - 1;
        return isLast && options.at ? rowsAt(sum, options.at) : sum;
      });
      x = tf.tidy(() => {
        const thought = this.#mlp(layer, this.#norm(blockName(layer, "mlp_norm"), x));
        return add(x, drop(thought));
      });
    }
    return this.#norm("final_norm", x);
  }

  /**
   * How well each token would follow: of all positions that makes `logits`, of some it costs less. Call it as `loss`.
   *
   * @param hidden rows of what `hidden` returns, shape (..., D)
   * @returns shape (..., V)
   */
  scores(hidden: tf.Tensor): tf.Tensor {
    return this.config.tiedHead
      ? agreement(hidden, this.#get("embedding"))
      : linear(hidden, this.#get("head.weight"));
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const { layers, width, heads, context, vocabularySize } = this.config;
    const count = this.parameterCount.toLocaleString("en");
    return {
      "text/plain": `Transformer: ${count} parameters, ${layers} layers of width ${width}, ` +
        `${heads} heads, context ${context}, ${vocabularySize} tokens`,
    };
  }

  /** Gives the memory of the parameters back. */
  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }

  #attention(layer: number, x: tf.Tensor, watch?: WatchAttention): tf.Tensor {
    const { heads, kvHeads } = this.config;
    const project = (part: string, heads: number) =>
      this.#linear(blockName(layer, `attention.${part}`), x, { heads }); // (B, T, heads, head)
    const query = this.#place(layer, "query", project("query", heads));
    const key = this.#place(layer, "key", project("key", kvHeads));
    watch?.(layer, { query, key });
    const mixed = causalAttention(query, { key, value: project("value", kvHeads) }); // (B, T, H, head)
    // A row that is a single head has an axis too many, which a linear layer would take for a position.
    const rows = heads > 1 ? mixed : tf.squeeze(mixed, [2]);
    return this.#linear(blockName(layer, "attention.output"), rows); // (B, T, D)
  }

  /** Queries or keys (B, T, H, head), normalised where the config says so and turned by position. */
  #place(layer: number, part: "query" | "key", x: tf.Tensor): tf.Tensor {
    const { qkNorm, normEpsilon, positions, ropeTheta, ropeScaling, noRopeLayers } = this.config;
    if (qkNorm) {
      const gain = this.#get(blockName(layer, `attention.${part}_norm.gain`));
      x = rmsNorm(x, gain, { epsilon: normEpsilon });
    }
    const isTurned = positions === "rotary" && !noRopeLayers.includes(layer);
    return isTurned ? rope(x, { theta: ropeTheta, scaling: ropeScaling }) : x;
  }

  #mlp(layer: number, x: tf.Tensor): tf.Tensor {
    const up = this.#linear(blockName(layer, "mlp.up"), x); // (B, T, M)
    const { activation } = this.config;
    const active = activation === "swiglu"
      ? swiglu(this.#linear(blockName(layer, "mlp.gate"), x), up)
      : ACTIVATIONS[activation](up);
    return this.#linear(blockName(layer, "mlp.down"), active); // (B, T, D)
  }

  #norm(name: string, x: tf.Tensor): tf.Tensor {
    const gain = this.#get(`${name}.gain`);
    const epsilon = this.config.normEpsilon;
    return this.config.norm === "rmsnorm"
      ? rmsNorm(x, gain, { epsilon })
      : layerNorm(x, { gain, bias: this.parameters.get(`${name}.bias`) }, { epsilon });
  }

  /** A linear layer; with `heads`, each row comes out cut into so many. */
  #linear(name: string, x: tf.Tensor, { heads }: { heads?: number } = {}): tf.Tensor {
    const weight = this.#get(`${name}.weight`); // (in, out)
    const bias = hasBias(this.config, name) ? this.#get(`${name}.bias`) : undefined;
    const y = linear(x, weight, { bias, heads });
    const { lora } = this.config;
    if (lora === null || !isAdapted(lora, name)) return y;
    const { a, b } = loraNames(name);
    const thin = linear(x, this.#get(a)); // (..., rank)
    return add(y, tf.mul(linear(thin, this.#get(b), { heads }), lora.alpha / lora.rank));
  }

  #get(name: string): tf.Variable {
    return this.parameters.get(name)!;
  }
}

const ACTIVATIONS = { gelu, gelu_exact: geluExact, relu2 } as const;

/** Some rows of x (..., D), shape (N, D). */
function rowsAt(x: tf.Tensor, at: tf.Tensor1D): tf.Tensor {
  return embedding(tf.reshape(x, [-1, x.shape[x.rank - 1]]), at);
}

/** Dropout over rows (B, T, D) of which the first has the place `firstRow` in its batch. */
function dropRows(
  x: tf.Tensor,
  { rate, seed, firstRow = 0 }: ModelDropout,
  site: number,
): tf.Tensor {
  return dropout(x, { rate, seed, site, first: firstRow * (x.size / x.shape[0]) });
}
