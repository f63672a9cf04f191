// Every reader is given broken files, ten thousand for each format. Each is read, and then is what it says, or refused with a sentence;
// and none makes a reader take more memory than a small file is worth.

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { fromHuggingFaceConfig } from "../../../lib/formats/hugging_face/config.ts";
import { readHuggingFace } from "../../../lib/formats/hugging_face/read.ts";
import { writeHuggingFace } from "../../../lib/formats/hugging_face/write.ts";
import { modelOf } from "../../../lib/formats/model_file.ts";
import { parseSafetensors } from "../../../lib/formats/safetensors.ts";
import { parametersFile } from "../../../lib/formats/two_files/export.ts";
import { modelConfig } from "../../../lib/model/config.ts";
import { parameterSpecs } from "../../../lib/model/parameters.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { Random } from "../../../lib/random.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { tokenizerFromHuggingFace } from "../../../lib/tokenizer/from_hugging_face.ts";
import {
  restoreCheckpoint,
  type RunShape,
  writeCheckpoint,
} from "../../../lib/train/checkpoint.ts";
import { layOut, parameterLayout } from "../../../lib/train/layout.ts";
import { mutatedBytes, mutatedJson, withHeader } from "./mutations.ts";

await useBackend("auto");
const FILES = 10_000;
/**
 * What ten thousand files of some ten kilobytes may leave behind until memory is tidied, in bytes. Whoever believed a
 * length that was changed would ask for more at once, or for so much that it fails, which is no refusal.
 */
const ROOM = 1e9;

const tokenizer = BpeTokenizer.train("the boat and the boatman ".repeat(3), {
  vocabularySize: 262,
  specialTokens: ["<|end|>"],
  split: "cl100k",
});
const model = Transformer.create({
  vocabularySize: 262,
  width: 8,
  heads: 2,
  layers: 1,
  context: 8,
  mlpWidth: 8,
  bias: "qkv",
});

/** Reads broken files, of which some are refused. Any error but a refusal is one of the test. */
async function fuzz(
  name: string,
  read: (random: Random, round: number) => unknown,
): Promise<void> {
  const random = new Random(7, name);
  const before = Deno.memoryUsage().rss;
  let refused = 0;
  for (let round = 0; round < FILES; round++) {
    try {
      await read(random, round);
    } catch (error) {
      const isRefusal = error instanceof FormatError || error instanceof ConfigError;
      if (!isRefusal) throw new Error(`file ${round} of ${name}`, { cause: error });
      assert(error.message.length < 20_000, "a refusal is a sentence");
      refused++;
    }
  }
  assert(refused > FILES / 10 && refused < FILES, `${refused} of ${FILES} were refused`);
  const taken = Deno.memoryUsage().rss - before;
  assert(taken < ROOM, `${taken} bytes were taken`);
}

/** A safetensors file with bytes or the header broken, or the JSON that lies in its metadata. */
function brokenFile(file: Uint8Array, random: Random): Uint8Array {
  const kind = random.integer(3);
  if (kind === 0) return mutatedBytes(file, random);
  return withHeader(file, (header) => {
    if (kind === 1) return mutatedJson(header, random);
    const { __metadata__: metadata } = header as { __metadata__: Record<string, string> };
    const key = random.pick(Object.keys(metadata).filter((key) => metadata[key].startsWith("{")));
    metadata[key] = JSON.stringify(mutatedJson(JSON.parse(metadata[key]), random)) ?? "";
    return header;
  });
}

