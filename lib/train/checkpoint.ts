// A checkpoint: everything a run needs to go on as if it had never stopped, in one file.

import * as tf from "@tensorflow/tfjs";
import { ConfigError, FormatError } from "../errors.ts";
import { readModelFile, writeModelFile } from "../formats/model_file.ts";
import type { StoredTensor } from "../formats/safetensors.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { AdamW } from "./adamw.ts";

/** How far a run has come. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Tokens trained on. */
  readonly tokens: number;
  /** Training time, in seconds. */
  readonly seconds: number;
}

const KEY = "dials.training";
const FIRST = "adamw.first.";
const SECOND = "adamw.second.";

/** What a checkpoint is made from. */
export interface TrainingState {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
  readonly optimizer: AdamW;
}

/** Writes the state of a run to the file `path`, whole or not at all. */
export async function writeCheckpoint(
  path: string,
  { model, tokenizer, optimizer, progress }: TrainingState & { progress: Progress },
): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { first, second }] of optimizer.moments) {
    const { shape } = model.parameters.get(name)!;
    tensors.set(FIRST + name, { shape, values: first });
    tensors.set(SECOND + name, { shape, values: second });
  }
  const metadata = { [KEY]: JSON.stringify({ ...progress, updates: optimizer.steps }) };
  await writeModelFile(path, {
    config: model.config,
    values: model.values(),
    tokenizer,
    extra: { tensors, metadata },
  });
}

/**
 * Puts model and optimiser into the state of the checkpoint `path`.
 *
 * @returns how far the run had come; undefined if there is no such file
 * @throws {FormatError} if the file was cut off or is no checkpoint
 * @throws {ConfigError} if it is of a model of another shape or with another tokenizer
 */
export async function restoreCheckpoint(
  path: string,
  { model, tokenizer, optimizer }: TrainingState,
): Promise<Progress | undefined> {
  if (!await exists(path)) return undefined;
  const file = await readModelFile(path);
  const text = file.extra.metadata[KEY];
  if (text === undefined) {
    throw new FormatError(`${path} is a model without the state of a run; load it with loadModel.`);
  }
  const differing = Object.entries(model.config)
    .map(([key, value]) => [key, ...[Reflect.get(file.config, key), value].map(shown)])
    .filter(([, found, wanted]) => found !== wanted)
    .map(([key, found, wanted]) => `${key} ${found}, not ${wanted}`);
  if (differing.length > 0) {
    throw new ConfigError(`${path} is of another model: it has ${differing.join(", ")}.`);
  }
  if (JSON.stringify(file.tokenizer) !== JSON.stringify(tokenizer)) {
    throw new ConfigError(`${path} was trained with another tokenizer; its ids mean other text.`);
  }
  const { updates, ...progress } = parseProgress(text, path);
  const moments: [Float32Array, Float32Array][] = [];
  for (const [name, { first, second }] of optimizer.moments) {
    moments.push([first, stateOf(FIRST + name, first.length)]);
    moments.push([second, stateOf(SECOND + name, second.length)]);
  }
  // Everything was found: only now is anything changed.
  for (const [state, stored] of moments) state.set(stored);
  assignValues(model, file.values);
  optimizer.steps = updates;
  return progress;

  function shown(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  function stateOf(name: string, size: number): Float32Array {
    const stored = file.extra.tensors.get(name)?.values;
    if (stored?.length !== size) throw new FormatError(`${path} lacks the optimiser's ${name}.`);
    return stored;
  }
}

function parseProgress(text: string, path: string): Progress & { updates: number } {
  let json: Record<string, unknown> | null = null;
  try {
    json = JSON.parse(text);
  } catch {
    // said below
  }
  const { step, tokens, seconds, updates } = json ?? {};
  const counts = [step, tokens, seconds, updates];
  if (!counts.every((value) => typeof value === "number" && value >= 0)) {
    throw new FormatError(`${path} does not say how far its run had come.`);
  }
  return { step, tokens, seconds, updates } as Progress & { updates: number };
}

function assignValues(model: Transformer, values: ParameterValues): void {
  for (const [name, variable] of model.parameters) {
    const tensor = tf.tensor(values.get(name)!, variable.shape, "float32");
    variable.assign(tensor);
    tensor.dispose();
  }
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
