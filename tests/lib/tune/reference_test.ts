// Whole steps of learning against reference arithmetic: logits of a small model, and from there plain numbers or plain
// tfjs, written from the papers' formulas without the library's losses.

import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import type { Question } from "../../../lib/evaluate/question.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { Random } from "../../../lib/random.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CHAT_TOKENS, type ChatMessage, renderChat, saidIn } from "../../../lib/tokenizer/chat.ts";
import { ChatData } from "../../../lib/tune/chat_data.ts";
import { preferDirectly } from "../../../lib/tune/dpo.ts";
import { withLora } from "../../../lib/tune/lora.ts";
import { encodePairs } from "../../../lib/tune/preferences.ts";
import { reinforce } from "../../../lib/tune/reinforce.ts";
import { RewardModel } from "../../../lib/tune/reward_model.ts";
import { sampleAnswers } from "../../../lib/tune/sample_answers.ts";

await useBackend();
const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const create = () =>
  Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    context: 48,
    layers: 1,
    width: 32,
    seed: 7,
  });
const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });

/** −log of the softmax of a row at one place, in plain numbers. */
function surprise(row: readonly number[], at: number): number {
  const largest = Math.max(...row);
  return Math.log(row.reduce((sum, x) => sum + Math.exp(x - largest), 0)) + largest - row[at];
}

/** log p of every token of `ids` that `mask` marks, as a differentiable sum. */
function logLikelihood(model: Transformer, ids: ArrayLike<number>, mask: ArrayLike<number>) {
  const all = Array.from(ids);
  const input = tf.tensor2d([all.slice(0, -1)], undefined, "int32");
  const table = tf.logSoftmax(tf.squeeze(model.logits(input), [0])); // (T, V)
  const chosen = tf.oneHot(tf.tensor1d(all.slice(1), "int32"), tokenizer.vocabularySize);
  const perToken = tf.sum(tf.mul(table, chosen), -1); // (T)
  return tf.sum(tf.mul(perToken, tf.tensor1d(Array.from(mask).slice(1)))) as tf.Scalar;
}

/**
 * Tells how many of the parameters whose gradient is not small went against its sign. Adam's first step goes the learning
 * rate's length against each sign, whatever the gradient's length.
 */
function wrongWays(
  { before, after, loss }: { before: Transformer; after: Transformer; loss: () => tf.Scalar },
): { moved: number; wrong: number } {
  const { grads } = tf.variableGrads(loss, [...before.parameters.values()]);
  const [old, now] = [before.values(), after.values()];
  let [moved, wrong] = [0, 0];
  for (const [name, variable] of before.parameters) {
    const gradient = grads[variable.name].dataSync<"float32">();
    const floor = 0.05 * gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    for (const [i, slope] of gradient.entries()) {
      if (Math.abs(slope) <= floor) continue;
      moved++;
      if (Math.sign(now.get(name)![i] - old.get(name)![i]) !== -Math.sign(slope)) wrong++;
    }
  }
  return { moved, wrong };
}

const copyOf = (model: Transformer) => Transformer.fromValues(model.config, model.values());

