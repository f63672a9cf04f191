import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Question } from "../../../lib/evaluate/question.ts";
import type { ChatMessage } from "../../../lib/tokenizer/chat.ts";
import { learnedReward } from "../../../lib/tune/learned_reward.ts";

const question = (content: string): Question => ({
  kind: "any",
  asked: [{ role: "user", content }],
  answer: "",
  passes: () => true,
});

/** Judges an answer by its length, and remembers what it was shown. */
class FakeJudge {
  readonly shown: string[][] = [];

  rewards(conversations: readonly (readonly ChatMessage[])[]): Float32Array {
    this.shown.push(conversations.map((messages) => messages.map((m) => m.content).join(" ")));
    return Float32Array.from(conversations, (messages) => messages.at(-1)!.content.length);
  }
}

Deno.test("answers that are judged at once are judged together, each with its own reward", async () => {
  const judge = new FakeJudge();
  const reward = learnedReward(judge);
  const replies = ["", "yes", "no"];
  const rewards = await Promise.all(replies.map((reply, i) => reward(reply, question(`Q${i}`))));
  assertEquals(judge.shown, [["Q0 ", "Q1 yes", "Q2 no"]]);
  for (const [i, { length }] of replies.entries()) {
    assertAlmostEquals(rewards[i], 1 / (1 + Math.exp(-length)), 1e-6);
  }
  assertAlmostEquals(await reward("", question("Q")), 0.5);
  assertEquals(judge.shown.length, 2);
});

Deno.test("what goes wrong in judging is heard of by whoever asked", async () => {
  const reward = learnedReward({
    rewards() {
      throw new RangeError("too long");
    },
  });
  await assertRejects(async () => await reward("yes", question("Q")), RangeError, "too long");
});
