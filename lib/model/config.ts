// What a decoder-only transformer is made of: every choice that changes its shape or its arithmetic.

import { ConfigError } from "../errors.ts";
import { givenOptions } from "../options.ts";

/** The complete description of a model. Two models of one config differ in their numbers alone. */
export interface ModelConfig {
  /** Number of tokens it knows, V. */
  readonly vocabularySize: number;
  /** Most positions it can look at, T. */
  readonly context: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Query heads, H. */
  readonly heads: number;
  /** Key and value heads; fewer than `heads` is grouped-query attention. */
  readonly kvHeads: number;
  /** Width of the residual stream, D (`n_embd`). */
  readonly width: number;
  /** Width of one head. */
  readonly headWidth: number;
  /** Width inside the feed-forward layer. */
  readonly mlpWidth: number;
  readonly norm: "layernorm" | "rmsnorm";
  /** Whether a LayerNorm adds a bias; an RMSNorm never does. */
  readonly normBias: boolean;
  readonly positions: "learned" | "rotary";
  /**
   * Inside the feed-forward layer: GPT-2's GELU (by tanh), the exact one (by the error function), the
   * square of ReLU, or a gate.
   */
  readonly activation: "gelu" | "gelu_exact" | "relu2" | "swiglu";
  /** Whether the head that scores the next token is the embedding itself. */
  readonly tiedHead: boolean;
  /** Whether linear layers add a bias. */
  readonly bias: boolean;
  /** Added under the root in a norm. */
  readonly normEpsilon: number;
  /** Base of the rotary angles. */
  readonly ropeTheta: number;
}

/** What has to be said of a model; the rest has defaults (those of Llama). */
export type ModelOptions =
  & Pick<ModelConfig, "vocabularySize">
  & Partial<ModelConfig>;

const CHOICES = {
  norm: ["layernorm", "rmsnorm"],
  positions: ["learned", "rotary"],
  activation: ["gelu", "gelu_exact", "relu2", "swiglu"],
} as const;

const SWITCHES = ["tiedHead", "bias", "normBias"] as const;

const COUNTS = [
  "vocabularySize",
  "context",
  "layers",
  "heads",
  "kvHeads",
  "width",
  "headWidth",
  "mlpWidth",
] as const;

/**
 * The complete config for `options`: what is not said is chosen as Llama has it, and fits the rest.
 *
 * @throws {ConfigError} naming the first option that cannot be
 */
export function modelConfig(options: ModelOptions): ModelConfig {
  const given = givenOptions(options, [
    ...COUNTS,
    ...Object.keys(CHOICES),
    ...SWITCHES,
    "normEpsilon",
    "ropeTheta",
  ]);
  const { width = 128, heads = 4, activation = "swiglu", norm = "rmsnorm" } = given;
  expectCount("width", width);
  expectCount("heads", heads);
  if (given.headWidth === undefined && width % heads !== 0) {
    throw new ConfigError(
      `heads must divide the width, but got ${heads} heads for a width of ${width}. Try ${
        nearestDivisor(width, heads)
      } heads.`,
    );
  }
  const config: ModelConfig = {
    context: 64,
    layers: 4,
    kvHeads: heads,
    headWidth: width / heads,
    mlpWidth: activation === "swiglu" ? gatedWidth(width) : 4 * width,
    normBias: norm === "layernorm",
    positions: "rotary",
    tiedHead: true,
    bias: false,
    normEpsilon: 1e-5,
    ropeTheta: 10_000,
    ...given,
    width,
    heads,
    activation,
    norm,
  };
  for (const name of COUNTS) expectCount(name, config[name]);
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = config[name as keyof typeof CHOICES];
    if (!(allowed as readonly string[]).includes(value)) {
      throw new ConfigError(`${name} must be ${allowed.join(" or ")}, but got ${value}.`);
    }
  }
  for (const name of SWITCHES) {
    if (typeof config[name] !== "boolean") {
      throw new ConfigError(`${name} must be true or false, but got ${config[name]}.`);
    }
  }
  if (!(config.normEpsilon >= 0 && config.normEpsilon < Infinity)) {
    throw new ConfigError(`normEpsilon must be a number from 0 up, but got ${config.normEpsilon}.`);
  }
  if (!(config.ropeTheta > 0 && config.ropeTheta < Infinity)) {
    throw new ConfigError(`ropeTheta must be a number above 0, but got ${config.ropeTheta}.`);
  }
  if (config.heads % config.kvHeads !== 0) {
    throw new ConfigError(
      `kvHeads must divide heads, but got ${config.kvHeads} for ${config.heads} heads. Try ${
        nearestDivisor(config.heads, config.kvHeads)
      }.`,
    );
  }
  if (config.normBias && norm === "rmsnorm") {
    throw new ConfigError(
      'normBias is true, but an RMSNorm has no bias: leave it out, or choose norm: "layernorm".',
    );
  }
  if (config.positions === "rotary" && config.headWidth % 2 !== 0) {
    throw new ConfigError(
      `rotary positions turn coordinates in pairs, but a head is ${config.headWidth} wide. ` +
        `Choose an even head width, or positions: "learned".`,
    );
  }
  return Object.freeze(config);
}

function expectCount(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    throw new ConfigError(`${name} must be a whole number from 1 up, but got ${value}.`);
  }
}

/** Two thirds of 4·D, so that three matrices cost what GPT's two do, in steps of 32. */
function gatedWidth(width: number): number {
  return Math.ceil(8 * width / 3 / 32) * 32;
}

function nearestDivisor(whole: number, wanted: number): number {
  let best = 1;
  for (let d = 1; d <= whole; d++) {
    if (whole % d === 0 && Math.abs(d - wanted) < Math.abs(best - wanted)) best = d;
  }
  return best;
}