for (const numbers of ["float32", "int8"] as const) {
  const file = parametersFile(model, { tokenizer, numbers });

  Deno.test(`safetensors with numbers in ${numbers}: ten thousand broken files`, () =>
    fuzz(`safetensors ${numbers}`, (random) => {
      const bytes = random.integer(2) === 0
        ? mutatedBytes(file, random)
        : withHeader(file, (header) => mutatedJson(header, random));
      const { tensors } = parseSafetensors(bytes, "x.safetensors");
      for (const [name, { shape, values }] of tensors) {
        assertEquals(values.length, shape.reduce((size, n) => size * n, 1), name);
        assert(values.length <= bytes.length, "no more numbers than bytes");
      }
    }));

  Deno.test(`the two files' parameters in ${numbers}: ten thousand broken files`, () =>
    fuzz(`model ${numbers}`, (random) => {
      const { config, values, tokenizer } = modelOf(
        parseSafetensors(brokenFile(file, random), "x"),
        "x",
      );
      for (const { name, shape } of parameterSpecs(config)) {
        assertEquals(values.get(name)!.length, shape.reduce((size, n) => size * n, 1), name);
      }
      tokenizer.decode([0, tokenizer.vocabularySize - 1]);
    }));
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

// Its arrays and model are read as those of the two files above; here it is about what the run makes of them.
Deno.test("checkpoints: ten thousand broken files, and a refused one changes nothing", () =>
  inFolder(async (folder) => {
    const path = join(folder, "x.safetensors");
    const { config } = model;
    const layout = parameterLayout(config);
    const stateLayout = layOut(
      layout.slots.map(({ name, shape }) => ({ name: `m.${name}`, shape })),
    );
    const shape: RunShape = { config, tokenizer, layout, stateLayout };
    const fresh = () => ({
      parameters: layout.slots.map(({ size }) => new Float32Array(size)),
      average: new Float32Array(layout.size),
      state: new Float32Array(stateLayout.size),
    });
    const written = fresh();
    for (const array of [...written.parameters, written.average, written.state]) array.fill(1);
    const progress = { step: 3, tokens: 400, seconds: 5 };
    await writeCheckpoint(path, { shape, numbers: written, progress });
    const file = await Deno.readFile(path);
    const numbers = fresh();
    await fuzz("checkpoint", async (random) => {
      Deno.writeFileSync(path, brokenFile(file, random));
      try {
        const { step } = (await restoreCheckpoint(path, { shape, numbers }))!;
        assert(step >= 0);
        for (const array of [...numbers.parameters, numbers.average, numbers.state]) array.fill(0);
      } catch (error) {
        // Copies are of whole arrays, so the first number of each tells.
        const all = [...numbers.parameters, numbers.average, numbers.state];
        assert(all.every(([first]) => first === 0), "nothing has changed");
        throw error;
      }
    });
  }));

Deno.test("config.json: ten thousand broken files", () =>
  inFolder(async (folder) => {
    await writeHuggingFace(folder, { model, tokenizer });
    const json = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
    await fuzz("config.json", (random) => {
      const config = modelConfig(fromHuggingFaceConfig(mutatedJson(json, random), "config.json"));
      assert(config.headWidth * config.heads > 0);
    });
  }));

Deno.test("tokenizer.json: ten thousand broken files", async () => {
  const json = JSON.parse(JSON.stringify(tokenizer.toHuggingFace()));
  await fuzz("tokenizer.json", (random) => {
    const read = tokenizerFromHuggingFace(mutatedJson(json, random));
    const ids = read.encode("the boat");
    assertEquals(read.decode(ids), "the boat");
  });
});

// What each file of a folder holds is broken ten thousand times above; here they meet.
Deno.test("Hugging Face folders: ten thousand with one file broken", () =>
  inFolder(async (folder) => {
    await writeHuggingFace(folder, { model, tokenizer }, { shardBytes: 9000 });
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => name !== "tokenizer_config.json"); // which is not read
    const contents = new Map(files.map((name) => [name, Deno.readFileSync(join(folder, name))]));
    await fuzz("folder", async (random) => {
      const name = random.pick(files);
      const path = join(folder, name);
      const whole = contents.get(name)!;
      const isJson = name.endsWith(".json");
      const broken = () => {
        if (random.integer(2) === 0) return mutatedBytes(whole, random);
        if (!isJson) return withHeader(whole, (header) => mutatedJson(header, random));
        const json = JSON.parse(new TextDecoder().decode(whole));
        return new TextEncoder().encode(JSON.stringify(mutatedJson(json, random)) ?? "");
      };
      Deno.writeFileSync(path, broken());
      try {
        const read = await readHuggingFace(folder);
        read.model.dispose();
        assert(read.tokenizer === undefined || read.tokenizer.vocabularySize > 0);
      } finally {
        Deno.writeFileSync(path, whole);
      }
    });
  }));
