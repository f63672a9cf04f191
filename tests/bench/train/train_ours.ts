// The process that trains for the benchmark; prints what it measured as JSON.

import {
  CharTokenizer,
  loadCorpus,
  tokenizeCorpus,
  train,
  Transformer,
  useBackend,
} from "../../../lib/mod.ts";
import type { Job, OurRun } from "./ours.ts";
import { median } from "./process.ts";

/** Steps whose time does not count: code is compiled, caches are cold. */
const WARM_UP = 5;
/** How often memory is looked at. */
const LOOKS = 10;

const { textFile, backend, model: options, training }: Job = JSON.parse(Deno.args[0]);
const { line } = await useBackend(backend);
const corpus = await loadCorpus(textFile);
const tokenizer = CharTokenizer.train(corpus.text);
const data = tokenizeCorpus(corpus, tokenizer);
const model = Transformer.create({ vocabularySize: tokenizer.vocabularySize, ...options });

const seconds: number[] = [];
const losses: OurRun["losses"][number][] = [];
const memory: OurRun["memory"][number][] = [];
const shares: number[] = [];
let before = 0;
let tokens = 0;
for await (const point of train(model, data, training)) {
  seconds.push(point.seconds - before);
  before = point.seconds;
  tokens = point.tokens / point.step;
  shares.push(point.peakShare!);
  if (point.validationLoss !== undefined) {
    losses.push({ step: point.step, seconds: point.seconds, loss: point.validationLoss });
  }
  if (point.step % Math.ceil(training.steps / LOOKS) === 0) {
    memory.push({ step: point.step, bytes: Deno.memoryUsage().rss });
  }
}
const run: OurRun = {
  backend: line,
  tokensPerSecond: tokens / median(seconds.slice(WARM_UP)),
  peakShare: median(shares),
  parameters: model.parameterCount,
  losses,
  memory,
};
console.log(JSON.stringify(run));
