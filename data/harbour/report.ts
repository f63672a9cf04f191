// A look at the corpus in figures: `deno run data/harbour/report.ts [seed]`. Speed, vocabulary, lengths,
// kinds, and how much of it repeats itself.

import { corpusChunks, type Document, documents, separator, world } from "./mod.ts";

/** A sentence or phrase and how often it came. */
type Count = readonly [text: string, count: number];

const seed = Number(Deno.args[0] ?? 1);
printSpeed();
const sample = takeBytes(5_000_000);
printLengths(sample);
printVocabulary(sample);
printRepetition(sample);

function printSpeed(): void {
  const start = performance.now();
  let bytes = 0;
  for (const chunk of corpusChunks({ bytes: 20_000_000, seed })) bytes += chunk.length;
  const seconds = (performance.now() - start) / 1000;
  console.log(`${(bytes / 1e6 / seconds).toFixed(1)} MB/s over ${bytes} bytes`);
}

function takeBytes(bytes: number): Document[] {
  const taken: Document[] = [];
  let size = 0;
  for (const document of documents(seed)) {
    taken.push(document);
    size += document.text.length + separator.length;
    if (size >= bytes) break;
  }
  return taken;
}

function printLengths(sample: readonly Document[]): void {
  const lengths = sample.map(({ text }) => text.split(/\s+/).length).sort((a, b) => a - b);
  const at = (q: number) => lengths[Math.floor(q * (lengths.length - 1))];
  console.log(
    `${sample.length} documents; words: 1 % ${at(0.01)}, median ${at(0.5)}, 99 % ${at(0.99)}`,
  );
  const kinds = count(sample.map(({ kind }) => kind));
  console.log(kinds.map(([kind, n]) => `${kind} ${n}`).join(", "));
}

function printVocabulary(sample: readonly Document[]): void {
  const text = sample.map((d) => d.text).join("\n").slice(0, 1_000_000);
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  for (const { name, surname } of world.people) {
    words.delete(name.toLowerCase());
    words.delete(surname.toLowerCase());
  }
  for (const { name } of world.animals) words.delete(name.toLowerCase());
  console.log(`${words.size} distinct words in the first MB, names of people and animals aside`);
}

function printRepetition(sample: readonly Document[]): void {
  const paragraphs = sample.flatMap(({ text }) => text.split("\n"));
  const sentences = paragraphs.flatMap((p) => p.split(/(?<=[.!?]"?) /))
    .filter((s) => s.split(" ").length >= 6);
  const counts = count(sentences);
  const often = counts.filter(([, n]) => n > 20).reduce((sum, [, n]) => sum + n, 0);
  const share = (100 * often / sentences.length).toFixed(1);
  console.log(`${share} % of ${sentences.length} sentences (six words or more) come over 20 times`);
  print("Sentences", counts);
  const phrases = paragraphs.flatMap((p) => {
    const words = p.split(" ");
    return words.slice(7).map((_, i) => words.slice(i, i + 8).join(" "));
  });
  print("Phrases of eight words", count(phrases));
}

function print(what: string, counts: readonly Count[]): void {
  console.log(`\n${what} that come oftenest:`);
  for (const [text, n] of counts.slice(0, 30)) console.log(`${String(n).padStart(5)}  ${text}`);
}

function count(items: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
