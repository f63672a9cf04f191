// PyTorch, as the peer's program runs it.

import { fromFileUrl } from "@std/path";
import { runProgram } from "./process.ts";
import type { Shape } from "./shapes.ts";

/** A Python that can run the peer's program. */
export interface Peer {
  readonly python: string;
  readonly script: string;
  readonly version: string;
}

/** One run of the peer. */
export interface PeerRun {
  /** Not known where the run was ended at a goal. */
  readonly tokensPerSecond: number;
  readonly parameters: number;
  readonly peakBytes?: number;
  /** Validation losses by the training time, in seconds, after which they were measured. */
  readonly losses: readonly {
    readonly step: number;
    readonly seconds: number;
    readonly loss: number;
  }[];
}

/** The peer that `python` runs; undefined where it has no PyTorch. */
export async function findPeer(python: string, script: URL): Promise<Peer | undefined> {
  try {
    const args = ["-c", "import torch; print('PyTorch', torch.__version__)"];
    const { lines } = await runProgram(python, args);
    return { python, script: fromFileUrl(script), version: lines[0] };
  } catch {
    return undefined;
  }
}

/**
 * Trains with the peer.
 *
 * @param options.goal ends the run as soon as a validation loss is no higher
 * @param options.flags more of the program's options, such as `--compile`
 */
export async function runPeer(
  { python, script }: Peer,
  { textFile, shape, steps, goal = -Infinity, flags = [] }: {
    textFile: string;
    shape: Shape;
    steps: number;
    goal?: number;
    flags?: readonly string[];
  },
): Promise<PeerRun> {
  const sizes = Object.entries(shape).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const args = [script, textFile, ...sizes, "--steps", String(steps), ...flags];
  const { lines, peakBytes } = await runProgram(python, args, {
    until: (line) => JSON.parse(line).val_loss <= goal,
  });
  const printed = lines.map((line) => JSON.parse(line));
  const { tokens_per_second: tokensPerSecond = NaN, parameters = NaN } = printed.at(-1);
  return {
    tokensPerSecond,
    parameters,
    peakBytes,
    losses: printed.filter(({ val_loss }) => val_loss !== undefined).map(
      ({ step, train_seconds: seconds, val_loss: loss }) => {
        return { step, seconds, loss };
      },
    ),
  };
}
