// Reads Hugging Face's tokenizer.json where it holds what BpeTokenizer does: byte-level BPE with GPT-2's split,
// cl100k's or SmolLM's. A setting that would change a single id of a text is refused by its name, never ignored. What
// a template puts around a text is left to the caller, as in Hugging Face's encoding without special tokens.

import { FormatError } from "../errors.ts";
import { type BpeParts, NO_ID } from "./bpe_json.ts";
import type { Merge } from "./bpe_train.ts";
import { CHARACTER_BYTES } from "./byte_alphabet.ts";
import type { Merging } from "./merge_rules.ts";
import type { SplitName } from "./split.ts";
import { splitOfRegex } from "./split_regex.ts";

type JsonObject = Record<string, unknown>;

/**
 * The parts of the tokenizer in a tokenizer.json.
 *
 * @throws {FormatError} if the file asks for anything but byte-level BPE with one of the three splits
 */
export function partsFromHuggingFace(json: unknown): BpeParts {
  const file = object(json, "The file");
  const model = object(file.model, "model");
  refuseUnless(model.type === "BPE", "model.type", model.type, '"BPE"');
  for (const name of ["truncation", "padding", "normalizer"]) {
    refuseUnless((file[name] ?? null) === null, name, file[name], "null");
  }
  const split = readSplit(file.pre_tokenizer);
  checkPostProcessor(file.post_processor, "post_processor");
  checkByteLevel(file.decoder, "decoder");
  const merging = readMerging(model);

  const vocabulary = readVocabulary(model.vocab);
  const specialTokens = readAddedTokens(file.added_tokens ?? [], vocabulary);
  const byteIds = readBytes(vocabulary);
  const merges = readMerges(model.merges, vocabulary);
  const made = new Set<number>([
    ...byteIds,
    ...merges.map(({ id }) => id),
    ...specialTokens.values(),
  ]);
  for (const [token, id] of vocabulary) {
    if (!made.has(id)) {
      throw new FormatError(
        `tokenizer.json: model.vocab has ${
          JSON.stringify(token)
        }, which is no byte, no merge makes ` +
          "and added_tokens does not list.",
      );
    }
  }
  return { byteIds, merges, specialTokens, split, merging };
}

/**
 * GPT-2's split is part of the byte level; another comes before a byte level that splits no further, and
 * SmolLM's digits before one that does.
 */
function readSplit(value: unknown): SplitName {
  const preTokenizer = object(value, "pre_tokenizer");
  if (preTokenizer.type !== "Sequence") {
    checkLevel(preTokenizer, { name: "pre_tokenizer", regex: true });
    return "gpt2";
  }
  const steps = array(preTokenizer.pretokenizers, "pre_tokenizer.pretokenizers");
  const name = "pre_tokenizer.pretokenizers";
  const wanted = "2, a Split or Digits and a ByteLevel";
  refuseUnless(steps.length === 2, `${name}.length`, steps.length, wanted);
  const split = object(steps[0], `${name}[0]`);
  if (split.type === "Digits") {
    const { individual_digits: single } = split;
    refuseUnless(single === true, `${name}[0].individual_digits`, single, "true");
    checkLevel(object(steps[1], `${name}[1]`), { name: `${name}[1]`, regex: true });
    return "smollm";
  }
  checkLevel(object(steps[1], `${name}[1]`), { name: `${name}[1]`, regex: false });
  refuseUnless(split.type === "Split", `${name}[0].type`, split.type, '"Split"');
  const { Regex: regex } = object(split.pattern, `${name}[0].pattern`);
  const splitName = splitOfRegex(regex);
  refuseUnless(splitName !== undefined, `${name}[0].pattern.Regex`, regex, "GPT-2's or cl100k's");
  // The pattern matches every character, so keeping the matches and keeping all comes to the same.
  const keepsMatches = split.behavior === "Removed" && split.invert === true;
  const keepsAll = split.behavior === "Isolated" && (split.invert ?? false) === false;
  refuseUnless(keepsMatches || keepsAll, `${name}[0].behavior`, split.behavior, '"Isolated"');
  return splitName;
}

function checkLevel(level: JsonObject, { name, regex }: { name: string; regex: boolean }): void {
  const { type, add_prefix_space: prefix, use_regex: given } = level;
  refuseUnless(type === "ByteLevel", `${name}.type`, type, '"ByteLevel"');
  refuseUnless(prefix === false, `${name}.add_prefix_space`, prefix, "false");
  refuseUnless((given ?? true) === regex, `${name}.use_regex`, given, `${regex}`);
}

/** A post-processor that moves offsets, or puts special tokens around a text. */
function checkPostProcessor(value: unknown, name: string): void {
  if ((value ?? null) === null) return;
  const { type, processors } = object(value, name);
  if (type === "Sequence") {
    const steps = array(processors, `${name}.processors`);
    for (const [i, step] of steps.entries()) {
      const { type } = object(step, `${name}.processors[${i}]`);
      checkProcessor(type, `${name}.processors[${i}].type`);
    }
  } else checkProcessor(type, `${name}.type`);
}

