// How short a language model makes a text that it has not read, beside gzip, zstd and brotli, and what it recalls.
//   deno task bench compression [--steps 1000] [--size 10000000] [--text 40000] [--json]
//
// A recipe model reads the shipped corpus of `size` bytes for so many steps; then the last `text` bytes, which it has not
// read, are compressed and restored. The others see them alone, and zstd and brotli also after as much of the corpus as
// their windows hold. Whoever restores a text needs the model too: the table says from which length on that pays.

import { parseArgs } from "@std/cli/parse-args";
import { brotliCompressSync, constants, zstdCompressSync } from "node:zlib";
import {
  BpeTokenizer,
  compareCompressors,
  compressText,
  decompressText,
  formatCount,
  loadCorpus,
  Random,
  recipe,
  tokenizeCorpus,
  train,
  Transformer,
  useBackend,
} from "dials";
import { type Recall, recall } from "./compression/recall.ts";

const options = parseArgs(Deno.args, {
  string: ["steps", "size", "text"],
  boolean: ["json"],
  default: { steps: "1000", size: "10000000", text: "40000" },
});
const [steps, size, length] = [options.steps, options.size, options.text].map(Number);
const say = options.json ? () => {} : (line: string) => console.log(line);

/** Bytes of the corpus that the others may have read before, at most. */
const READ_BEFORE = 4_000_000;
/** Passages that are asked for. */
const PASSAGES = 200;

say((await useBackend()).line);
const corpus = await loadCorpus("harbour", { size });
const tokenizer = BpeTokenizer.train(corpus.text.slice(0, 2_000_000), { vocabularySize: 1024 });
const data = tokenizeCorpus(corpus, tokenizer, { validation: 0.02 });
const { model: sizes, training } = recipe({ depth: 4, vocabularySize: tokenizer.vocabularySize });
const model = Transformer.create(sizes);
const trained = await train(model, data, { ...training, steps, evaluateEvery: steps });
say(
  `${formatCount(model.parameterCount)} parameters, ${formatCount(steps)} steps in ` +
    `${Math.round(trained.seconds)} s: ${
      trained.bitsPerByte!.toFixed(3)
    } bits per byte of validation text.\n`,
);

const read = corpus.text.slice(0, Math.floor(0.98 * corpus.text.length));
const text = corpus.text.slice(-length);
const { sizes: alone, textBytes, parameterBytes } = await compareCompressors(
  model,
  tokenizer,
  text,
);
const rows = [...alone, ...afterReading()].toSorted((a, b) => a.bytes - b.bytes);
say(`${formatCount(textBytes)} bytes of text it has not read`.padEnd(44) + "bytes  bits per byte");
for (const { compressor, bytes } of rows) {
  say(`  ${compressor.padEnd(38)}${formatCount(bytes).padStart(9)}  ${bits(bytes).padStart(13)}`);
}
const own = alone.find(({ compressor }) => compressor === "the model")!;
const withModel = own.bytes + parameterBytes;
say(
  `  ${"the model, with its parameters".padEnd(38)}${formatCount(withModel).padStart(9)}  ${
    bits(withModel).padStart(13)
  }`,
);
const bestAlone = alone.find(({ compressor }) => compressor !== "the model")!;
const breakEven = parameterBytes / ((bestAlone.bytes - own.bytes) / textBytes);
say(
  `With its ${
    formatCount(parameterBytes)
  } bytes of parameters it is shorter than ${bestAlone.compressor} from ` +
    `${(breakEven / 1e6).toFixed(1)} MB of such text on.\n`,
);

const speed = await roundTrip();
say(
  `Round trip: the text came back to the letter; ${formatCount(speed.compress)} bytes/s written, ` +
    `${formatCount(speed.restore)} bytes/s restored.\n`,
);

const random = new Random(1, "recall");
const recalled = {
  "text it has read": await recall(model, tokenizer, { text: read, passages: PASSAGES, random }),
  "text it has not": await recall(model, tokenizer, { text, passages: PASSAGES, random }),
};
say(`Asked to go on for 60 characters after 80 of a text, ${PASSAGES} times:`);
for (const [where, { characters, whole }] of Object.entries(recalled)) {
  say(
    `  ${where.padEnd(18)}${characters.toFixed(1)} characters right before the first mistake, ` +
      `${(100 * whole).toFixed(1)} % whole`,
  );
}
show(recalled["text it has read"].best);
if (options.json) {
  const figures = { trained: trained.bitsPerByte, textBytes, parameterBytes, rows, breakEven };
  console.log(JSON.stringify({ ...figures, speed, recalled }, undefined, 2));
}
Deno.exit(0);

function bits(bytes: number): string {
  return (8 * bytes / textBytes).toFixed(3);
}

/** What the text adds to the compressed end of what the model has read. */
function afterReading(): { compressor: string; bytes: number }[] {
  const before = new TextEncoder().encode(read).slice(-READ_BEFORE);
  const whole = new Uint8Array([...before, ...new TextEncoder().encode(text)]);
  const zstd = (bytes: Uint8Array) =>
    zstdCompressSync(bytes, {
      params: {
        [constants.ZSTD_c_compressionLevel]: 19,
        [constants.ZSTD_c_windowLog]: 23,
      },
    }).length;
  const brotli = (bytes: Uint8Array) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 23 } }).length;
  const after = `after ${(before.length / 1e6).toFixed(1)} MB of the corpus`;
  return [
    { compressor: `zstd, ${after}`, bytes: zstd(whole) - zstd(before) },
    { compressor: `brotli, ${after}`, bytes: brotli(whole) - brotli(before) },
  ];
}

/** Bytes of text a second in both directions. Ends the program if one letter is another. */
async function roundTrip(): Promise<{ compress: number; restore: number }> {
  const start = performance.now();
  const bytes = await compressText(model, tokenizer, text);
  const middle = performance.now();
  const restored = await decompressText(model, tokenizer, bytes);
  const end = performance.now();
  if (restored !== text) throw new Error("The text did not come back as it was.");
  const perSecond = (milliseconds: number) => 1000 * textBytes / milliseconds;
  return { compress: perSecond(middle - start), restore: perSecond(end - middle) };
}

function show({ asked, given, stood }: Recall["best"]): void {
  say("\nBest recalled of what it has read:");
  for (const [name, part] of Object.entries({ asked, given, stood })) {
    say(`  ${name.padEnd(6)} ${JSON.stringify(part)}`);
  }
}
