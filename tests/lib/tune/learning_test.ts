// Small models that learn from preferences and rewards: what was better becomes likelier.

import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import type { Question } from "../../../lib/evaluate/question.ts";
import { isLoraParameter } from "../../../lib/model/lora.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { Random } from "../../../lib/random.ts";
import { arenaBackend } from "../../../lib/tensor/arena/regions.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CHAT_TOKENS, type ChatMessage } from "../../../lib/tokenizer/chat.ts";
import { bestOf } from "../../../lib/tune/best_of.ts";
import { pairAnswers } from "../../../lib/tune/pair_answers.ts";
import { preferDirectly } from "../../../lib/tune/dpo.ts";
import { GradientSum } from "../../../lib/tune/gradient_sum.ts";
import { Learner } from "../../../lib/tune/learner.ts";
import { withLora } from "../../../lib/tune/lora.ts";
import type { Preference } from "../../../lib/tune/preferences.ts";
import { reinforce, type ReinforcementPoint } from "../../../lib/tune/reinforce.ts";
import { ChatData } from "../../../lib/tune/chat_data.ts";
import { RewardModel } from "../../../lib/tune/reward_model.ts";
import { sampleAnswers } from "../../../lib/tune/sample_answers.ts";
import { logProbabilities } from "../../../lib/tensor/log_probabilities.ts";
import {
  textLogProbabilities,
  writtenLogProbabilities,
  writtenRows,
} from "../../../lib/tune/written_tokens.ts";

await useBackend();
const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const create = () =>
  Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    context: 32,
    layers: 1,
    width: 32,
    seed: 4,
  });
const asked: ChatMessage[] = [{ role: "user", content: "A or B?" }];
const chats: ChatMessage[][] = [[...asked, { role: "assistant", content: "B" }]];
const pairs: Preference[] = [{ asked, chosen: "B", rejected: "A" }];

async function last<T>(points: AsyncIterable<T>): Promise<T> {
  let point: T | undefined;
  for await (point of points);
  return point!;
}

Deno.test("the log-probability of a text is the sum of those of its written tokens", () => {
  const model = create();
  const ids = Uint32Array.of(5, 9, 13, 2, 7);
  const rows = writtenRows([{ ids, mask: Uint8Array.of(0, 0, 1, 0, 1) }]);
  const expected = tf.tidy(() => {
    const all = tf.logSoftmax(model.logits(tf.tensor2d([...ids].slice(0, 4), [1, 4], "int32")));
    const values = all.arraySync()[0];
    return values[1][13] + values[3][7];
  });
  assertAlmostEquals(textLogProbabilities(model, rows).dataSync()[0], expected, 1e-4);
});

Deno.test("log-probabilities and their gradients are those of all positions' scores, wherever texts were written", () => {
  const model = create();
  const texts = [
    { ids: Uint32Array.of(5, 9, 13, 2, 7), mask: Uint8Array.of(0, 0, 1, 0, 1) },
    { ids: Uint32Array.of(4, 4), mask: Uint8Array.of(0, 0) },
    { ids: Uint32Array.from({ length: 20 }, (_, i) => i), mask: new Uint8Array(20).fill(1) },
  ];
  const rows = writtenRows(texts);
  const weights = tf.tensor2d(
    Float32Array.from(rows.targets, (_, i) => Math.sin(i)),
    [rows.batch, rows.context],
  );
  const ofAll = () => {
    const logits = model.logits(tf.tensor2d(rows.inputs, [rows.batch, rows.context], "int32"));
    const flat = tf.reshape(logits, [rows.inputs.length, -1]);
    const found = logProbabilities(flat, tf.tensor1d(rows.targets, "int32"));
    return tf.reshape(found, [rows.batch, rows.context]);
  };
  const [some, all] = [() => writtenLogProbabilities(model, rows), ofAll].map((find) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(find(), weights)));
      const gradients = [...model.parameters.values()].map(({ name }) => grads[name].dataSync());
      return [find().dataSync(), value.dataSync(), ...gradients].map((values) => [...values]);
    })
  );
  for (const [i, values] of all.entries()) {
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, j) => assertAlmostEquals(some[i][j], value, 1e-5 * scale));
  }
  assertEquals(some[0].map((value) => value !== 0), [...rows.targets].map((id) => id >= 0));
});

