// How fast a transformer writes: tokens a second, and the first token after a long prompt.
//   deno task bench generate [--json] [--rounds 3] [--llama2c PATH]
//
// The models have random numbers and shapes of Llama. One text at a time, one thread, 250 tokens, always the
// likeliest; what is compared takes turns of a second or one text, and the best text of several rounds counts. PATH is a built `run` of llama2.c, a
// program of its own that gets the same model; its speed is what it says of itself.

import { join } from "@std/path";
import { parseArgs } from "@std/cli/parse-args";
import { exportLlama2c } from "../../lib/formats/llama2c.ts";
import { EngineReader } from "../../lib/generate/engine/engine_reader.ts";
import { generateText } from "../../lib/generate/generate.ts";
import type { Reader } from "../../lib/generate/reader.ts";
import { Transformer } from "../../lib/model/transformer.ts";
import { useBackend } from "../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../lib/tokenizer/bpe.ts";

const SHAPES = [
  { width: 128, layers: 4, heads: 4, vocabularySize: 1024 },
  { width: 288, layers: 6, heads: 6, vocabularySize: 4096 },
  { width: 768, layers: 12, heads: 12, vocabularySize: 8192 },
] as const;

const CONTEXT = 256;
const TOKENS = 250;

/** A line of the table: tokens a second, but for `first`. */
interface Line {
  shape: string;
  /** What decodes in float32. */
  by: string;
  float32: number;
  /** The same through `generateText`. */
  asText: number;
  int8: number;
  webAssembly: number;
  llama2c?: number;
  /** Milliseconds to the first token of a prompt that fills the context: read in one pass, and token by token. */
  first: { onePass: number; oneByOne: number };
}

/** How long a turn lasts at least, in milliseconds: small models are done before their code is at its best. */
const TURN = 1000;

/** The largest of what `measure` gives, asked as often as fits into a turn. */
async function bestOf(measure: () => Promise<number>): Promise<number> {
  const start = performance.now();
  let best = await measure();
  while (performance.now() - start < TURN) best = Math.max(best, await measure());
  return best;
}

