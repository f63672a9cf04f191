// "A language model is two files": a big one of numbers, and a small program that reads them and writes text.

import { join } from "@std/path";
import type { Batch } from "../../corpus/batches.ts";
import { ConfigError } from "../../errors.ts";
import { evaluateLoss } from "../../evaluate/loss.ts";
import { Transformer } from "../../model/transformer.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { byteSize } from "../byte_size.ts";
import { writeWhole } from "../file.ts";
import { modelParts } from "../model_parts.ts";
import { modelFileParts, modelOf, type StoredNumbers } from "../model_file.ts";
import { concatenated, parseSafetensors } from "../safetensors.ts";
import { piecesPattern } from "./pieces.ts";

/** Text that a model was not trained on, such as a `TokenizedCorpus` has. */
export interface HeldOut {
  validationBatches(options: { batch: number; context: number }): Iterable<Batch>;
}

/** What is exported, and how. */
export interface TwoFilesOptions {
  readonly tokenizer: Tokenizer;
  /** `"int8"` stores each number in one byte in place of four, at a small loss. Default `"float32"`. */
  readonly numbers?: StoredNumbers;
  /** Text that the model was not trained on, to say what rounding to int8 costs. */
  readonly heldOut?: HeldOut;
}

/** The names of the two files. */
export const TWO_FILES = { parameters: "parameters.safetensors", program: "run.ts" } as const;

/** What was written. */
export class TwoFiles {
  readonly folder: string;
  /** Bytes of each file. */
  readonly sizes: { readonly parameters: number; readonly program: number };
  /** The mean loss on the held-out text, in nats a token, before and after rounding, where both were asked for. */
  readonly loss: { readonly before: number; readonly after: number } | undefined;

  constructor(folder: string, { sizes, loss }: Pick<TwoFiles, "sizes" | "loss">) {
    this.folder = folder;
    this.sizes = sizes;
    this.loss = loss;
  }

  toString(): string {
    const { parameters, program } = this.sizes;
    const files = `${join(this.folder, TWO_FILES.parameters)} (${byteSize(parameters)}) and ` +
      `${TWO_FILES.program} (${byteSize(program)})`;
    if (this.loss === undefined) return files;
    const { before, after } = this.loss;
    return `${files}; rounding took the loss on held-out text from ${before.toFixed(4)} to ` +
      `${after.toFixed(4)} nats`;
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
}

/**
 * Writes `parameters.safetensors`, with the model's config and tokenizer in its metadata, and `run.ts`, a program
 * of 300 lines without an import, into `folder`. The two are all that is needed to write text, in Deno, Node.js
 * (from 20) or a browser; `loadModel` reads the parameters too.
 *
 * @throws {ConfigError} if the tokenizer does not fit the model, or `numbers` is another word
 * @throws {FormatError} if a file cannot be written
 * @example
 * ```ts
 * await exportTwoFiles(model, "my_model", { tokenizer });
 * // deno run --allow-read my_model/run.ts "Once upon a time"
 * ```
 */
export async function exportTwoFiles(
  model: Transformer,
  folder: string,
  { tokenizer, numbers = "float32", heldOut }: TwoFilesOptions,
): Promise<TwoFiles> {
  const parameters = parametersFile(model, { tokenizer, numbers });
  const program = new TextEncoder().encode(await runSource());
  const rounded = numbers === "int8" && heldOut !== undefined;
  const loss = rounded ? await lossOfRounding(model, { parameters, heldOut }) : undefined;
  await writeWhole(join(folder, TWO_FILES.parameters), parameters);
  await writeWhole(join(folder, TWO_FILES.program), program);
  return new TwoFiles(folder, {
    sizes: { parameters: parameters.length, program: program.length },
    loss,
  });
}

/**
 * The bytes of `parameters.safetensors`.
 *
 * @throws {ConfigError} if the tokenizer does not fit the model, or `numbers` is another word
 */
export function parametersFile(
  model: Transformer,
  { tokenizer, numbers = "float32" }: Pick<TwoFilesOptions, "tokenizer" | "numbers">,
): Uint8Array {
  if (numbers !== "float32" && numbers !== "int8") {
    throw new ConfigError(`numbers must be "float32" or "int8", but got ${numbers}.`);
  }
  if (tokenizer.vocabularySize > model.config.vocabularySize) {
    throw new ConfigError(
      `The tokenizer has ${tokenizer.vocabularySize} tokens and the model ` +
        `${model.config.vocabularySize}: use the tokenizer the model was trained with.`,
    );
  }
  const metadata = { "dials.pieces": piecesPattern(tokenizer.toJSON()) };
  const extra = { tensors: new Map(), metadata };
  const file = { ...modelParts(model), tokenizer, extra };
  return concatenated([...modelFileParts(file, { numbers })]);
}

/** The program, as text. */
export async function runSource(): Promise<string> {
  const response = await fetch(new URL("./run.js", import.meta.url));
  return await response.text();
}

async function lossOfRounding(
  model: Transformer,
  { parameters, heldOut }: { parameters: Uint8Array; heldOut: HeldOut },
): Promise<{ before: number; after: number }> {
  const { config, values } = modelOf(parseSafetensors(parameters, TWO_FILES.parameters), "it");
  const rounded = Transformer.fromValues(config, values);
  try {
    const batches = () => heldOut.validationBatches({ batch: 8, context: config.context });
    const before = await evaluateLoss(model, batches());
    const after = await evaluateLoss(rounded, batches());
    return { before: before ?? NaN, after: after ?? NaN };
  } finally {
    rounded.dispose();
  }
}
