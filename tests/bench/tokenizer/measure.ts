// One measurement of our tokenizer, in a process of its own; prints it as JSON.
//   deno run -A tests/bench/tokenizer/measure.ts NAME TEXT_FILE MERGES_FILE
//
// Training also leaves its tokenizer in MERGES_FILE, so that ours and theirs encode with the same merges.

import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";

/** What is measured, by name; `peer` is whom it is compared with. */
export const MEASUREMENTS = {
  "train-1024": { what: "train 1,024 on 1.1 MB", isTraining: true, peer: "tokenizers" },
  "train-4096": { what: "train 4,096 on twenty copies", isTraining: true, peer: "tokenizers" },
  "load": { what: "load the merges, encode nothing", isTraining: true, peer: "tiktoken" },
  "encode": { what: "encode 1.1 MB, one thread", isTraining: false, peer: "tiktoken" },
  "encode-hf": { what: "encode 1.1 MB, one thread", isTraining: false, peer: "tokenizers" },
} as const;

/** The name of a measurement. */
export type MeasurementName = keyof typeof MEASUREMENTS;

const COPIES = 20;
const WARM_RUNS = 15;

function measure(name: MeasurementName, text: string, mergesFile: string): object {
  switch (name) {
    case "train-1024":
      return measureTraining(text, { vocabularySize: 1024, mergesFile });
    case "train-4096":
      return measureTraining(text.repeat(COPIES), { vocabularySize: 4096 });
    case "load":
      return measureLoading(mergesFile);
    case "encode":
    case "encode-hf":
      return measureEncoding(text, mergesFile);
  }
}

function measureTraining(
  text: string,
  { vocabularySize, mergesFile }: { vocabularySize: number; mergesFile?: string },
): object {
  const [tokenizer, seconds] = timed(() => BpeTokenizer.train(text, { vocabularySize }));
  if (mergesFile !== undefined) {
    const files = { huggingFace: tokenizer.toHuggingFace(), tiktoken: tokenizer.toTiktoken() };
    Deno.writeTextFileSync(mergesFile, JSON.stringify(files));
  }
  return { seconds, bytes: byteLength(text), result: tokenizer.vocabularySize };
}

function loadTokenizer(mergesFile: string): BpeTokenizer {
  const { huggingFace } = JSON.parse(Deno.readTextFileSync(mergesFile));
  return BpeTokenizer.fromHuggingFace(huggingFace);
}

function measureLoading(mergesFile: string): object {
  const [{ vocabularySize }, seconds] = timed(() => loadTokenizer(mergesFile));
  return { seconds, bytes: 0, result: vocabularySize };
}

function measureEncoding(text: string, mergesFile: string): object {
  const tokenizer = loadTokenizer(mergesFile);
  const [{ length }, coldSeconds] = timed(() => tokenizer.encode(text));
  const peak = peakBytes(); // of encoding once: later ids wait for the collector
  const warm = Array.from({ length: WARM_RUNS }, () => timed(() => tokenizer.encode(text))[1]);
  return {
    seconds: Math.min(...warm),
    coldSeconds,
    bytes: byteLength(text),
    result: length,
    peakBytes: peak,
  };
}

function timed<T>(act: () => T): [T, number] {
  const start = performance.now();
  const result = act();
  return [result, (performance.now() - start) / 1000];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The most memory this process has held; where the system does not tell, what it holds now. */
function peakBytes(): number {
  if (Deno.build.os !== "linux") return Deno.memoryUsage().rss;
  const status = Deno.readTextFileSync("/proc/self/status");
  return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)![1]);
}

if (import.meta.main) {
  const [name, textFile, mergesFile] = Deno.args;
  const measured = measure(name as MeasurementName, Deno.readTextFileSync(textFile), mergesFile);
  console.log(JSON.stringify({ peakBytes: peakBytes(), ...measured }));
}