function checkProcessor(type: unknown, name: string): void {
  const isKnown = type === "ByteLevel" || type === "TemplateProcessing";
  refuseUnless(isKnown, name, type, '"ByteLevel" or "TemplateProcessing"');
}

/** A decoder of this type is what `decode` does. */
function checkByteLevel(value: unknown, name: string): void {
  if ((value ?? null) === null) return;
  const { type } = object(value, name);
  refuseUnless(type === "ByteLevel", `${name}.type`, type, '"ByteLevel"');
}

function readMerging(model: JsonObject): Merging {
  const ignoresMerges = model.ignore_merges ?? false;
  const isFlag = typeof ignoresMerges === "boolean";
  refuseUnless(isFlag, "model.ignore_merges", ignoresMerges, "true or false");
  const fallback = model.byte_fallback ?? false;
  refuseUnless(fallback === false, "model.byte_fallback", fallback, "false");
  refuseUnless((model.dropout ?? 0) === 0, "model.dropout", model.dropout, "null");
  for (const name of ["continuing_subword_prefix", "end_of_word_suffix"]) {
    refuseUnless((model[name] ?? "") === "", `model.${name}`, model[name], "null");
  }
  return ignoresMerges ? "wholePieces" : "merges";
}

function readVocabulary(value: unknown): Map<string, number> {
  const vocabulary = new Map<string, number>();
  for (const [token, id] of Object.entries(object(value, "model.vocab"))) {
    vocabulary.set(token, wholeNumber(id, `model.vocab[${JSON.stringify(token)}]`));
  }
  return vocabulary;
}

function readAddedTokens(
  value: unknown,
  vocabulary: ReadonlyMap<string, number>,
): Map<string, number> {
  const specialTokens = new Map<string, number>();
  for (const [index, entry] of array(value, "added_tokens").entries()) {
    const name = `added_tokens[${index}]`;
    const token = object(entry, name);
    const content = text(token.content, `${name}.content`);
    const id = wholeNumber(token.id, `${name}.id`);
    refuseUnless(content !== "" && content.isWellFormed(), `${name}.content`, content, "text");
    refuseUnless(token.special === true, `${name}.special`, token.special, "true");
    for (const flag of ["single_word", "lstrip", "rstrip"]) {
      refuseUnless((token[flag] ?? false) === false, `${name}.${flag}`, token[flag], "false");
    }
    const listed = vocabulary.get(content) ?? id;
    refuseUnless(listed === id, `${name}.id`, id, `${listed}, as in model.vocab`);
    refuseUnless(!specialTokens.has(content), `${name}.content`, content, "listed once");
    specialTokens.set(content, id);
  }
  return specialTokens;
}

/** Some vocabularies, as SmolLM's, lack bytes that their training text did not have. */
function readBytes(vocabulary: ReadonlyMap<string, number>): Uint32Array {
  const byteIds = new Uint32Array(256).fill(NO_ID);
  for (const [character, byte] of CHARACTER_BYTES) {
    byteIds[byte] = vocabulary.get(character) ?? NO_ID;
  }
  refuseUnless(byteIds.some((id) => id !== NO_ID), "model.vocab", {}, "a vocabulary with bytes");
  return byteIds;
}

/** Merges are pairs of strings, in older files one string with a space between the two. */
function readMerges(value: unknown, vocabulary: ReadonlyMap<string, number>): Merge[] {
  return array(value, "model.merges").map((entry, rank) => {
    const name = `model.merges[${rank}]`;
    const pair = typeof entry === "string" ? entry.split(" ") : array(entry, name);
    refuseUnless(pair.length === 2, name, entry, "a pair of tokens");
    const [left, right] = pair.map((token) => text(token, name));
    const idOf = (token: string): number => {
      const id = vocabulary.get(token);
      if (id === undefined) {
        throw new FormatError(
          `tokenizer.json: ${name} needs ${
            JSON.stringify(token)
          }, which model.vocab does not have.`,
        );
      }
      return id;
    };
    return { left: idOf(left), right: idOf(right), id: idOf(left + right) };
  });
}

function refuseUnless(
  condition: boolean,
  name: string,
  given: unknown,
  allowed: string,
): asserts condition {
  if (condition) return;
  throw new FormatError(
    `tokenizer.json: ${name} is ${
      JSON.stringify(given) ?? "missing"
    }, but must be ${allowed}: only byte-level BPE with GPT-2's, GPT-4's or SmolLM's split can be read.`,
  );
}

function object(value: unknown, name: string): JsonObject {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  refuseUnless(isObject, name, value, "an object");
  return value as JsonObject;
}

function array(value: unknown, name: string): unknown[] {
  refuseUnless(Array.isArray(value), name, value, "an array");
  return value as unknown[];
}

function text(value: unknown, name: string): string {
  refuseUnless(typeof value === "string", name, value, "a string");
  return value as string;
}

function wholeNumber(value: unknown, name: string): number {
  const inRange = typeof value === "number" && Number.isInteger(value) && value >= 0 &&
    value < 2 ** 26;
  refuseUnless(inRange, name, value, "a whole number from 0");
  return value as number;
}
