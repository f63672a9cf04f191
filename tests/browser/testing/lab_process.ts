// A lab as `deno task lab` starts it, on a temporary folder.

import { fromFileUrl, join } from "@std/path";
import type { Json } from "../../../kernel/notebook/format.ts";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));

/** How long the lab may take to start, its page to be built included, in milliseconds. */
const START_LIMIT = 300_000;

/** A cell of a notebook that a test writes. */
export interface TestCell {
  source: string;
  /** Its kind; code if it is left out. */
  type?: "code" | "markdown";
  tags?: string[];
  outputs?: Json[];
}

/** A lab in a process of its own. */
export class LabProcess implements AsyncDisposable {
  /** The folder that it serves. */
  readonly folder: string;
  /** Its address with the token. */
  readonly address: string;
  readonly #child: Deno.ChildProcess;

  private constructor(folder: string, address: string, child: Deno.ChildProcess) {
    this.folder = folder;
    this.address = address;
    this.#child = child;
  }

  /** Starts a lab that serves a copy of the course. */
  static async start(): Promise<LabProcess> {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "browser-" }));
    await copyCourse(join(folder, "notebooks"));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "lab", folder, "--port", "0", "--no-browser"],
      cwd: ROOT,
      env: { DIALS_HISTORY: "", XDG_DATA_HOME: join(folder, ".data"), NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const address = await addressIn(child.stdout);
    return new LabProcess(folder, address, child);
  }

  /** Writes a notebook into the served folder and gives its path there. */
  async write(name: string, cells: TestCell[]): Promise<string> {
    const path = `${name}.ipynb`;
    await Deno.writeTextFile(join(this.folder, path), JSON.stringify(notebookOf(cells), null, 1));
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The second time it does not ask.
    for (let times = 0; times < 2; times++) {
      try {
        this.#child.kill("SIGINT");
      } catch {
        // It has ended.
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await this.#child.status;
    await Deno.remove(this.folder, { recursive: true });
  }
}

async function copyCourse(to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(join(ROOT, "notebooks"))) {
    if (name.endsWith(".ipynb")) await Deno.copyFile(join(ROOT, "notebooks", name), join(to, name));
  }
}

/** Reads what the lab prints until it says where it is, and goes on reading. */
async function addressIn(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const found = Promise.withResolvers<string>();
  const timer = setTimeout(() => found.reject(new Error("The lab does not start.")), START_LIMIT);
  let text = "";
  const reading = stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(part) {
        text += part;
        const [address] = /http:\S+token=\S+/.exec(text) ?? [];
        if (address !== undefined) found.resolve(address);
      },
    }),
  );
  reading.then(() => found.reject(new Error(`The lab ended: ${text}`)), () => {});
  try {
    return await found.promise;
  } finally {
    clearTimeout(timer);
  }
}

function notebookOf(cells: TestCell[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "dials", display_name: "Dials (TypeScript)", language: "typescript" },
    },
    cells: cells.map(({ source, type = "code", tags, outputs = [] }, index) => ({
      id: `cell-${index}`,
      cell_type: type,
      metadata: tags === undefined ? {} : { tags },
      source,
      ...(type === "code" && { execution_count: null, outputs }),
    })),
  };
}