Deno.test("the loss of fine-tuning is the mean surprise at the assistant's tokens, and its gradient that mean's", () => {
  const model = create();
  const chat = [user("A?"), assistant("Yes."), user("B?"), assistant("No.")];
  const data = new ChatData(tokenizer, { train: [chat], validation: [chat] });
  const [{ inputs, targets, batch, context }] = data.validationBatches({ batch: 1, context: 48 });
  const shape: [number, number] = [batch, context];
  const loss = () =>
    model.loss(tf.tensor2d(inputs, shape, "int32"), tf.tensor2d(targets, shape, "int32"));

  // By hand: which bytes and marks the assistant wrote, each after what stands before it.
  const text = "<|user|> A?<|end|><|assistant|> Yes.<|end|>" +
    "<|user|> B?<|end|><|assistant|> No.<|end|>";
  const pieces = text.match(/<\|\w+\|>|./g)!;
  const ids = pieces.map((piece) =>
    tokenizer.specialTokens.get(piece) ?? [...tokenizer.encode(piece)][0]
  );
  assertEquals([...renderChat(chat, tokenizer).ids].slice(-ids.length), ids);
  const lead = renderChat(chat, tokenizer).ids.length - ids.length; // what begins every text
  const written = [6, 7, 8, 9, 10, 11, 18, 19, 20, 21, 22].map((i) => i + lead);
  const all = [...renderChat(chat, tokenizer).ids];
  const plain = (model: Transformer) =>
    tf.tidy(() => {
      const rows = model.logits(tf.tensor2d([all.slice(0, -1)], undefined, "int32")).arraySync();
      const sum = written.reduce(
        (sum, at) => sum + surprise((rows as number[][][])[0][at - 1], all[at]),
        0,
      );
      return sum / written.length;
    });
  assertAlmostEquals(loss().dataSync()[0], plain(model), 1e-4);

  const { grads } = tf.variableGrads(loss, [...model.parameters.values()]);
  for (const [name, variable] of model.parameters) {
    const gradient = grads[variable.name].dataSync<"float32">();
    const at = gradient.reduce(
      (most, g, i) => Math.abs(g) > Math.abs(gradient[most]) ? i : most,
      0,
    );
    const moved = (by: number) => {
      const values = model.values();
      values.get(name)![at] += by;
      return plain(Transformer.fromValues(model.config, values));
    };
    const slope = (moved(1e-2) - moved(-1e-2)) / 2e-2;
    assert(Math.abs(gradient[at] - slope) < 0.02 * Math.abs(slope) + 1e-3, `${name}: ${slope}`);
  }
});

Deno.test("of a pair only the last answer counts, whatever the assistant said before", () => {
  const asked = [user("A?"), assistant("Yes."), user("B?")];
  const [{ chosen, rejected }] = encodePairs(
    [{ asked, chosen: "No.", rejected: "So?" }],
    tokenizer,
  );
  const written = ({ ids, mask }: typeof chosen) => tokenizer.decode(ids.filter((_, i) => mask[i]));
  assertEquals([written(chosen), written(rejected)], [" No.<|end|>", " So?<|end|>"]);
});

Deno.test("of a drawn answer what the model wrote counts, its end included, and not the question", async () => {
  const options = { group: 8, tokens: 6, temperature: 1, random: new Random(3, "masks") };
  for (
    const { text, tokens, ended } of await sampleAnswers(
      create(),
      tokenizer,
      [[user("A?")]],
      options,
    )
  ) {
    const { ids, mask } = tokens;
    const said = tokenizer.decode(ids.filter((_, i) => mask[i] === 1));
    const given = tokenizer.decode(ids.filter((_, i) => mask[i] === 0));
    assertEquals(saidIn(said), text + (ended ? "<|end|>" : ""));
    assert(given.endsWith("<|user|> A?<|end|><|assistant|>"), given);
  }
});

Deno.test("the first step of direct preferences goes along its paper's gradient", async () => {
  const model = create();
  const before = copyOf(model);
  const pair = { asked: [user("A or B?")], chosen: "B, of course.", rejected: "A" };
  const [{ chosen, rejected }] = encodePairs([pair], tokenizer);
  const options = { steps: 1, batch: 1, learningRate: 1e-3, beta: 0.5 };
  for await (const { loss } of preferDirectly(model, tokenizer, [pair], options)) {
    assertAlmostEquals(loss, Math.LN2, 1e-4);
  }
  // Where model and reference are one, the gradient is −β/2 · ∇(log p(chosen) − log p(rejected)).
  const loss = () =>
    tf.mul(
      tf.sub(
        logLikelihood(before, chosen.ids, chosen.mask),
        logLikelihood(before, rejected.ids, rejected.mask),
      ),
      -0.25,
    ) as tf.Scalar;
  const { moved, wrong } = wrongWays({ before, after: model, loss });
  assert(moved > 100);
  assertEquals(wrong, 0);
});

