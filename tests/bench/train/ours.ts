// Our half of the benchmark: starts the trainer in a process of its own.

import { fromFileUrl } from "@std/path";
import type { ModelOptions } from "../../../lib/model/config.ts";
import type { BackendName } from "../../../lib/tensor/backend.ts";
import type { TrainingOptions } from "../../../lib/train/options.ts";
import { runProgram } from "./process.ts";

/** What the process is told, as JSON. */
export interface Job {
  readonly textFile: string;
  readonly backend: BackendName | "auto";
  readonly model: Omit<ModelOptions, "vocabularySize">;
  readonly training: TrainingOptions;
}

/** What it answers, as JSON. */
export interface OurRun {
  /** The backend in a sentence. */
  readonly backend: string;
  /** Of the median step. */
  readonly tokensPerSecond: number;
  /** Share of the matrix products' peak, in the median. */
  readonly peakShare: number;
  readonly parameters: number;
  /** Validation losses by training time. */
  readonly losses: readonly {
    readonly step: number;
    readonly seconds: number;
    readonly loss: number;
  }[];
  /** Memory of the process from time to time, by the step. */
  readonly memory: readonly { readonly step: number; readonly bytes: number }[];
  readonly peakBytes?: number;
}

const worker = fromFileUrl(new URL("./train_ours.ts", import.meta.url));

/** Trains with our program. */
export async function runOurs(job: Job): Promise<OurRun> {
  const args = ["run", "-A", "--no-check", worker, JSON.stringify(job)];
  const { lines, peakBytes } = await runProgram(Deno.execPath(), args);
  return { ...JSON.parse(lines.at(-1)!), peakBytes };
}