Deno.test("a step of learning is AdamW's, whether the loss comes whole or in parts", () => {
  const loss = (x: tf.Variable, share: number) => () =>
    tf.mul(tf.sum(tf.square(tf.sub(x, tf.tensor1d([1, 2])))), share) as tf.Scalar;
  const [whole, parted] = [[3, -1], [3, -1]].map((start) => tf.variable(tf.tensor1d(start)));
  const steps = [whole, parted].map((x, i) => {
    const learner = new Learner(new Map([["x", x]]), { clip: Infinity });
    const losses = i === 0 ? [loss(x, 1)] : [loss(x, 0.25), loss(x, 0.75)];
    return learner.step(losses, { learningRate: 0.1 });
  });
  assertAlmostEquals(steps[0].loss, 13, 1e-5);
  assertAlmostEquals(steps[0].gradientNorm, Math.hypot(4, -6), 1e-5);
  assertAlmostEquals(steps[1].gradientNorm, steps[0].gradientNorm, 1e-5);
  // The first step of Adam goes the learning rate's length along each sign.
  for (const x of [whole, parted]) {
    for (const [i, value] of [2.9, -0.9].entries()) {
      assertAlmostEquals(x.dataSync()[i], value, 1e-5);
    }
  }
});

Deno.test("gradients that were found elsewhere are added up before a step", () => {
  const [whole, parted] = [1, 2].map(() => tf.variable(tf.tensor1d([3, -1])));
  const loss = (x: tf.Variable) => () => tf.sum(tf.square(x)) as tf.Scalar;
  const parameters = new Map([["x", parted]]);
  const sums = [1, 2].map(() => new GradientSum(parameters));
  const losses = sums.map((sum) => sum.add(loss(parted)));
  const regions = sums.map(({ region }) => region);
  const options = { clip: Infinity };
  const moved = new Learner(parameters, options)
    .move(regions, { loss: losses[0] + losses[1], learningRate: 0.1 });
  const expected = new Learner(new Map([["x", whole]]), options)
    .step([loss(whole), loss(whole)], { learningRate: 0.1 });
  assertEquals(moved, expected);
  assertEquals(moved.loss, 20);
  assertEquals(parted.dataSync(), whole.dataSync());
});

Deno.test("a loss that is no number moves nothing and is refused", () => {
  const x = tf.variable(tf.tensor1d([1]));
  const learner = new Learner(new Map([["x", x]]));
  const nan = () => tf.mul(tf.sum(x), NaN) as tf.Scalar;
  try {
    learner.step([nan], { learningRate: 0.1 });
    assert(false, "nothing was refused");
  } catch (error) {
    assert(error instanceof ConfigError);
  }
  assertEquals(x.dataSync()[0], 1);
});

Deno.test("direct preferences make the chosen answer likelier than the rejected one", async () => {
  const model = create();
  const first = await last(preferDirectly(create(), tokenizer, pairs, { steps: 1 }));
  assertAlmostEquals(first.loss, Math.LN2, 1e-4);
  const point = await last(preferDirectly(model, tokenizer, pairs, {
    steps: 20,
    batch: 2,
    learningRate: 1e-3,
  }));
  assert(point.loss < 0.6, String(point.loss));
  assertEquals(point.accuracy, 1);
});

Deno.test("of an adapted model, preferences change the adapter alone", async () => {
  const model = withLora(create(), { rank: 4 });
  const before = model.values();
  await last(preferDirectly(model, tokenizer, pairs, { steps: 5, batch: 2, learningRate: 1e-2 }));
  const changed = [...model.values()]
    .filter(([name, values]) => values.some((value, i) => value !== before.get(name)![i]))
    .map(([name]) => name);
  assert(changed.length > 0);
  assertEquals(changed.filter((name) => !isLoraParameter(name)), []);
});

Deno.test("a reward model learns which answer is preferred, and the best of several has the highest reward", async () => {
  const rewards = new RewardModel(create(), tokenizer);
  await last(rewards.train(pairs, { steps: 30, batch: 2, learningRate: 1e-3 }));
  const reply = (content: string): ChatMessage[] => [...asked, { role: "assistant", content }];
  const [chosen, rejected] = rewards.rewards([reply("B"), reply("A")]);
  assert(chosen > rejected + 0.5, `${chosen} and ${rejected}`);
  const answers = await bestOf(create(), rewards, { messages: asked, count: 5, tokens: 4 });
  assertEquals(answers.length, 5);
  const found = answers.map(({ reward }) => reward);
  assertEquals(found, found.toSorted((a, b) => b - a));
});

