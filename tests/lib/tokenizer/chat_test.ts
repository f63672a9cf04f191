import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import {
  CHAT_TOKENS,
  chatEnd,
  type ChatMessage,
  renderChat,
  renderPrompt,
  saidIn,
} from "../../../lib/tokenizer/chat.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "Who keeps the light? Ada keeps the light. Be kind. ".repeat(20);
const tokenizer = BpeTokenizer.train(TEXT, { vocabularySize: 300, specialTokens: CHAT_TOKENS });
const SYSTEM: ChatMessage = { role: "system", content: "Be kind." };
const ASK: ChatMessage = { role: "user", content: "Who keeps the light?" };
const ANSWER: ChatMessage = { role: "assistant", content: "Ada keeps the light." };

Deno.test("a conversation is written in one way", () => {
  const { ids } = renderChat([SYSTEM, ASK, ANSWER], tokenizer);
  assertEquals(
    tokenizer.decode(ids),
    "<|system|> Be kind.<|end|><|user|> Who keeps the light?<|end|>" +
      "<|assistant|> Ada keeps the light.<|end|>",
  );
});

Deno.test("the mask covers what the assistant wrote, its end included, and nothing else", () => {
  const { ids, mask } = renderChat([ASK, ANSWER, ASK, ANSWER], tokenizer);
  const written = tokenizer.decode(ids.filter((_, i) => mask[i] === 1));
  assertEquals(written, " Ada keeps the light.<|end|>".repeat(2));
});

Deno.test("the first word of a turn is the token that it is within a sentence", () => {
  const { ids } = renderChat([ASK, ANSWER], tokenizer);
  const [within] = tokenizer.encode(" Ada");
  assertEquals(ids[ids.indexOf(tokenizer.specialTokens.get("<|assistant|>")!) + 1], within);
});

Deno.test("what is said in a turn is its text without the space before it", () => {
  assertEquals([" Ada.", "Ada.", "  Ada.", ""].map(saidIn), ["Ada.", "Ada.", " Ada.", ""]);
});

Deno.test("a prompt is the beginning of the conversation that its answer makes", () => {
  const prompt = renderPrompt([SYSTEM, ASK], tokenizer);
  const { ids, mask } = renderChat([SYSTEM, ASK, ANSWER], tokenizer);
  assertEquals(ids.subarray(0, prompt.length), prompt);
  assertEquals(mask.indexOf(1), prompt.length);
  assertEquals(ids.at(-1), chatEnd(tokenizer));
});

Deno.test("no text can forge a turn", () => {
  const words = fc.array(fc.oneof(fc.constantFrom(...CHAT_TOKENS), roughText()), { maxLength: 5 })
    .map((parts) => parts.join(""));
  const special = new Set(tokenizer.specialTokens.values());
  fc.assert(fc.property(words, words, (question, answer) => {
    const { ids } = renderChat([
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ], tokenizer);
    const marks = [...ids].filter((id) => special.has(id)).map((id) => tokenizer.decode([id]));
    assertEquals(marks, ["<|user|>", "<|end|>", "<|assistant|>", "<|end|>"]);
  }));
});

Deno.test("what is too long loses its oldest exchanges, whole, and never the system's turn", () => {
  const exchanges = Array.from({ length: 6 }, (_, i): ChatMessage[] => [
    { role: "user", content: `Question ${"?".repeat(i)}` },
    { role: "assistant", content: `Answer ${"!".repeat(2 * i)}` },
  ]);
  const messages = [SYSTEM, ...exchanges.flat()];
  const whole = renderChat(messages, tokenizer).ids.length;
  const least = renderChat([SYSTEM, ...exchanges[5]], tokenizer).ids.length;
  for (let maximumTokens = least; maximumTokens <= whole; maximumTokens++) {
    const { ids, mask } = renderChat(messages, tokenizer, { maximumTokens });
    assert(ids.length <= maximumTokens);
    const kept = [0, 1, 2, 3, 4, 5].findIndex((first) => {
      const expected = renderChat([SYSTEM, ...exchanges.slice(first).flat()], tokenizer);
      return expected.ids.length <= maximumTokens && expected.ids.length === ids.length &&
        expected.ids.every((id, i) => id === ids[i] && expected.mask[i] === mask[i]);
    });
    assert(kept >= 0, `${maximumTokens} tokens`);
    if (kept > 0) { // one exchange more would not have fitted
      const more = renderChat([SYSTEM, ...exchanges.slice(kept - 1).flat()], tokenizer);
      assert(more.ids.length > maximumTokens);
    }
  }
  assertThrows(
    () => renderChat(messages, tokenizer, { maximumTokens: least - 1 }),
    ConfigError,
    `${least} tokens, but there is room for ${least - 1}`,
  );
});

Deno.test("a prompt that is too long keeps its newest question", () => {
  const least = renderPrompt([ASK], tokenizer);
  const options = { maximumTokens: least.length };
  assertEquals(renderPrompt([ASK, ANSWER, ASK], tokenizer, options), least);
  const tooFew = { maximumTokens: least.length - 1 };
  assertThrows(() => renderPrompt([ASK], tokenizer, tooFew), ConfigError, "raise maximumTokens");
});

Deno.test("what is no conversation is refused in one sentence", () => {
  const refusals: [string, ChatMessage[]][] = [
    ["is empty", []],
    ['the role "robot"', [{ role: "robot" as "user", content: "" }]],
    ["content of type number", [{ role: "user", content: 7 as unknown as string }]],
    ["the system's turn can only be the first", [ASK, SYSTEM]],
    ["Message 0 is the assistant's, but after the beginning it is the user's", [ANSWER, ASK]],
    ["Message 1 is the user's, but after the user it is the assistant's", [ASK, ASK]],
    ["Message 2 is the assistant's", [ASK, ANSWER, ANSWER]],
    ["no turn of the assistant", [ASK]],
    ["no turn of the assistant", [SYSTEM]],
    ["ends with a question", [ASK, ANSWER, ASK]],
  ];
  for (const [message, messages] of refusals) {
    assertThrows(() => renderChat(messages, tokenizer), ConfigError, message);
  }
  assertThrows(() => renderPrompt([ASK, ANSWER], tokenizer), ConfigError, "nothing to answer");
  for (
    const other of [CharTokenizer.train(TEXT), BpeTokenizer.train("", { vocabularySize: 256 })]
  ) {
    assertThrows(() => renderChat([ASK, ANSWER], other), ConfigError, "specialTokens: CHAT_TOKENS");
  }
});
