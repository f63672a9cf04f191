// How fast models train, beside PyTorch on the same processor: speed, time to a loss, memory, workers and profile.
//   deno task bench train [--peer PYTHON] [--parts speed,loss,…] [--shapes 1,2,3] [--steps 60] [--rounds 3]
//     [--eager] [--json]
//
// The parts: `speed` trains models of one architecture and batch with both programs in turn; `loss` measures the
// training time to a validation loss of 1.90; `memory` looks at 5,000 steps; `workers` compares one with two;
// `profile` says which operation takes how long. --shapes picks from the models of `speed`, `workers` and `profile`
// by their numbers. The peer is a Python with PyTorch; without --peer, `python3` is asked. With --eager its compiled
// form, which takes a minute to start, is left out.

import { parseArgs } from "@std/cli/parse-args";
import { isPresent, PEERS } from "../fixtures.ts";
import { measureLoss } from "./train/loss.ts";
import { measureMemory } from "./train/memory.ts";
import { findPeer, type Peer } from "./train/peer.ts";
import { profile } from "./train/profile.ts";
import { type Shape, SHAPES } from "./train/shapes.ts";
import { measureSpeed } from "./train/speed.ts";
import { measureWorkers } from "./train/workers.ts";

/** What all parts are told. */
export interface BenchOptions {
  /** The models to train. */
  readonly shapes: readonly Shape[];
  /** Steps of which the median counts. */
  readonly steps: number;
  /** How often each program has its turn. */
  readonly rounds: number;
  readonly peer: Peer | undefined;
  /** Whether the peer is measured in its compiled form too. */
  readonly isCompiledToo: boolean;
}

/** A part's figures, and the lines that show them. */
export interface Part {
  readonly figures: unknown;
  readonly lines: readonly string[];
}

const PARTS: Readonly<Record<string, (options: BenchOptions) => Promise<Part>>> = {
  speed: measureSpeed,
  loss: measureLoss,
  memory: measureMemory,
  workers: measureWorkers,
  profile,
};

const { peer: python, parts, shapes, steps, rounds, eager, json } = parseArgs(Deno.args, {
  string: ["peer", "parts", "shapes", "steps", "rounds"],
  boolean: ["eager", "json"],
  default: {
    peer: "python3",
    parts: Object.keys(PARTS).join(),
    shapes: SHAPES.map((_, i) => i + 1).join(),
    steps: "60",
    rounds: "3",
  },
});

const names: string[] = parts.split(",");
const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are ${Object.keys(PARTS).join(", ")}.`);
  Deno.exit(1);
}
const chosen: (Shape | undefined)[] = shapes.split(",").map((number: string) =>
  SHAPES[Number(number) - 1]
);
if (chosen.includes(undefined)) {
  console.error(`--shapes takes numbers from 1 to ${SHAPES.length}, but got ${shapes}.`);
  Deno.exit(1);
}
const script = new URL("torch_gpt.py", PEERS);
if (!isPresent(script)) {
  console.error(`The peer's program ${script.pathname} is absent; nothing can be compared.`);
  Deno.exit(1);
}
const peer = await findPeer(python, script);
if (peer === undefined) {
  console.error(
    `${python} has no PyTorch: our figures stand alone. --peer names another Python.\n`,
  );
}

const figures: Record<string, unknown> = {};
for (const name of names) {
  const part = await PARTS[name]({
    shapes: chosen as Shape[],
    steps: Number(steps),
    rounds: Number(rounds),
    peer,
    isCompiledToo: !eager,
  });
  figures[name] = part.figures;
  if (!json) console.log(`${part.lines.join("\n")}\n`);
}
if (json) console.log(JSON.stringify({ peer: peer?.version, figures }, undefined, 2));