Deno.test("reinforcement makes rewarded answers likelier, and says how", async () => {
  const model = create();
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  // Only answers that end are rewarded: a model that knows nothing ends few of them.
  const options = {
    questions: 4,
    group: 16,
    tokens: 8,
    learningRate: 1e-2,
    klWeight: 0,
    steps: 25,
  };
  const points: ReinforcementPoint[] = [];
  for await (const point of reinforce(model, tokenizer, [question], options)) points.push(point);
  assertEquals(points.length, 25);
  const meanOf = (part: ReinforcementPoint[]) =>
    part.reduce((sum, { reward }) => sum + reward, 0) / part.length;
  const [early, late] = [meanOf(points.slice(0, 3)), meanOf(points.slice(-3))];
  assert(late > early + 0.5, `${early} to ${late}`);
  assertAlmostEquals(points[0].kl, 0, 1e-6);
  assert(points.at(-1)!.kl > 0);
  assert(points.every(({ entropy, length }) => entropy >= 0 && length >= 1 && length <= 8));
});

Deno.test("what is replayed is learned beside the rewards", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const replay = new ChatData(tokenizer, { train: chats, validation: chats });
  const [batch] = replay.validationBatches({ batch: 1, context: 32 });
  const surprise = (model: Transformer) => {
    const inputs = tf.tensor2d(batch.inputs, [batch.batch, batch.context], "int32");
    const targets = tf.tensor2d(batch.targets, [batch.batch, batch.context], "int32");
    return tf.tidy(() => model.loss(inputs, targets).dataSync()[0]);
  };
  // Every answer has the same reward: of the rewards alone nothing is learned.
  const options = {
    questions: 1,
    group: 4,
    tokens: 4,
    learningRate: 1e-2,
    steps: 12,
    reward: () => 0,
  };
  const models = [create(), create(), create()];
  await last(reinforce(models[0], tokenizer, [question], { ...options, replay }));
  await last(reinforce(models[1], tokenizer, [question], { ...options, replay, replayWeight: 0 }));
  const [replayed, weightless, before] = models.map(surprise);
  assert(replayed < 0.5 * before, `${before} to ${replayed}`);
  assertAlmostEquals(weightless, before, 1e-3);
});

Deno.test("the learning rate falls to its final share", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const replay = new ChatData(tokenizer, { train: chats, validation: chats });
  const options = { questions: 1, group: 2, tokens: 4, learningRate: 1e-3, finalShare: 0 };
  const moved: number[] = [];
  // AdamW moves every number by about the rate, whatever the size of its gradient.
  const model = create();
  let values = model.values().get("embedding")!.slice();
  for await (const _ of reinforce(model, tokenizer, [question], { ...options, steps: 4, replay })) {
    const next = model.values().get("embedding")!.slice();
    moved.push(Math.max(...next.map((value, i) => Math.abs(value - values[i]))));
    values = next;
  }
  assertAlmostEquals(moved[0], 1e-3, 1e-4);
  assert(moved[3] < 0.5 * moved[0], moved.join(", "));
});

Deno.test("a point tells of the model before its step, however often the step learns from its answers", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const options = { questions: 2, group: 40, tokens: 8, learningRate: 1e-2, steps: 1 };
  const reward = (reply: string) => reply.length;
  const points: ReinforcementPoint[] = [];
  const models = [1, 3].map(() => create());
  for (const [i, epochs] of [1, 3].entries()) {
    const run = reinforce(models[i], tokenizer, [question], { ...options, reward, epochs });
    points.push(await last(run));
  }
  for (const point of points) {
    assertAlmostEquals(point.kl, 0, 1e-6);
    assertEquals(point.entropy, points[0].entropy);
    assertEquals(point.reward, points[0].reward);
  }
  const [once, thrice] = models.map((model) => model.values().get("embedding")!);
  assert(once.some((value, i) => value !== thrice[i]));
});

