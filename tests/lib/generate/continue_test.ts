// Many texts at once: where some have ended others begin, and each is what it would be alone.

import { assert, assertEquals } from "@std/assert";
import { type Beginning, continueTexts } from "../../../lib/generate/continue.ts";
import type { Reader, Reading, ReadText } from "../../../lib/generate/reader.ts";
import { bytes } from "./fakes.ts";

/** A reader to which 0 is likelier than any other token. It remembers what was going on. */
class FakeReader implements Reader {
  readonly name = "fake";
  /** How many texts were read at each step. */
  readonly together: number[] = [];
  /** Texts that are not yet forgotten. */
  held = 0;

  begin(): ReadText {
    this.held++;
    return { length: 0, dispose: () => this.held-- };
  }

  read(readings: readonly Reading[]): Promise<Float32Array[]> {
    this.together.push(readings.length);
    return Promise.resolve(readings.map(() => {
      const logits = new Float32Array(256);
      logits[0] = 4;
      return logits;
    }));
  }
}

const sizes = { context: 1000, vocabularySize: 256 };
const beginnings = Array.from({ length: 50 }, (_, i): Beginning => ({ tokens: [5], seed: i }));
/** Token 0 ends a text. */
const options = { tokens: 40, stopTokens: [0], tokenizer: bytes, sizes };

async function continued(
  some: readonly Beginning[],
  more: { together?: number; signal?: AbortSignal } = {},
): Promise<{ texts: number[][]; reader: FakeReader }> {
  const reader = new FakeReader();
  const texts: number[][] = some.map(() => []);
  const additions = continueTexts(Promise.resolve(reader), some, { ...options, ...more });
  for await (const { text, token } of additions) if (token) texts[text].push(token.id);
  return { texts, reader };
}

Deno.test("texts are what they are alone, however many are written at the same time", async () => {
  const alone: number[][] = [];
  for (const beginning of beginnings) alone.push(...(await continued([beginning])).texts);
  assert(new Set(alone.map(({ length }) => length)).size > 5);
  for (const together of [1, 7, 49, undefined]) {
    assertEquals((await continued(beginnings, { together })).texts, alone);
  }
});

Deno.test("no more than so many texts are read together, and others begin before all have ended", async () => {
  const { texts, reader } = await continued(beginnings, { together: 10 });
  assertEquals(Math.max(...reader.together), 10);
  const longest = (some: number[][]) => Math.max(...some.map(({ length }) => length));
  let inTurns = 0;
  for (let first = 0; first < 50; first += 10) inTurns += longest(texts.slice(first, first + 10));
  assert(reader.together.length < inTurns, `${reader.together.length} steps, ${inTurns} in turns`);
  assertEquals(reader.held, 0);
});

Deno.test("what was read is forgotten when a text ends, and when nobody wants the rest", async () => {
  const reader = new FakeReader();
  let most = 0;
  const additions = continueTexts(Promise.resolve(reader), beginnings, { ...options, together: 4 });
  let count = 0;
  for await (const _ of additions) {
    most = Math.max(most, reader.held);
    if (++count === 60) break;
  }
  assertEquals([most, reader.held], [4, 0]);
});

Deno.test("at most so many tokens are written", async () => {
  const most = { ...options, stopTokens: [], tokens: 3 };
  const lengths = beginnings.map(() => 0);
  for await (const { text } of continueTexts(Promise.resolve(new FakeReader()), beginnings, most)) {
    lengths[text]++;
  }
  assertEquals(lengths, beginnings.map(() => 3));
});
