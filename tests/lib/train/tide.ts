// A text, its tokens and a model small enough for tests of training.
import { tokenizeCorpus } from "../../../lib/corpus/tokenize.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";

export const text = "the tide comes in, the tide goes out, and the boats lie dry. ".repeat(60);
export const tokenizer = CharTokenizer.train(text);
export const data = tokenizeCorpus({ name: "tide", source: "test", text }, tokenizer);

export function smallModel(): Transformer {
  const { vocabularySize } = tokenizer;
  return Transformer.create({ vocabularySize, context: 16, layers: 2, heads: 2, width: 16 });
}

export function valuesOf(model: Transformer): number[][] {
  return [...model.values().values()].map((values) => [...values]);
}

export async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
