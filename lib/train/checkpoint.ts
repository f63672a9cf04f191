// A checkpoint: everything a run needs to go on as if it had never stopped, in one file.

import { ConfigError, FormatError } from "../errors.ts";
import { type ModelFile, readModelFile, writeModelFile } from "../formats/model_file.ts";
import type { StoredTensor } from "../formats/safetensors.ts";
import type { ModelConfig } from "../model/config.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { type Layout, slotValues } from "./layout.ts";

/** How far a run has come. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Tokens trained on. */
  readonly tokens: number;
  /** Training time, in seconds. */
  readonly seconds: number;
}

/** The numbers of a run, each flat array in its layout. */
export interface RunNumbers {
  /** The parameters, in the layout's order. */
  readonly parameters: readonly Float32Array[];
  /** The moving average of the parameters; empty where there is none. */
  readonly average: Float32Array;
  /** What the optimiser remembers. */
  readonly state: Float32Array;
}

/** What the numbers mean. */
export interface RunShape {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  readonly layout: Layout;
  readonly stateLayout: Layout;
}

const KEY = "dials.training";
/** Before the names of parameters as the next step needs them, where the model has their average. */
const RAW = "training.";

/** Writes the state of a run to the file `path`, whole or not at all. What reads a model reads it too. */
export async function writeCheckpoint(
  path: string,
  { shape, numbers, progress }: { shape: RunShape; numbers: RunNumbers; progress: Progress },
): Promise<void> {
  const { config, tokenizer, layout, stateLayout } = shape;
  const values = new Map<string, Float32Array>();
  const tensors = new Map<string, StoredTensor>();
  for (const [i, slot] of layout.slots.entries()) {
    const raw = numbers.parameters[i];
    values.set(slot.name, numbers.average.length > 0 ? slotValues(numbers.average, slot) : raw);
    if (numbers.average.length > 0) {
      tensors.set(RAW + slot.name, { shape: slot.shape, values: raw });
    }
  }
  for (const slot of stateLayout.slots) {
    tensors.set(slot.name, { shape: slot.shape, values: slotValues(numbers.state, slot) });
  }
  const metadata = { [KEY]: JSON.stringify(progress) };
  await writeModelFile(path, { config, values, tokenizer, extra: { tensors, metadata } });
}

/**
 * Puts the numbers of a run into the state of the checkpoint `path`.
 *
 * @returns how far the run had come; undefined if there is no such file
 * @throws {FormatError} if the file was cut off or is no checkpoint
 * @throws {ConfigError} if it is of a model of another shape, with another tokenizer or of another optimiser
 */
export async function restoreCheckpoint(
  path: string,
  { shape, numbers }: { shape: RunShape; numbers: RunNumbers },
): Promise<Progress | undefined> {
  if (!await exists(path)) return undefined;
  const file = await readModelFile(path);
  const text = file.extra.metadata[KEY];
  if (text === undefined) {
    throw new FormatError(`${path} is a model without the state of a run; load it with loadModel.`);
  }
  expectSameModel(file, { ...shape, path });
  const progress = parseProgress(text, path);

  const copies: [Float32Array, Float32Array][] = [];
  for (const [i, slot] of shape.layout.slots.entries()) {
    const raw = file.extra.tensors.get(RAW + slot.name)?.values;
    if (raw !== undefined && raw.length !== slot.size) {
      throw new FormatError(`${path} holds ${RAW + slot.name} of another size than its model.`);
    }
    const values = file.values.get(slot.name)!;
    copies.push([numbers.parameters[i], raw ?? values]);
    if (numbers.average.length > 0) copies.push([slotValues(numbers.average, slot), values]);
  }
  for (const slot of shape.stateLayout.slots) {
    const stored = file.extra.tensors.get(slot.name)?.values;
    if (stored?.length !== slot.size) {
      throw new ConfigError(
        `${path} lacks the optimiser's ${slot.name}: go on with the optimizer that the run began with.`,
      );
    }
    copies.push([slotValues(numbers.state, slot), stored]);
  }
  // Everything was found: only now is anything changed.
  for (const [to, from] of copies) to.set(from);
  return progress;
}

function expectSameModel(
  file: ModelFile,
  { config, tokenizer, path }: Pick<RunShape, "config" | "tokenizer"> & { path: string },
): void {
  const differing = Object.entries(config)
    .map(([key, value]) => [key, ...[Reflect.get(file.config, key), value].map(shown)])
    .filter(([, found, wanted]) => found !== wanted)
    .map(([key, found, wanted]) => `${key} ${found}, not ${wanted}`);
  if (differing.length > 0) {
    throw new ConfigError(`${path} is of another model: it has ${differing.join(", ")}.`);
  }
  if (JSON.stringify(file.tokenizer) !== JSON.stringify(tokenizer)) {
    throw new ConfigError(`${path} was trained with another tokenizer; its ids mean other text.`);
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parseProgress(text: string, path: string): Progress {
  let json: Record<string, unknown> | null = null;
  try {
    json = JSON.parse(text);
  } catch {
    // said below
  }
  const { step, tokens, seconds } = json ?? {};
  if (![step, tokens, seconds].every((value) => typeof value === "number" && value >= 0)) {
    throw new FormatError(`${path} does not say how far its run had come.`);
  }
  return { step, tokens, seconds } as Progress;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
