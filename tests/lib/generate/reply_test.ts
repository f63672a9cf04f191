import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { generateText } from "../../../lib/generate/generate.ts";
import { reply, replyText, replyTexts } from "../../../lib/generate/reply.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import {
  CHAT_TOKENS,
  chatEnd,
  type ChatMessage,
  renderPrompt,
} from "../../../lib/tokenizer/chat.ts";
import { FakeModel } from "./fakes.ts";

await tf.setBackend("cpu");

const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const ASK: ChatMessage = { role: "user", content: "Who?" };

/** After `<|assistant|>` it writes an answer of letters that are all different, then `<|end|>`. */
function answering(answer: string, { context = 64 } = {}): FakeModel {
  const order = [tokenizer.specialTokens.get("<|assistant|>")!, ...tokenizer.encode(answer)];
  return new FakeModel((token) => {
    const scores = new Array(260).fill(0);
    scores[order[order.indexOf(token) + 1] ?? chatEnd(tokenizer)] = 100;
    return scores;
  }, { context });
}

Deno.test("an answer ends with its turn", async () => {
  const options = { messages: [ASK], tokens: 50, temperature: 0 };
  assertEquals(await replyText(answering("Mar."), tokenizer, options), "Mar.");
  assertEquals(await replyText(answering("Mar."), tokenizer, { ...options, tokens: 2 }), "Ma");
});

Deno.test("an answer is given without the space that a turn begins with", async () => {
  const options = { tokens: 50, temperature: 0 };
  assertEquals(
    await replyText(answering(" Mar."), tokenizer, { ...options, messages: [ASK] }),
    "Mar.",
  );
  const conversations = [[ASK], [ASK]];
  assertEquals(await replyTexts(answering(" Mar."), tokenizer, { ...options, conversations }), [
    "Mar.",
    "Mar.",
  ]);
});

Deno.test("a model answers the tokens that it would be fine-tuned on", async () => {
  const model = answering("Mar.");
  await replyText(model, tokenizer, { messages: [ASK], tokens: 1, temperature: 0 });
  assertEquals(model.windows, [[...renderPrompt([ASK], tokenizer)]]);
});

Deno.test("of a long conversation the newest part that leaves room for the answer is read", async () => {
  const messages: ChatMessage[] = [
    ...Array.from({ length: 9 }, (): ChatMessage[] => [
      ASK,
      { role: "assistant", content: "Mara." },
    ]).flat(),
    ASK,
  ];
  const model = answering("Mar.", { context: 40 });
  await replyText(model, tokenizer, { messages, tokens: 12, temperature: 0 });
  const [prompt] = model.windows;
  assert(prompt.length <= 28);
  assertEquals(prompt[0], tokenizer.specialTokens.get("<|user|>"));
  assertEquals(prompt.filter((id) => id === prompt[0]).length, 2);
});

Deno.test("a conversation without a question is refused at the call", () => {
  const messages: ChatMessage[] = [ASK, { role: "assistant", content: "Mara." }];
  assertThrows(
    () => reply(answering("Mar."), tokenizer, { messages, tokens: 5 }),
    ConfigError,
    "nothing to answer",
  );
});

Deno.test("tokens as a prompt are continued as their text is, and stop tokens end it", async () => {
  const prompt = renderPrompt([ASK], tokenizer);
  const options = { prompt, tokens: 9, temperature: 0, stopTokens: [chatEnd(tokenizer)] };
  const text = await generateText(answering("Mar."), tokenizer, { ...options, echo: true });
  assertEquals(text, "<|user|> Who?<|end|><|assistant|>Mar.");
});
