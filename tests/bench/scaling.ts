// How the loss falls with parameters, tokens and compute, and whether the fitted law foretells a larger run.
//   deno task bench scaling [--share 1] [--figure FILE.svg] [--json]
//
// A family of recipe models learns characters of the shipped corpus. Three laws are fitted: at equal tokens over the
// parameters, at equal parameters over the tokens, and over the compute where both grow together. Then one run of
// nearly four times the compute of the largest is made, and its loss set beside what the last law said before.
// --share 0.2 gives every run a fifth of the tokens, to see whether it runs.

import { parseArgs } from "@std/cli/parse-args";
import {
  CharTokenizer,
  fitScalingLaw,
  formatNumber,
  loadCorpus,
  scalingChart,
  type ScalingLaw,
  tokenizeCorpus,
  useBackend,
} from "dials";
import { Family, type Plan, type Run } from "./scaling/family.ts";

const { share, figure, json } = parseArgs(Deno.args, {
  string: ["share", "figure"],
  boolean: ["json"],
  default: { share: "1" },
});
/** Tokens of the longest runs of the family. */
const MOST = Math.round(800_000 * Number(share));

const BY_PARAMETERS: readonly Plan[] = [1, 2, 3, 4].map((depth) => ({ depth, tokens: MOST }));
const BY_TOKENS: readonly Plan[] = [8, 4, 2, 1].map((part) => ({ depth: 2, tokens: MOST / part }));
const BY_COMPUTE: readonly Plan[] = [1, 2, 3, 4]
  .map((depth) => ({ depth, tokens: MOST / 2 ** (4 - depth) }));
const LARGER: Plan = { depth: 5, tokens: 2 * MOST };

const began = performance.now();
const backend = await useBackend();
const corpus = await loadCorpus("harbour", { size: 4_000_000 });
const tokenizer = CharTokenizer.train(corpus.text);
const family = new Family(tokenizeCorpus(corpus, tokenizer, { validation: 0.02 }), tokenizer);
if (!json) {
  console.log(backend.line);
  console.log("depth  parameters    tokens  operations   loss  bits per byte  seconds");
}

const laws = {
  parameters: await lawOf(BY_PARAMETERS, (run) => run.parameters),
  tokens: await lawOf(BY_TOKENS, (run) => run.tokens),
  operations: await lawOf(BY_COMPUTE, (run) => run.operations),
};
const expected = laws.operations.predict(family.operations(LARGER));
if (!json) {
  for (const [size, law] of Object.entries(laws)) {
    const { floor, factor, exponent, error } = law;
    console.log(
      `loss = ${floor.toFixed(3)} + ${formatNumber(factor)} · ${size}^${
        (-exponent).toFixed(3)
      }, off by ${error.toFixed(4)}`,
    );
  }
  console.log(`\nThe larger run, said before: ${expected.toFixed(3)}`);
}
const larger = await trained(LARGER);
const off = 100 * (expected / larger.loss - 1);
const seconds = (performance.now() - began) / 1000;
if (json) {
  console.log(JSON.stringify({ runs: family.runs, laws, expected, larger, seconds }, undefined, 2));
} else {
  console.log(`Measured: ${larger.loss.toFixed(3)}; the law was off by ${off.toFixed(1)} %.`);
  console.log(`${Math.round(seconds)} s in all.`);
}
if (figure !== undefined) {
  const runs = await Promise.all(BY_COMPUTE.map((plan) => family.train(plan)));
  const chart = scalingChart(runs.map(pointBy((run) => run.operations)), laws.operations, {
    checks: [pointBy((run) => run.operations)(larger)],
    sizeTitle: "operations",
    unit: "nats per character",
  });
  await Deno.writeTextFile(figure, chart.toSvg());
}
Deno.exit(0);

async function lawOf(plans: readonly Plan[], size: (run: Run) => number): Promise<ScalingLaw> {
  const runs: Run[] = [];
  for (const plan of plans) runs.push(await trained(plan));
  return fitScalingLaw(runs.map(pointBy(size)));
}

function pointBy(size: (run: Run) => number): (run: Run) => { size: number; loss: number } {
  return (run) => ({ size: size(run), loss: run.loss });
}

/** Makes a run, and tells of it if it is new. */
async function trained(plan: Plan): Promise<Run> {
  const known = family.runs.length;
  const run = await family.train(plan);
  if (!json && family.runs.length > known) console.log(row(run));
  return run;
}

function row({ depth, parameters, tokens, operations, loss, bitsPerByte, seconds }: Run): string {
  return [
    String(depth).padStart(5),
    formatNumber(parameters).padStart(10),
    formatNumber(tokens).padStart(8),
    operations.toExponential(2).padStart(10),
    loss.toFixed(3),
    bitsPerByte.toFixed(3).padStart(13),
    seconds.toFixed(1).padStart(7),
  ].join("  ");
}
