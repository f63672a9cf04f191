// What a decoder-only transformer is made of: every choice that changes its shape or its arithmetic.

import { ConfigError } from "../errors.ts";
import { givenOptions } from "../options.ts";
import type { RopeScaling } from "../tensor/rope.ts";
import { expectLora, type LoraConfig } from "./lora.ts";

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
  /**
   * Which linear layers add a bias: all of them, none, those of the attention, only those that make
   * queries, keys and values, or those of the feed-forward layer.
   */
  readonly bias: boolean | "attention" | "qkv" | "mlp";
  /** Whether each query and key is normalised before it is turned, as Qwen3 does. */
  readonly qkNorm: boolean;
  /** Added under the root in a norm. */
  readonly normEpsilon: number;
  /** Base of the rotary angles. */
  readonly ropeTheta: number;
  /** How the rotary angles are slowed down to reach further; null where they are not. */
  readonly ropeScaling: RopeScaling | null;
  /** Layers, from 0, that see no positions, as every fourth of SmolLM3; none by default. */
  readonly noRopeLayers: readonly number[];
  /** The small matrices beside the large ones that alone are trained; null for a model without. */
  readonly lora: LoraConfig | null;
}

/** What has to be said of a model; the rest has defaults (those of Llama). */
export type ModelOptions =
  & Pick<ModelConfig, "vocabularySize">
  & Partial<ModelConfig>;

const CHOICES = {
  norm: ["layernorm", "rmsnorm"],
  positions: ["learned", "rotary"],
  activation: ["gelu", "gelu_exact", "relu2", "swiglu"],
  bias: [true, false, "attention", "qkv", "mlp"],
} as const;

const SWITCHES = ["tiedHead", "qkNorm", "normBias"] as const;

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
    "ropeScaling",
    "noRopeLayers",
    "lora",
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
    qkNorm: false,
    normEpsilon: 1e-5,
    ropeTheta: 10_000,
    ropeScaling: null,
    noRopeLayers: [],
    lora: null,
    ...given,
    width,
    heads,
    activation,
    norm,
  };
  for (const name of COUNTS) expectCount(name, config[name]);
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = config[name as keyof typeof CHOICES];
    if (!(allowed as readonly unknown[]).includes(value)) {
      throw new ConfigError(`${name} must be ${allowed.join(" or ")}, but got ${inWords(value)}.`);
    }
  }
  for (const name of SWITCHES) {
    if (typeof config[name] !== "boolean") {
      throw new ConfigError(`${name} must be true or false, but got ${inWords(config[name])}.`);
    }
  }
  const { normEpsilon, ropeTheta } = config;
  if (!Number.isFinite(normEpsilon) || normEpsilon < 0) {
    throw new ConfigError(
      `normEpsilon must be a number from 0 up, but got ${inWords(normEpsilon)}.`,
    );
  }
  if (!Number.isFinite(ropeTheta) || ropeTheta <= 0) {
    throw new ConfigError(`ropeTheta must be a number above 0, but got ${inWords(ropeTheta)}.`);
  }
  expectRope(config);
  if (config.lora !== null) expectLora(config.lora);
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

const SCALINGS: Record<RopeScaling["kind"], readonly string[]> = {
  linear: ["factor"],
  llama3: ["factor", "highFrequency", "lowFrequency", "originalContext"],
};

function expectRope({ ropeScaling, noRopeLayers, layers }: ModelConfig): void {
  if (ropeScaling !== null && !isRopeScaling(ropeScaling)) {
    throw new ConfigError(
      'ropeScaling must be null, { kind: "linear", factor } or { kind: "llama3", factor, ' +
        "lowFrequency, highFrequency, originalContext } with numbers above 0 and highFrequency " +
        `above lowFrequency, but got ${JSON.stringify(ropeScaling)}.`,
    );
  }
  const isLayer = (layer: number) => Number.isInteger(layer) && layer >= 0 && layer < layers;
  if (!Array.isArray(noRopeLayers) || !noRopeLayers.every(isLayer)) {
    throw new ConfigError(
      `noRopeLayers must list layers from 0 to ${layers - 1}, but got ${
        JSON.stringify(noRopeLayers)
      }.`,
    );
  }
}

function isRopeScaling(value: unknown): value is RopeScaling {
  const { kind, ...numbers } = (value ?? {}) as RopeScaling;
  const names = Object.hasOwn(SCALINGS, kind) ? SCALINGS[kind] : undefined;
  const isPositive = Object.values(numbers).every((n) => n > 0 && n < Infinity);
  const { lowFrequency = 0, highFrequency = 1 } = numbers as Partial<Record<string, number>>;
  return Object.keys(numbers).sort().join() === names?.join() && isPositive &&
    highFrequency > lowFrequency;
}

function expectCount(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    throw new ConfigError(`${name} must be a whole number from 1 up, but got ${inWords(value)}.`);
  }
}

/** A value of a config, which may come from a file and be anything. */
function inWords(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
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
