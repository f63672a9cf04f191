import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { judge } from "../../../lib/evaluate/judge.ts";
import type { Question } from "../../../lib/evaluate/question.ts";
import { evaluateAssistants } from "../../../lib/evaluate/report.ts";
import { compareStages } from "../../../lib/plot/stages.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CHAT_TOKENS } from "../../../lib/tokenizer/chat.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { FakeModel } from "../generate/fakes.ts";

await useBackend("cpu");
const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const [end, assistant] = ["<|end|>", "<|assistant|>"].map((token) =>
  tokenizer.specialTokens.get(token)!
);

/** A model that answers everything with the same words. */
function alwaysSays(words: string): FakeModel {
  const ids = [assistant, ...tokenizer.encode(words), end];
  const scores = (token: number) => {
    const next = ids[ids.indexOf(token) + 1] ?? end;
    return Array.from({ length: tokenizer.vocabularySize }, (_, id) => id === next ? 50 : 0);
  };
  return new FakeModel(scores, { context: 64 });
}

const ask = (content: string, answer: string): Question => ({
  kind: "word",
  asked: [{ role: "user", content }],
  answer,
  passes: (reply) => reply === answer,
});
const questions = [ask("Yes?", "yes"), ask("No?", "no"), ask("Not?", "no"), ask("Nay?", "no")];
const [yes, no] = ["yes", "no"].map((words) => ({ model: alwaysSays(words), tokenizer }));

Deno.test("each reply is judged by its own question", async () => {
  const judged = await judge(no, questions, { tokens: 8 });
  assertEquals(judged.map(({ reply }) => reply), ["no", "no", "no", "no"]);
  assertEquals(judged.map(({ passed }) => passed), [false, true, true, true]);
});

Deno.test("a report holds every model's share of every set, and what was replied", async () => {
  const report = await evaluateAssistants({ yes, no }, { words: questions, one: [questions[0]] }, {
    tokens: 8,
  });
  assertEquals(report.result({ assistant: "no", set: "words" })?.share, 3 / 4);
  assertEquals(report.result({ assistant: "yes", set: "one" })?.share, 1);
  assertEquals(report.transcript({ assistant: "yes", set: "words", failed: true }).length, 3);
  assertEquals(report.transcript({ assistant: "no", set: "one" }), [
    { asked: "Yes?", reply: "no", expected: "yes", passed: false },
  ]);
  const shown = (report as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assert(shown["text/plain"].includes("75 % (30–95)"), shown["text/plain"]);
  assertEquals(shown["text/markdown"].split("\n").length, 4);
  const { data } = compareStages(report);
  assertEquals(data.filter(({ name }) => name === "no").map((trace) => "y" in trace && trace.y), [
    [75, 0],
  ]);
});

Deno.test("a signal ends it, and an empty set is refused", async () => {
  const done = await judge(no, questions, { signal: AbortSignal.abort() });
  assertEquals(done, []);
  await assertRejects(() => evaluateAssistants({ no }, { none: [] }), ConfigError, "The set none");
});