Deno.test("two threads practise and pair answers as one does", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const replay = new ChatData(tokenizer, { train: chats, validation: chats });
  const reward = (reply: string) => reply.length;
  const drawing = { group: 40, tokens: 8, reward };
  const options = { ...drawing, questions: 2, steps: 3, epochs: 2, learningRate: 1e-3, replay };
  const found = await Promise.all([1, 2].map(async (workers) => {
    const model = withLora(create(), { rank: 4 });
    const points: ReinforcementPoint[] = [];
    for await (
      const point of reinforce(model, tokenizer, [question], { ...options, workers })
    ) points.push(point);
    const pairs = await pairAnswers(model, tokenizer, [question], { ...drawing, workers });
    return { points, pairs, values: [...model.values().values()] };
  }));
  const [one, two] = found;
  for (const [i, point] of one.points.entries()) {
    assertEquals(two.points[i].example, point.example);
    assertEquals(two.points[i].reward, point.reward);
    for (const figure of ["kl", "entropy", "gradientNorm"] as const) {
      assertAlmostEquals(two.points[i][figure], point[figure], 1e-4);
    }
  }
  one.values.forEach((values, i) =>
    values.forEach((value, j) => assertAlmostEquals(two.values[i][j], value, 1e-4))
  );
  assertEquals(two.pairs, one.pairs);
});

Deno.test("threads that end give their memory back", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const options = { steps: 1, questions: 2, group: 4, tokens: 4, workers: 2 };
  const model = create();
  const practise = async () => {
    await last(reinforce(model, tokenizer, [question], options));
    return arenaBackend().arena.pages.bytesTaken();
  };
  await practise();
  const before = await practise();
  assertEquals(await practise(), before);
});

Deno.test("an answer that does not come to its end is worth no more than the worst of those that do", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const options = { steps: 1, questions: 2, group: 64, tokens: 8 };
  const punished = reinforce(create(), tokenizer, [question], { ...options, reward: () => -2 });
  assertEquals((await last(punished)).reward, -2);
  const { reward } = await last(reinforce(create(), tokenizer, [question], options));
  assert(0 < reward && reward < 1, `${reward}`);
});

Deno.test("a model's own answers are paired, the best with the worst, where they differ", async () => {
  // Of answers that end, longer ones are better.
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const options = { group: 300, tokens: 8, reward: (reply: string) => reply.length };
  const pairs = await pairAnswers(create(), tokenizer, [question, question], options);
  assertEquals(pairs.length, 2);
  for (const pair of pairs) {
    assertEquals(pair.asked, asked);
    assert(pair.chosen.length > pair.rejected.length);
  }
  assertEquals(await pairAnswers(create(), tokenizer, [question], { group: 300, tokens: 8 }), []);
});

Deno.test("the same seed draws the same answers", async () => {
  const model = create();
  const draw = async () => {
    const options = { group: 3, tokens: 5, temperature: 1, random: new Random(1, "answers") };
    return (await sampleAnswers(model, tokenizer, [asked], options)).map(({ text }) => text);
  };
  assertEquals(await draw(), await draw());
});

Deno.test("equal sides, no questions, no epochs and a reward of NaN are refused in a sentence", async () => {
  const question: Question = { kind: "any", asked, answer: "", passes: () => true };
  const same = [{ asked, chosen: "A", rejected: "A" }];
  await assertRejects(
    () => last(preferDirectly(create(), tokenizer, same, { steps: 1 })),
    ConfigError,
    'Both answers of pair 0 are "A"',
  );
  await assertRejects(
    () => last(reinforce(create(), tokenizer, [], { steps: 1 })),
    ConfigError,
    "no question to practise",
  );
  await assertRejects(
    () => last(reinforce(create(), tokenizer, [question], { steps: 1, epochs: 0 })),
    ConfigError,
    "epochs is 0",
  );
  await assertRejects(
    () => last(reinforce(create(), tokenizer, [question], { steps: 1, workers: 0 })),
    ConfigError,
    "workers is 0",
  );
  const other = BpeTokenizer.train("", { vocabularySize: 261, specialTokens: CHAT_TOKENS });
  const replay = new ChatData(other, { train: chats, validation: chats });
  await assertRejects(
    () => last(reinforce(create(), tokenizer, [question], { steps: 1, replay })),
    ConfigError,
    "another tokenizer",
  );
  const model = create();
  const before = model.values();
  const options = { steps: 1, questions: 1, group: 64, tokens: 8, reward: () => NaN };
  await assertRejects(
    () => last(reinforce(model, tokenizer, [question], options)),
    ConfigError,
    "is NaN",
  );
  assertEquals(model.values(), before);
  await assertRejects(
    () => pairAnswers(create(), tokenizer, []),
    ConfigError,
    "no question to draw answers to",
  );
  await assertRejects(
    () => pairAnswers(create(), tokenizer, [question], options),
    ConfigError,
    "is NaN",
  );
});
