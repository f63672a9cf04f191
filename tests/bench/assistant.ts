// Trains an assistant from scratch, stage by stage, and asks each stage questions that it has not seen.
//   deno task bench assistant [--share 1] [--keep FOLDER]
//
// --share 0.1 does a tenth of every stage, to see whether it runs; --keep saves each stage's model in a folder, and goes
// on from those that are there.

import { parseArgs } from "@std/cli/parse-args";
import { join } from "@std/path";
import { evaluateAssistants, loadModel, saveModel, useBackend } from "dials";
import type { Stage } from "./assistant/stage.ts";
import { baseModel } from "./assistant/base.ts";
import { fineTuned } from "./assistant/fine_tuned.ts";
import { preferred } from "./assistant/preferred.ts";
import { reinforced } from "./assistant/reinforced.ts";
import { testSets } from "./assistant/question_sets.ts";

const { share, keep } = parseArgs(Deno.args, {
  string: ["share", "keep"],
  default: { share: "1" },
});
const began = performance.now();
console.log((await useBackend()).line);

const stages: Stage[] = [];
const makers = { base: baseModel, "fine-tuned": fineTuned, preferred, reinforced };
for (const [name, make] of Object.entries(makers)) {
  const start = performance.now();
  const path = keep === undefined ? undefined : join(keep, `${name}.safetensors`);
  const kept = path !== undefined && await isThere(path);
  const made = kept ? await loadModel(path) : await make(stages.at(-1), { share: Number(share) });
  stages.push({ name, ...made });
  if (path !== undefined && !kept) await saveModel(path, made);
  console.log(`${name}: ${kept ? `from ${path}` : minutes(performance.now() - start)}\n`);
}

const report = await evaluateAssistants(
  Object.fromEntries(stages.map((stage) => [stage.name, stage])),
  testSets(),
);
console.log(String(
  (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]()["text/plain"],
));
console.log(`\n${minutes(performance.now() - began)} in all.`);
Deno.exit(0);

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