async function measureShape(
  shape: typeof SHAPES[number],
  { rounds, llama2c }: { rounds: number; llama2c: string | undefined },
): Promise<Line> {
  const model = Transformer.create({ ...shape, context: CONTEXT });
  const values = model.values();
  const read = (name: string) => values.get(name);
  const { config } = model;
  const native = new EngineReader(config, { precision: "float32", read });
  const int8 = new EngineReader(config, { precision: "int8", read });
  const wasm = new EngineReader(config, { precision: "float32", read, kind: "wasm" });
  // Without merges, so that it fits any vocabulary: the speed does not depend on what is read.
  const tokenizer = BpeTokenizer.train("", { vocabularySize: 256 });
  const line: Line = {
    shape: `${shape.width} × ${shape.layers}`,
    by: native.name.replace(", float32", ""),
    ...{ float32: 0, asText: 0, int8: 0, webAssembly: 0 },
    first: { onePass: Infinity, oneByOne: Infinity },
  };
  const folder = await Deno.makeTempDir();
  try {
    if (llama2c !== undefined) await exportLlama2c(folder, { model, tokenizer });
    for (let round = 0; round < rounds; round++) {
      const { onePass, oneByOne } = line.first;
      line.float32 = Math.max(line.float32, await bestOf(() => decode(native)));
      line.asText = Math.max(line.asText, await bestOf(() => write(model, tokenizer)));
      line.int8 = Math.max(line.int8, await bestOf(() => decode(int8)));
      line.webAssembly = Math.max(line.webAssembly, await bestOf(() => decode(wasm)));
      if (llama2c !== undefined) {
        const theirs = await bestOf(() => runLlama2c(llama2c, folder));
        line.llama2c = Math.max(line.llama2c ?? 0, theirs);
      }
      const passes = await bestOf(async () => 1 / await firstToken(native, CONTEXT));
      line.first.onePass = Math.min(onePass, 1 / passes);
      // A slow model need not be waited for more than once.
      if (round === 0 || oneByOne < 2000) {
        const steps = await bestOf(async () => 1 / await firstToken(native, 1));
        line.first.oneByOne = Math.min(oneByOne, 1 / steps);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
    model.dispose();
  }
  return line;
}

/** Tokens a second, each the likeliest after the one before. */
async function decode(reader: Reader): Promise<number> {
  const text = reader.begin({ expected: TOKENS });
  const start = performance.now();
  for (let i = 0, token = 1; i < TOKENS; i++) {
    const [logits] = await reader.read([{ text, tokens: [token] }]);
    token = 0;
    for (let id = 1; id < logits.length; id++) if (logits[id] > logits[token]) token = id;
  }
  const seconds = (performance.now() - start) / 1000;
  text.dispose();
  return TOKENS / seconds;
}

/** Tokens a second as a user has them, the making of the decoder left out. */
async function write(model: Transformer, tokenizer: BpeTokenizer): Promise<number> {
  const options = { prompt: "a", temperature: 0 };
  await generateText(model, tokenizer, { ...options, tokens: 1 });
  const start = performance.now();
  await generateText(model, tokenizer, { ...options, tokens: TOKENS });
  return TOKENS / ((performance.now() - start) / 1000);
}

/** Milliseconds until the scores after a prompt of the whole context are there, read so many tokens at a time. */
async function firstToken(reader: Reader, together: number): Promise<number> {
  const text = reader.begin({ expected: CONTEXT });
  const prompt = Array.from({ length: CONTEXT }, (_, i) => (37 * i) % 256);
  const start = performance.now();
  for (let at = 0; at < CONTEXT; at += together) {
    await reader.read([{ text, tokens: prompt.slice(at, at + together) }]);
  }
  const time = performance.now() - start;
  text.dispose();
  return time;
}

async function runLlama2c(path: string, folder: string): Promise<number> {
  const args = [join(folder, "model.bin"), "-z", join(folder, "tokenizer.bin")];
  const { stderr } = await new Deno.Command(path, {
    args: [...args, "-t", "0", "-n", `${TOKENS}`],
    env: { OMP_NUM_THREADS: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  const speed = /achieved tok\/s: ([\d.]+)/.exec(said)?.[1];
  if (speed === undefined) throw new Error(`${path} did not say how fast it was: ${said}`);
  return Number(speed);
}

function printTable(lines: readonly Line[]): void {
  const count = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 0 });
  const rows = lines.map((line) => {
    const { float32, int8, llama2c, first } = line;
    return [
      line.shape,
      count(float32),
      count(line.asText),
      llama2c === undefined ? "not given" : count(llama2c),
      llama2c === undefined ? "" : `${(float32 / llama2c).toFixed(2)} ×`,
      count(int8),
      `${(int8 / float32).toFixed(2)} ×`,
      count(line.webAssembly),
      `${first.onePass.toFixed(1)} ms`,
      `${first.oneByOne.toFixed(1)} ms`,
      `${(first.oneByOne / first.onePass).toFixed(1)} ×`,
    ];
  });
  const heads = [
    ...["width × layers", "float32", "as text", "llama2.c", "as fast", "int8", "as float32"],
    ...["WebAssembly", "first token", "one by one", "as fast"],
  ];
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i].length)));
  for (const row of [heads, ...rows]) {
    console.log(
      row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  "),
    );
  }
  console.log(
    `\nTokens a second on one thread, by ${lines[0].by}; first token after a prompt of ${CONTEXT}.`,
  );
}

if (import.meta.main) {
  const options = parseArgs(Deno.args, {
    boolean: ["json"],
    string: ["llama2c", "rounds"],
    default: { rounds: "3" },
  });
  const rounds = Number(options.rounds);
  if (!(Number.isInteger(rounds) && rounds >= 1)) {
    console.error(`--rounds is ${options.rounds}; give a whole number from 1.`);
    Deno.exit(1);
  }
  await useBackend("auto");
  const lines: Line[] = [];
  for (const shape of SHAPES) {
    lines.push(await measureShape(shape, { rounds, llama2c: options.llama2c }));
  }
  if (options.json) console.log(JSON.stringify(lines, null, 2));
  else printTable(lines);
}
