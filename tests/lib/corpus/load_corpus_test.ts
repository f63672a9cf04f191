import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { toFileUrl } from "@std/path";
import { loadCorpus } from "../../../lib/corpus/load_corpus.ts";
import { ConfigError, CorpusError } from "../../../lib/errors.ts";

/** A folder of files that lasts as long as `use`. */
async function withFiles(
  files: Record<string, string | Uint8Array>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(path, bytes);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A web server on this machine that lasts as long as `use`. */
async function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  use: (origin: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  try {
    await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a file's text is its corpus, without a byte order mark", async () => {
  await withFiles({ "tale.txt": "\ufeffOnce upon a time\r\n" }, async (folder) => {
    const corpus = await loadCorpus(`${folder}/tale.txt`);
    assertEquals(corpus.name, "tale.txt");
    assertEquals(corpus.text, "Once upon a time\r\n");
    assertEquals(corpus.separator, undefined);
    assertEquals(await loadCorpus(toFileUrl(`${folder}/tale.txt`)), corpus);
  });
});

Deno.test("a folder's text files are joined in the order of their paths", async () => {
  const files = {
    "b.txt": "second\n",
    "a/z.md": "first",
    "c/d/e.txt": "third",
    ".hidden": "no",
    ".git/config": "no",
    "picture.png": Uint8Array.of(137, 80, 78, 71, 0),
    "empty.txt": "\n",
  };
  await withFiles(files, async (folder) => {
    const corpus = await loadCorpus(folder + "/");
    assertEquals(corpus.text, "first\n\nsecond\n\nthird");
    assertEquals(corpus.separator, "\n\n");
    assertStringIncludes(corpus.source, "3 text files below");
    assertStringIncludes(corpus.source, "(3 hidden, linked or binary skipped)");
  });
});

Deno.test("a folder without text is refused", async () => {
  await withFiles({ ".hidden": "no" }, async (folder) => {
    await assertRejects(() => loadCorpus(folder), CorpusError, "holds no text (1 hidden");
  });
});

Deno.test("a name that is nothing is refused with the shipped names", async () => {
  await assertRejects(() => loadCorpus("harbor"), CorpusError, "a shipped corpus (harbour)");
  await assertRejects(() => loadCorpus("./no/such.txt"), CorpusError, '"./no/such.txt"');
});

Deno.test("an empty file is refused", async () => {
  await withFiles({ "empty.txt": "", "blank.txt": " \n\n" }, async (folder) => {
    await assertRejects(() => loadCorpus(`${folder}/empty.txt`), CorpusError, "is empty");
    await assertRejects(() => loadCorpus(`${folder}/blank.txt`), CorpusError, "is empty");
  });
});

Deno.test("a binary file is refused with the place where it stops being text", async () => {
  const files = {
    "nul.bin": "twelve bytes\0 and more",
    "latin1.txt": Uint8Array.of(0x61, 0xc3, 0xa9, 0xe9, 0x62),
    "late.txt": Uint8Array.of(...new TextEncoder().encode("é".repeat(1000)), 0xff, 0x61, 0),
    "cut.txt": Uint8Array.of(0x61, 0x62, 0xe2, 0x82),
  };
  await withFiles(files, async (folder) => {
    const refuse = (name: string, message: string) =>
      assertRejects(() => loadCorpus(`${folder}/${name}`), CorpusError, message);
    await refuse("nul.bin", "at byte 12 there is a NUL byte");
    await refuse("latin1.txt", "at byte 3 there is no valid UTF-8");
    await refuse("late.txt", "at byte 2000 there is no valid UTF-8");
    await refuse("cut.txt", "at byte 2 there is no valid UTF-8");
  });
});

Deno.test("a source that is larger than allowed is refused", async () => {
  await withFiles({ "a.txt": "12345678", "b.txt": "12345678" }, async (folder) => {
    const options = { maximumBytes: 10 };
    await assertRejects(() => loadCorpus(folder, options), CorpusError, "more than 10 bytes");
    await assertRejects(
      () => loadCorpus(`${folder}/a.txt`, { maximumBytes: 7 }),
      CorpusError,
      "more than 7 bytes",
    );
    assertEquals((await loadCorpus(`${folder}/a.txt`, options)).text, "12345678");
  });
});

Deno.test("a URL's text is its corpus", async () => {
  await withServer(() => new Response("text from afar"), async (origin) => {
    const corpus = await loadCorpus(`${origin}/books/tale.txt`);
    assertEquals(corpus.name, "tale.txt");
    assertEquals(corpus.text, "text from afar");
    assertEquals(corpus.source, `${origin}/books/tale.txt`);
  });
});

Deno.test("a URL that answers with an error, or with what is no text, is refused", async () => {
  const answer = ({ url }: Request) => {
    if (url.endsWith("/empty")) return new Response("");
    if (url.endsWith("/large")) return new Response("x".repeat(1000));
    if (url.endsWith("/binary")) return new Response(Uint8Array.of(1, 0));
    return new Response("no", { status: 404, statusText: "Not Found" });
  };
  await withServer(answer, async (origin) => {
    const refuse = (path: string, message: string) =>
      assertRejects(
        () => loadCorpus(origin + path, { maximumBytes: 999 }),
        CorpusError,
        message,
      );
    await refuse("/gone", "/gone answers 404 Not Found");
    await refuse("/empty", "is empty");
    await refuse("/large", "more than 999 bytes");
    await refuse("/binary", "at byte 1 there is a NUL byte");
  });
});

Deno.test("a URL that nobody serves is refused in one sentence", async () => {
  let unserved = "";
  await withServer(() => new Response(""), (origin) => {
    unserved = origin;
    return Promise.resolve();
  });
  const error = await assertRejects(() => loadCorpus(unserved), CorpusError, "does not answer");
  assert(!error.message.includes("\n"));
});

Deno.test("an address that is no URL is refused", async () => {
  await assertRejects(() => loadCorpus("https://"), CorpusError, '"https://" is not a URL');
});

Deno.test("a download stops with the signal's reason", async () => {
  const controller = new AbortController();
  const body = new ReadableStream({
    start: (stream) => {
      stream.enqueue(new TextEncoder().encode("the beginning"));
      setTimeout(() => controller.abort(new Error("stopped by hand")), 20);
    },
  });
  await withServer(() => new Response(body), async (origin) => {
    const { signal } = controller;
    await assertRejects(() => loadCorpus(origin, { signal }), Error, "stopped by hand");
  });
});

Deno.test("the shipped corpus has the size that was asked for, and its seed's text", async () => {
  const corpus = await loadCorpus("harbour", { size: 100_000, seed: 7 });
  const bytes = new TextEncoder().encode(corpus.text).length;
  assert(bytes >= 100_000 && bytes < 110_000, `${bytes} bytes`);
  assertEquals((await loadCorpus("harbour", { size: 100_000, seed: 7 })).text, corpus.text);
  assert((await loadCorpus("harbour", { size: 100_000, seed: 8 })).text !== corpus.text);
  assert(corpus.separator !== undefined && corpus.text.includes(corpus.separator));
});

Deno.test("a size or seed that makes no sense is refused", async () => {
  for (const size of [0, -5, 1.5, NaN, 1e12]) {
    await assertRejects(
      () => loadCorpus("harbour", { size }),
      ConfigError,
      `${size}`,
    );
  }
  await assertRejects(() => loadCorpus("harbour", { seed: 0.5 }), ConfigError, "seed");
});