Deno.test("the loss that a reward model tells is −log σ of the difference of its rewards", async () => {
  const rewards = new RewardModel(create(), tokenizer);
  const pair = { asked: [user("A or B?")], chosen: "B", rejected: "A" };
  const difference = () => {
    const [chosen, rejected] = rewards.rewards(
      [pair.chosen, pair.rejected].map((content) => [...pair.asked, assistant(content)]),
    );
    return chosen - rejected;
  };
  let expected = Math.LN2;
  const gaps: number[] = [];
  for await (const point of rewards.train([pair], { steps: 6, batch: 1, learningRate: 1e-3 })) {
    assertAlmostEquals(point.loss, expected, 1e-4);
    gaps.push(difference());
    expected = -Math.log(1 / (1 + Math.exp(-gaps.at(-1)!)));
  }
  assert(gaps.at(-1)! > gaps[0] && gaps[0] > 0, gaps.join());
});

Deno.test("the first step of reinforcement goes along the gradient of advantages times log p", async () => {
  const model = create();
  const before = copyOf(model);
  const question: Question = { kind: "any", asked: [user("A?")], answer: "", passes: () => true };
  const settings = { tokens: 24, temperature: 1 };
  const group = 96; // a model that knows nothing ends few of its answers, and the others have no reward
  const reward = (reply: string) => 1 + reply.length;
  const options = {
    ...settings,
    steps: 1,
    questions: 1,
    group,
    learningRate: 1e-3,
    seed: 5,
    reward,
  };
  for await (const _ of reinforce(model, tokenizer, [question], options));

  // The same answers once more, and GRPO's gradient with the ratio at 1 and the model at its reference.
  const random = new Random(5, "reinforce");
  random.pick([question]);
  const answers = await sampleAnswers(before, tokenizer, [question.asked], {
    ...settings,
    group,
    random,
  });
  const rewards = answers.map(({ text, ended }) => ended ? reward(text) : 0);
  assert(new Set(rewards).size > 1, "a group of equal rewards teaches nothing");
  const mean = rewards.reduce((a, b) => a + b) / group;
  const deviation = Math.sqrt(rewards.reduce((sum, r) => sum + (r - mean) ** 2, 0) / group);
  const written = answers.reduce((sum, { tokens }) => sum + tokens.mask.filter(Boolean).length, 0);
  const loss = () =>
    answers.reduce(
      (sum, { tokens: { ids, mask } }, i) =>
        tf.sub(
          sum,
          tf.mul(logLikelihood(before, ids, mask), (rewards[i] - mean) / deviation / written),
        ) as tf.Scalar,
      tf.scalar(0),
    );
  const { moved, wrong } = wrongWays({ before, after: model, loss });
  assert(moved > 100);
  assertEquals(wrong, 0);
});

Deno.test("an adapter of full rank is given the gradient that the whole matrix would have", () => {
  const plain = create();
  const { width } = plain.config;
  const name = "blocks.0.attention.query";
  const adapted = withLora(plain, { rank: width, alpha: width, targets: ["query"] });
  const values = adapted.values();
  const identity = new Float32Array(width * width).map((_, i) => i % (width + 1) === 0 ? 1 : 0);
  values.set(`${name}.lora_a`, identity);
  const limit = Transformer.fromValues(adapted.config, values);
  const tokens = tf.tensor2d([[3, 1, 4, 1, 5, 9]], undefined, "int32");
  const targets = tf.tensor2d([[1, 4, 1, 5, 9, 2]], undefined, "int32");
  const gradient = (model: Transformer, parameter: string) => {
    const variable = model.parameters.get(parameter)!;
    const { grads } = tf.variableGrads(() => model.loss(tokens, targets), [variable]);
    return grads[variable.name].dataSync<"float32">();
  };
  const whole = gradient(plain, `${name}.weight`);
  const thin = gradient(limit, `${name}.lora_b`);
  assert(whole.some((slope) => Math.abs(slope) > 1e-5));
  for (const [i, slope] of whole.entries()) assertAlmostEquals(thin[i], slope, 1e-5);
});

Deno.test("a reward model refuses a pair with equal sides in a sentence", async () => {
  const rewards = new RewardModel(create(), tokenizer);
  const same = [{ asked: [user("A?")], chosen: "A", rejected: "A" }];
  await assertRejects(
    async () => {
      for await (const _ of rewards.train(same, { steps: 1 }));
    },
    ConfigError,
    'Both answers of pair 0 are "A"',
  );
});
