// A folder that keeps a run: `config.json` says what it is, `metrics.jsonl` has a line for each step, and
// `checkpoint.safetensors` is where it can go on.

import { join } from "@std/path";
import { ConfigError, FormatError } from "../errors.ts";
import { expectWritable, readBytes, writeWhole } from "../formats/file.ts";
import type { TrainingPoint } from "./point.ts";

/** The checkpoint of the run in `folder`. */
export function checkpointPath(folder: string): string {
  return join(folder, "checkpoint.safetensors");
}

function metricsPath(folder: string): string {
  return join(folder, "metrics.jsonl");
}

function configPath(folder: string): string {
  return join(folder, "config.json");
}

/**
 * Makes the folder of a new run.
 *
 * @throws {ConfigError} if there is a run in it
 * @throws {FormatError} if it cannot be written
 */
export async function beginRunFolder(folder: string): Promise<void> {
  if (await isFile(checkpointPath(folder))) {
    throw new ConfigError(
      `The folder ${folder} keeps a run already: go on with it by resume: true, or name another folder.`,
    );
  }
  await expectWritable(checkpointPath(folder));
  await writeWhole(metricsPath(folder), new Uint8Array());
}

/**
 * Makes the folder of a run ready to go on after `step`: what was noted of later steps is forgotten, since
 * they will be done again.
 *
 * @returns the points up to `step`
 * @throws {FormatError} if it cannot be written
 */
export async function resumeRunFolder(
  folder: string,
  { step }: { step: number },
): Promise<TrainingPoint[]> {
  await expectWritable(checkpointPath(folder));
  const path = metricsPath(folder);
  const points = await isFile(path) ? parseMetrics(await readBytes(path)) : [];
  const kept = points.filter((point) => point.step <= step);
  await writeWhole(path, new TextEncoder().encode(kept.map(formatLine).join("")));
  return kept;
}

/** Notes what the run is. */
export async function writeRunConfig(folder: string, config: object): Promise<void> {
  const text = `${JSON.stringify(config, undefined, 2)}\n`;
  await writeWhole(configPath(folder), new TextEncoder().encode(text));
}

/** Appends points to a run's metrics, a whole line at a time. */
export class MetricsLog {
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();

  constructor(folder: string) {
    this.#file = Deno.openSync(metricsPath(folder), { append: true, create: true });
  }

  append(point: TrainingPoint): void {
    let bytes = this.#encoder.encode(formatLine(point));
    while (bytes.length > 0) bytes = bytes.subarray(this.#file.writeSync(bytes));
  }

  /** Waits until all that was appended is on the disk. */
  sync(): void {
    this.#file.syncDataSync();
  }

  close(): void {
    this.#file.close();
  }
}

/** A run as its folder tells it. */
export interface KeptRun {
  /** What `config.json` says: the model's config, the training's options and where it ran. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The points of all steps. */
  readonly points: readonly TrainingPoint[];
}

/**
 * Reads what the folder of a run says of it, to compare it with others. The model in it is read by
 * `loadModel(folder + "/checkpoint.safetensors")`.
 *
 * @throws {FormatError} if there is no run
 * @example
 * ```ts
 * compareRuns({ small: (await readRun("runs/small")).points });
 * ```
 */
export async function readRun(folder: string): Promise<KeptRun> {
  const text = new TextDecoder().decode(await readBytes(configPath(folder)));
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    // said below
  }
  if (typeof config !== "object" || config === null) {
    throw new FormatError(`${configPath(folder)} describes no run.`);
  }
  const points = parseMetrics(await readBytes(metricsPath(folder)));
  return { config: config as Record<string, unknown>, points };
}

/** The points in the whole lines of `bytes`; a last line that was cut off does not count. */
function parseMetrics(bytes: Uint8Array): TrainingPoint[] {
  const points: TrainingPoint[] = [];
  const lines = new TextDecoder().decode(bytes).split("\n");
  for (const line of lines.slice(0, -1)) {
    try {
      points.push(JSON.parse(line));
    } catch {
      break; // power was lost while it was written; nothing after it can be trusted
    }
  }
  return points;
}

function formatLine(point: TrainingPoint): string {
  return `${JSON.stringify(point)}\n`;
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile === true;
}
