// The training time to a validation loss: the recipe, and the peer with its defaults and as Llama.

import { recipe } from "../../../lib/train/recipe.ts";
import type { BenchOptions, Part } from "../train.ts";
import { type OurRun, runOurs } from "./ours.ts";
import { type PeerRun, runPeer } from "./peer.ts";
import { SHAPES } from "./shapes.ts";
import { WHOLE_TEXT } from "./text.ts";

/** The loss to come to, over the whole validation split. */
const GOAL = 1.9;
/** The seeds of our runs: one lucky draw would tell little. */
const SEEDS = [1, 2, 3];

/** Tokens that the recipe is given: little more than it needs. */
const TOKENS = 250_000;
/** Steps between our evaluations. */
const EVALUATE_EVERY = 10;

/** When a run came to the goal, in seconds of training; if it did not, all the time that it had. */
function secondsToGoal(losses: PeerRun["losses"]): { seconds: number; isReached: boolean } {
  const at = losses.find(({ loss }) => loss <= GOAL);
  return { seconds: (at ?? losses.at(-1)!).seconds, isReached: at !== undefined };
}

/** Trains with the recipe's goal-length run, and with the peer in both its ways. */
export async function measureLoss({ peer }: BenchOptions): Promise<Part> {
  const vocabularySize = new Set(await Deno.readTextFile(WHOLE_TEXT)).size;
  const { model, training } = recipe({ depth: 4, vocabularySize, tokens: TOKENS });
  const ours: OurRun[] = [];
  const told = (who: string, losses: PeerRun["losses"]) => {
    const { seconds, isReached } = secondsToGoal(losses);
    console.error(`${who}: ${isReached ? "" : "not reached in "}${seconds.toFixed(1)} s`);
  };
  for (const seed of SEEDS) {
    ours.push(
      await runOurs({
        textFile: WHOLE_TEXT,
        backend: "auto",
        model,
        training: { ...training, seed, evaluateEvery: EVALUATE_EVERY },
      }),
    );
    told(`the recipe, seed ${seed}`, ours.at(-1)!.losses);
  }
  const lines = [
    `Seconds of training to a validation loss of ${GOAL} on tinyshakespeare, characters`,
    "",
    "| | seconds | steps | loss at the end |",
    "| --- | ---: | ---: | ---: |",
  ];
  const show = (name: string, losses: PeerRun["losses"]): void => {
    const at = losses.find(({ loss }) => loss <= GOAL);
    const { seconds, isReached } = secondsToGoal(losses);
    const cells = [
      name,
      `${isReached ? "" : "more than "}${seconds.toFixed(1)}`,
      at?.step ?? "",
      losses.at(-1)!.loss.toFixed(3),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  };
  for (const [i, { losses }] of ours.entries()) show(`the recipe, seed ${SEEDS[i]}`, losses);
  const theirs: Record<string, PeerRun> = {};
  if (peer !== undefined) {
    const task = { textFile: WHOLE_TEXT, shape: SHAPES[0], steps: 2000, goal: GOAL };
    theirs.gpt2 = await runPeer(peer, task);
    told("PyTorch, its defaults", theirs.gpt2.losses);
    const flags = ["--arch", "llama", "--lr", "3e-3", "--eval-every", "50"];
    theirs.llama = await runPeer(peer, { ...task, flags });
    told("PyTorch, --arch llama --lr 3e-3", theirs.llama.losses);
    show("PyTorch, its defaults", theirs.gpt2.losses);
    show("PyTorch, --arch llama --lr 3e-3", theirs.llama.losses);
    const all = ours.map(({ losses }) => secondsToGoal(losses));
    if (all.every(({ isReached }) => isReached)) {
      const slowest = Math.max(...all.map(({ seconds }) => seconds));
      for (const [name, { losses }] of Object.entries(theirs)) {
        const { seconds, isReached } = secondsToGoal(losses);
        const times = `${isReached ? "" : "more than "}${(seconds / slowest).toFixed(1)} ×`;
        lines.push("", `${times} faster than ${name}, by our slowest seed`);
      }
    }
  }
  return { figures: { ours, theirs }, lines };
}
