// The process that is profiled: each kernel, and each phase of a step, has a watch. Prints JSON.

import {
  CharTokenizer,
  loadCorpus,
  tokenizeCorpus,
  train,
  Transformer,
  useBackend,
} from "../../../lib/mod.ts";
import { Recording } from "../../../lib/tensor/arena/recording.ts";
import { Share } from "../../../lib/train/share.ts";
import type { OperationTime } from "./profile.ts";
import { peersModel, type Shape } from "./shapes.ts";

const WARM_UP = 5;

/** Time of each name, what it calls left out. */
class Watch {
  readonly #times = new Map<string, { calls: number; milliseconds: number }>();
  /** The time that has gone to those called by each that is under way. */
  readonly #inner: number[] = [];

  /** `work`, watched under `name`. */
  over<Args extends unknown[], Result>(
    name: string,
    work: (...args: Args) => Result,
  ): (...args: Args) => Result {
    const inner = this.#inner;
    const times = this.#times;
    return function (this: unknown, ...args: Args): Result {
      inner.push(0);
      const start = performance.now();
      try {
        return work.apply(this, args);
      } finally {
        const taken = performance.now() - start;
        const own = taken - inner.pop()!;
        if (inner.length > 0) inner[inner.length - 1] += taken;
        const entry = times.get(name) ?? { calls: 0, milliseconds: 0 };
        entry.calls++;
        entry.milliseconds += own;
        times.set(name, entry);
      }
    };
  }

  clear(): void {
    this.#times.clear();
  }

  times(steps: number): OperationTime[] {
    return [...this.#times]
      .map(([name, { calls, milliseconds }]) => {
        return { name, calls: calls / steps, milliseconds: milliseconds / steps };
      })
      .sort((a, b) => b.milliseconds - a.milliseconds);
  }
}

const { textFile, shape, steps }: { textFile: string; shape: Shape; steps: number } = JSON.parse(
  Deno.args[0],
);
await useBackend("auto");
const watch = new Watch();
const { add } = Recording.prototype;
Recording.prototype.add = function (name, run) { // a step repeats what was recorded
  add.call(this, name, watch.over(name, run));
};
const phases = {
  backpropagate: "batches and all else of both passes",
  reduce: "adding up gradients and their norm",
  update: "optimiser",
  release: "giving gradients back",
} as const;
for (const [method, name] of Object.entries(phases)) {
  const phase = method as keyof typeof phases;
  Share.prototype[phase] = watch.over(name, Share.prototype[phase] as () => never);
}

const corpus = await loadCorpus(textFile);
const tokenizer = CharTokenizer.train(corpus.text);
const data = tokenizeCorpus(corpus, tokenizer);
const model = Transformer.create(peersModel(shape, tokenizer.vocabularySize));
const run = train(model, data, {
  steps: steps + WARM_UP,
  batch: shape.batch,
  evaluateEvery: 1e9,
  workers: 0,
});
let counted = 0;
let result: OperationTime[] = [];
for await (const { step } of run) {
  if (step === WARM_UP) watch.clear();
  counted = step - WARM_UP;
  if (step === steps + WARM_UP - 1) result = watch.times(counted);
}
console.log(JSON.stringify(result));
