import { assert, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { CHAT_TOKENS, type ChatMessage } from "../../../lib/tokenizer/chat.ts";
import { ChatData, conversation } from "../../../lib/tune/chat_data.ts";

const user = (content: string): ChatMessage => ({ role: "user", content });
const assistant = (content: string): ChatMessage => ({ role: "assistant", content });
const chats = [
  [user("Who?"), assistant("Mara.")],
  [user("Where?"), assistant("At sea."), user("When?"), assistant("On Monday.")],
  [user("Why?"), assistant("It was Monday, and the tide was out.")],
];
// One token a byte and the chat tokens: lengths can be counted by eye.
const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const data = new ChatData(tokenizer, { train: chats, validation: chats });

/** Each row as text: what it reads, and what it is taught, `_` where nothing is. */
function rowsOf({ inputs, targets, batch, context }: ReturnType<ChatData["sample"]>) {
  const text = (ids: Int32Array) =>
    [...ids].map((id) => id < 0 ? "_" : tokenizer.decode([id])).join("");
  return Array.from({ length: batch }, (_, row) => {
    const part = (ids: Int32Array) => text(ids.subarray(row * context, (row + 1) * context));
    return { reads: part(inputs), learns: part(targets) };
  });
}

const all = (batch: number, context: number) =>
  [...data.validationBatches({ batch, context })].flatMap(rowsOf);

Deno.test("only what the assistant says, and the ends of its turns, is learned", () => {
  const learned = all(3, 64).map(({ learns }) => learns.replaceAll("_", "")).sort();
  assertEquals(learned, [
    " At sea.<|end|> On Monday.<|end|>",
    " It was Monday, and the tide was out.<|end|>",
    " Mara.<|end|>",
  ]);
});

Deno.test("a target is the token after its input", () => {
  for (const { inputs, targets, context } of data.validationBatches({ batch: 1, context: 64 })) {
    for (let i = 0; i + 1 < context; i++) {
      if (targets[i] >= 0 && targets[i + 1] >= 0) assertEquals(targets[i], inputs[i + 1]);
    }
  }
});

Deno.test("no row holds more than one conversation", () => {
  for (let step = 0; step < 50; step++) {
    for (const { reads } of rowsOf(data.sample({ batch: 4, context: 64, seed: 1, step }))) {
      const begun = reads.split("<|user|>")[1];
      assertEquals(reads.indexOf("<|user|>"), 0);
      assert(chats.some(([{ content }]) => begun.startsWith(` ${content}`)), reads);
      assertEquals(["Who?", "Where?", "Why?"].filter((word) => reads.includes(word)).length, 1);
    }
  }
});

Deno.test("rows are no longer than their conversations need, and there are the more of them", () => {
  const lengths = new Set<number>();
  for (let step = 0; step < 50; step++) {
    const { batch, context } = data.sample({ batch: 4, context: 64, seed: 1, step });
    assertEquals(batch, Math.floor(4 * 64 / context));
    lengths.add(context);
  }
  assertEquals([...lengths].sort(), [16, 40, 48]);
});

Deno.test("every validation conversation is judged once, whatever the batch", () => {
  for (const batch of [1, 2, 5]) {
    assertEquals(
      all(batch, 64).map(({ reads }) => reads).sort(),
      all(3, 64).map((r) => r.reads).sort(),
    );
  }
});

Deno.test("the same seed and step draw the same batch, another step another", () => {
  const draw = (step: number) =>
    data.sample({ batch: 4, context: 64, seed: 1, step }).inputs.join();
  assertEquals(draw(3), draw(3));
  assert(new Set(Array.from({ length: 10 }, (_, step) => draw(step))).size > 1);
});

Deno.test("a question with its answer is a conversation", () => {
  assertEquals(conversation({ asked: [user("Who?")], answer: "Mara." }), chats[0]);
});

Deno.test("what cannot be learned from is refused in a sentence", () => {
  assertThrows(
    () => data.sample({ batch: 1, context: 8, seed: 1, step: 0 }),
    ConfigError,
    "but the model sees 8",
  );
  assertThrows(
    () => new ChatData(CharTokenizer.train("Who? Mara."), { train: chats, validation: chats }),
    ConfigError,
    "specialTokens: CHAT_TOKENS",
  );
  assertThrows(
    () => new ChatData(tokenizer, { train: [], validation: chats }),
    ConfigError,
    "but got 0 and 3",
  );
  assertThrows(
    () => new ChatData(tokenizer, { train: [[user("Who?")]], validation: chats }),
    ConfigError,
    "no turn of the assistant",
  );
});
