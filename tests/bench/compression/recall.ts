// The lossy side of a model: how much of a text it gives back when it is asked to go on from a line of it.

import { generateTexts, type Random, type Tokenizer, type Transformer } from "dials";

/** What came back. */
export interface Recall {
  /** Passages that were asked for. */
  readonly passages: number;
  /** Mean length of what came back without a mistake, in characters. */
  readonly characters: number;
  /** Share of the passages that came back whole. */
  readonly whole: number;
  /** The passage of which most came back. */
  readonly best: { readonly asked: string; readonly given: string; readonly stood: string };
}

/** Characters that are shown of a passage, and that are asked for. */
const [SHOWN, ASKED] = [80, 60];
/** Tokens that are surely enough for what is asked. */
const TOKENS = ASKED;

/** Asks for passages of `text` that are drawn by chance, always taking the likeliest token. */
export async function recall(
  model: Transformer,
  tokenizer: Tokenizer,
  { text, passages, random }: { text: string; passages: number; random: Random },
): Promise<Recall> {
  const starts = Array.from({ length: passages }, () => {
    const at = random.integer(text.length - SHOWN - ASKED);
    return text.lastIndexOf(" ", at + SHOWN / 2) + 1; // where a word begins
  });
  const prompts = starts.map((start) => text.slice(start, start + SHOWN));
  const replies = await generateTexts(model, tokenizer, {
    prompts,
    tokens: TOKENS,
    temperature: 0,
    beyond: "slide",
  });
  const answers = starts.map((start, i) => {
    const stood = text.slice(start + SHOWN, start + SHOWN + ASKED);
    const given = replies[i].slice(0, ASKED);
    const wrong = [...stood].findIndex((character, at) => character !== given[at]);
    return { asked: prompts[i], given, stood, right: wrong < 0 ? stood.length : wrong };
  });
  const best = answers.reduce((most, answer) => answer.right > most.right ? answer : most);
  return {
    passages,
    characters: answers.reduce((sum, { right }) => sum + right, 0) / passages,
    whole: answers.filter(({ right, stood }) => right === stood.length).length / passages,
    best,
  };
}
