// `deno task export MODEL PLACE`: a model on disk, written as two files, as a page, or for other programs.

import { parseArgs } from "@std/cli/parse-args";
import {
  ConfigError,
  CorpusError,
  exportGguf,
  exportLlama2c,
  exportPage,
  exportTwoFiles,
  FormatError,
  loadCorpus,
  loadModel,
  readHuggingFace,
  tokenizeCorpus,
  type Tokenizer,
  type Transformer,
  writeHuggingFace,
} from "./mod.ts";

const HELP = `deno task export MODEL PLACE [--as WAY] [--int8] [--format FORMAT] [--held-out TEXT]

MODEL is a file that saveModel or a checkpoint made, or a Hugging Face folder. PLACE is written.

  --as two-files     a folder with parameters.safetensors and run.ts (the default)
  --as page          an HTML page that writes without a network
  --as hugging-face  a folder for transformers; --format F32, F16 or BF16
  --as gguf          a file for llama.cpp; --format F32, F16 or Q8_0
  --as llama2.c      a folder with model.bin and tokenizer.bin

  --int8             two files in a quarter of the room (a page always, without --format F32)
  --held-out TEXT    a text file that the model has not seen: says what --int8 costs in loss
`;

/** What was read. */
interface Source {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
}

/** What was asked for. */
interface Wishes {
  readonly int8: boolean;
  readonly format?: string;
  readonly heldOut?: string;
}

type Way = (source: Source, place: string, wishes: Wishes) => Promise<string>;

const WAYS: Readonly<Record<string, Way>> = {
  async "two-files"(source, place, { int8, heldOut }) {
    const data = heldOut && tokenizeCorpus(await loadCorpus(heldOut), source.tokenizer);
    const files = await exportTwoFiles(source.model, place, {
      tokenizer: source.tokenizer,
      numbers: int8 ? "int8" : "float32",
      heldOut: data || undefined,
    });
    return `${files}`;
  },
  async page(source, place, { format }) {
    await exportPage(place, source, { numbers: format === "F32" ? "float32" : "int8" });
    return place;
  },
  async "hugging-face"(source, place, { format }) {
    await writeHuggingFace(place, source, { format: format as "F32" | undefined });
    return place;
  },
  async gguf(source, place, { format }) {
    await exportGguf(place, source, { format: format as "F32" | undefined });
    return place;
  },
  async "llama2.c"(source, place) {
    await exportLlama2c(place, source);
    return place;
  },
};

async function readSource(path: string): Promise<Source> {
  const isFolder = await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) return await loadModel(path);
  const { model, tokenizer } = await readHuggingFace(path);
  if (tokenizer === undefined) throw new FormatError(`${path} has no tokenizer.json.`);
  return { model, tokenizer };
}

async function main(): Promise<number> {
  const { _: [path, place, ...rest], as: name, help, int8, format, "held-out": heldOut } =
    parseArgs(
      Deno.args,
      {
        boolean: ["int8", "help"],
        string: ["as", "format", "held-out", "_"],
        default: { as: "two-files" },
        unknown: (word: string) => {
          if (word.startsWith("-")) {
            throw new ConfigError(`There is no option ${word}; see --help.`);
          }
        },
      },
    );
  if (help || path === undefined || place === undefined || rest.length > 0) {
    console[help ? "log" : "error"](HELP);
    return help ? 0 : 1;
  }
  if (!Object.hasOwn(WAYS, name)) {
    throw new ConfigError(`There is no way ${name}; there are ${Object.keys(WAYS).join(", ")}.`);
  }
  const source = await readSource(String(path));
  console.log(`Wrote ${await WAYS[name](source, String(place), { int8, format, heldOut })}.`);
  return 0;
}

try {
  Deno.exit(await main());
} catch (error) {
  const isExpected = [ConfigError, CorpusError, FormatError].some((kind) => error instanceof kind);
  if (!isExpected) throw error;
  console.error((error as Error).message);
  Deno.exit(1);
}
