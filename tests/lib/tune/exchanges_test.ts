import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { CHAT_TOKENS } from "../../../lib/tokenizer/chat.ts";
import { ExchangeData } from "../../../lib/tune/exchanges.ts";

const exchanges = [
  { question: "Who?", answer: "Mara." },
  { question: "Where?", answer: "At sea." },
  { question: "When?", answer: "On Monday." },
];
// One token a byte and the chat tokens: lengths can be counted by eye.
const tokenizer = BpeTokenizer.train("", { vocabularySize: 260, specialTokens: CHAT_TOKENS });
const data = new ExchangeData(tokenizer, { train: exchanges, validation: exchanges });

/** What a batch teaches, row by row: targets as text, `_` where nothing is learned. */
function taught(rows: Int32Array, context: number): string[] {
  const tokens = [...rows].map((id) => id < 0 ? "_" : tokenizer.decode([id]));
  return Array.from(
    { length: rows.length / context },
    (_, i) => tokens.slice(i * context, (i + 1) * context).join(""),
  );
}

Deno.test("only the words of the answer and its end are learned from", () => {
  const [batch] = [...data.validationBatches({ batch: 3, context: 20 })];
  assertEquals(taught(batch.targets, 20).map((row) => row.replaceAll("_", "")), [
    "Mara.<|end|>",
    "At sea.<|end|>",
    "On Monday.<|end|>",
  ]);
});

Deno.test("a target is the token after its input", () => {
  const [{ inputs, targets }] = [...data.validationBatches({ batch: 1, context: 80 })];
  for (let i = 0; i + 1 < inputs.length; i++) {
    if (targets[i] >= 0 && targets[i + 1] >= 0) assertEquals(targets[i], inputs[i + 1]);
  }
});

Deno.test("rows hold several whole exchanges where they fit", () => {
  const [batch] = [...data.validationBatches({ batch: 1, context: 100 })];
  assertEquals(
    taught(batch.targets, 100)[0].replaceAll("_", ""),
    "Mara.<|end|>At sea.<|end|>On Monday.<|end|>",
  );
});

Deno.test("every validation exchange is judged once, however the rows fall", () => {
  for (const batch of [1, 2, 5]) {
    for (const context of [18, 30, 50, 200]) {
      const learned = [...data.validationBatches({ batch, context })]
        .flatMap(({ targets }) => taught(targets, context).join("").replaceAll("_", ""));
      assertEquals(learned.join(""), "Mara.<|end|>At sea.<|end|>On Monday.<|end|>");
    }
  }
});

Deno.test("the same seed and step draw the same batch, another step another", () => {
  const draw = (step: number) => data.sample({ batch: 4, context: 20, seed: 1, step }).inputs;
  assertEquals(draw(3), draw(3));
  assertEquals(draw(3).join() === draw(4).join(), false);
});

Deno.test("an exchange longer than a row is refused", () => {
  assertThrows(
    () => data.sample({ batch: 1, context: 8, seed: 1, step: 0 }),
    ConfigError,
    "but the model sees 8",
  );
});

Deno.test("a tokenizer without the tokens of a conversation is refused", () => {
  const parts = { train: exchanges, validation: exchanges };
  assertThrows(
    () => new ExchangeData(CharTokenizer.train("Who? Mara."), parts),
    ConfigError,
    "specialTokens: CHAT_TOKENS",
  );
});

Deno.test("fine-tuning without exchanges is refused", () => {
  assertThrows(
    () => new ExchangeData(tokenizer, { train: [], validation: exchanges }),
    ConfigError,
    "but got 0 and 3",
  );
});
