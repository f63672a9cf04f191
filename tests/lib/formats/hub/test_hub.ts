// A server that plays the Hub's endpoints for one model, and can break off, lie and be switched off.

import { createHash } from "node:crypto";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** What was asked of the server. */
export interface HubRequest {
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
}

/** The Hub with the model `dials/tiny`. */
export class TestHub implements AsyncDisposable {
  readonly requests: HubRequest[] = [];
  /** The content of each file; a change after the listing is a damage on the way. */
  readonly files: Map<string, Uint8Array>;
  /** Connections that deliver a large file break off after so many bytes; the first of several first. */
  readonly breaks: number[] = [];
  /** What is delivered in place of a file. */
  readonly damage = new Map<string, Uint8Array>();
  /** Answers every request with this status. */
  status: number | undefined;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.files = new Map(files);
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      (request) => this.#answer(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The ranges in which a file was asked for, without the look at its size. */
  rangesOf(path: string): string[] {
    return this.requests.filter((request) => request.path.endsWith(`/${path}`))
      .map(({ range }) => range ?? "bytes=0-").filter((range) => range !== "bytes=0-0");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  #answer(request: Request): Response {
    const { pathname } = new URL(request.url);
    const { headers } = request;
    const range = headers.get("range");
    this.requests.push({ path: pathname, range, authorization: headers.get("authorization") });
    if (this.status !== undefined) {
      return Response.json({ error: "no" }, { status: this.status });
    }
    if (pathname === "/api/models/dials/tiny/revision/main") {
      return Response.json({ _id: "1", id: "dials/tiny", sha: COMMIT, private: false });
    }
    if (pathname === `/api/models/dials/tiny/tree/${COMMIT}`) return Response.json(this.#listing());
    const prefix = `/dials/tiny/resolve/${COMMIT}/`;
    const file = this.files.get(pathname.slice(prefix.length));
    if (!pathname.startsWith(prefix) || file === undefined) {
      return Response.json({ error: "not found" }, { status: 404 });
    }
    return this.#deliver(this.damage.get(pathname.slice(prefix.length)) ?? file, range);
  }

  #listing(): unknown[] {
    return [...this.files].map(([path, bytes]) => {
      const hash = (name: string, lead = "") =>
        createHash(name).update(lead).update(bytes).digest("hex");
      const oid = hash("sha1", `blob ${bytes.length}\0`);
      const lfs = path.endsWith(".safetensors")
        ? { oid: hash("sha256"), size: bytes.length, pointerSize: 130 }
        : undefined;
      return { type: "file", path, size: bytes.length, oid, lfs };
    });
  }

  #deliver(bytes: Uint8Array, range: string | null): Response {
    const [, from = "0", to = `${bytes.length - 1}`] = /bytes=(\d+)-(\d*)/.exec(range ?? "") ?? [];
    const part = bytes.slice(Number(from), Number(to) + 1);
    const headers = {
      "etag": '"x"',
      "accept-ranges": "bytes",
      "content-length": `${part.length}`,
      "content-range": `bytes ${from}-${to}/${bytes.length}`,
    };
    const status = range === null ? 200 : 206;
    const breakAfter = part.length > 100_000 ? this.breaks.shift() : undefined;
    if (breakAfter === undefined) return new Response(part, { status, headers });
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(part.slice(0, breakAfter));
      },
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // what was sent arrives first
        controller.close(); // before all that the header promised
      },
    });
    return new Response(body, { status, headers });
  }
}
