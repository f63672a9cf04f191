import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { HubError } from "../../../../lib/errors.ts";
import type { DownloadOptions, DownloadProgress } from "../../../../lib/formats/hub/download.ts";
import { fromHub } from "../../../../lib/formats/hub/from_hub.ts";
import { writeHuggingFace } from "../../../../lib/formats/hugging_face/write.ts";
import { Transformer } from "../../../../lib/model/transformer.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";
import { CharTokenizer } from "../../../../lib/tokenizer/characters.ts";
import { TestHub } from "./test_hub.ts";

await useBackend("auto");
const tokenizer = CharTokenizer.train("abcdefgh ");

/** The files of a model of more than two megabytes, whose numbers are fetched in a stream. */
async function modelFiles(): Promise<Map<string, Uint8Array>> {
  const folder = await Deno.makeTempDir();
  const model = Transformer.create({ vocabularySize: 9, width: 192, layers: 2, seed: 4 });
  try {
    await writeHuggingFace(folder, { model, tokenizer });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    const files = new Map(names.map((name) => [name, Deno.readFileSync(join(folder, name))]));
    return files.set("README.md", new Uint8Array(9)).set("pytorch_model.bin", new Uint8Array(9));
  } finally {
    model.dispose();
    await Deno.remove(folder, { recursive: true });
  }
}

const files = await modelFiles();
const size = files.get("model.safetensors")!.length;

/** A test with a hub and an empty cache. */
function hubTest(
  name: string,
  body: (hub: TestHub, options: DownloadOptions & { cache: string }) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const cache = await Deno.makeTempDir();
    try {
      await using hub = new TestHub(files);
      await body(hub, { hub: hub.url, cache, token: "hf_secret", progress() {} });
    } finally {
      await Deno.remove(cache, { recursive: true });
    }
  });
}

async function load(options: DownloadOptions): Promise<void> {
  const read = await fromHub("dials/tiny", options);
  assertEquals(read.tokenizer?.vocabularySize, 9);
  assertEquals(read.model.config.width, 192);
  read.model.dispose();
}

hubTest("a model is fetched with progress, and only what is read of it", async (hub, options) => {
  const seen: DownloadProgress[] = [];
  await load({ ...options, progress: (progress) => seen.push(progress) });
  assert(seen.length > 5);
  assert(seen.every(({ received }, i) => i === 0 || received >= seen[i - 1].received));
  assertEquals(seen.at(-1)!.received, seen.at(-1)!.total);
  const asked = hub.requests.map(({ path }) => path.split("/").at(-1));
  assert(asked.includes("config.json") && asked.includes("tokenizer.json"));
  assert(!asked.includes("README.md") && !asked.includes("pytorch_model.bin"));
  assert(hub.requests.every(({ authorization }) => authorization === "Bearer hf_secret"));
});

hubTest("what is in the cache is not fetched again", async (hub, options) => {
  await load(options);
  hub.requests.length = 0;
  await load(options);
  assertEquals(hub.rangesOf("model.safetensors"), []);
});

hubTest("a download that breaks off goes on where it was", async (hub, options) => {
  hub.breaks.push(300_000, 500_000);
  await load(options);
  const starts = hub.rangesOf("model.safetensors").map((range) => parseInt(range.slice(6)));
  assertEquals(starts.length, 3);
  const isOnward = starts[0] === 0 && starts[1] > 0 && starts[1] <= 300_000 &&
    starts[2] > starts[1];
  assert(isOnward, `${starts}`);
});

hubTest("a download that was stopped goes on the next time", async (hub, options) => {
  const stop = new AbortController();
  const progress = ({ file, received }: DownloadProgress) => {
    if (file === "model.safetensors" && received > size / 2) stop.abort(new Error("stopped"));
  };
  await assertRejects(() => load({ ...options, progress, signal: stop.signal }));
  hub.requests.length = 0;
  await load(options);
  const [range] = hub.rangesOf("model.safetensors");
  assert(parseInt(range.slice(6)) > size / 4, range);
});

for (const file of ["model.safetensors", "config.json"]) {
  hubTest(`a damaged ${file} is refused, and fetched anew the next time`, async (hub, options) => {
    const damaged = files.get(file)!.slice();
    damaged[damaged.length >> 1] ^= 1;
    hub.damage.set(file, damaged);
    await assertRejects(() => load(options), HubError, `${file} arrived damaged`);
    hub.damage.clear();
    await load(options);
  });
}

hubTest("a file of another length than was listed is refused", async (hub, options) => {
  hub.damage.set("model.safetensors", new Uint8Array(size + 9));
  await assertRejects(() => load(options), HubError, `should have ${size} bytes, but`);
});

hubTest(
  "without a network the cache is used, and without a cache it is said",
  async (hub, options) => {
    await load(options);
    await hub[Symbol.asyncDispose]();
    await load(options);
    await assertRejects(
      () => load({ ...options, cache: join(options.cache, "other") }),
      HubError,
      "dials/tiny cannot be fetched, since http://127.0.0.1",
    );
  },
);

hubTest(
  "a hub that breaks off again and again is given up, and what came is kept",
  async (hub, options) => {
    hub.breaks.push(200_000, 0, 0, 0, 0, 0, 0, 0, 0);
    await assertRejects(() => load(options), HubError, "cannot be reached or broke off");
    hub.breaks.length = 0;
    hub.requests.length = 0;
    await load(options);
    assert(parseInt(hub.rangesOf("model.safetensors")[0].slice(6)) > 0);
  },
);

for (
  const [status, sentence] of [
    [401, "has no model dials/tiny, or it is private"],
    [403, "asks for consent"],
    [503, "answers with status 503"],
  ] as const
) {
  hubTest(`a hub that answers with status ${status} is understood`, async (hub, options) => {
    hub.status = status;
    await assertRejects(() => load(options), HubError, sentence);
  });
}

Deno.test("a name that is none is refused before anything is asked", async () => {
  for (const name of ["", "../etc", "a/b/c", "a b", "a/.."]) {
    await assertRejects(() => fromHub(name), HubError, "is no name of a model");
  }
});
