// Low-rank adaptation: beside a matrix W stand two thin ones, A and B, and the layer computes x·W + (alpha / rank) · x·A·B.
// W rests while A and B learn, so that what is learned is a hundredth of the model and can be kept apart.
//
// Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"

import { ConfigError } from "../errors.ts";

/** The linear layers of a block that can be adapted. */
export const LORA_TARGETS = ["query", "key", "value", "output", "gate", "up", "down"] as const;

/** The name of a linear layer of a block. */
export type LoraTarget = typeof LORA_TARGETS[number];

/** Which matrices have thin ones beside them, and how thin. */
export interface LoraConfig {
  /** The width of the thin matrices. */
  readonly rank: number;
  /** What they add is scaled by alpha / rank. */
  readonly alpha: number;
  readonly targets: readonly LoraTarget[];
}

/** Whether the linear layer `name` of a block is adapted. */
export function isAdapted(lora: LoraConfig | null, name: string): boolean {
  return lora !== null && lora.targets.some((target) => name.endsWith(`.${target}`));
}

/** The names of the two thin matrices beside the linear layer `name`: (in, rank) and (rank, out). */
export function loraNames(name: string): { a: string; b: string } {
  return { a: `${name}.lora_a`, b: `${name}.lora_b` };
}

/** Whether a parameter belongs to an adapter. */
export function isLoraParameter(name: string): boolean {
  return name.endsWith(".lora_a") || name.endsWith(".lora_b");
}

/** @throws {ConfigError} if there can be no such adapter */
export function expectLora({ rank, alpha, targets }: LoraConfig): void {
  if (!Number.isSafeInteger(rank) || rank < 1) {
    throw new ConfigError(`lora.rank must be a whole number from 1 up, but got ${rank}.`);
  }
  if (!(alpha > 0 && alpha < Infinity)) {
    throw new ConfigError(`lora.alpha must be a number above 0, but got ${alpha}.`);
  }
  const isTarget = (target: unknown) => (LORA_TARGETS as readonly unknown[]).includes(target);
  if (!Array.isArray(targets) || targets.length === 0 || !targets.every(isTarget)) {
    throw new ConfigError(
      `lora.targets must list at least one of ${LORA_TARGETS.join(", ")}, but got ${
        JSON.stringify(targets)
      }.`,
    );
  }
}
