// A lab for tests: it serves a temporary folder, and is asked with plain requests.

import { join } from "@std/path";
import type { Json } from "../../../../kernel/notebook/format.ts";
import { type Lab, startLab } from "../../../../kernel/server/lab.ts";

// Kernels of tests keep no history among the user's.
Deno.env.set("DIALS_HISTORY", "");

/** What is in the file secret.txt, beside the served folder. */
export const SECRET = "classified";

/** What an answer says. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any -- tests look into answers of every shape
  json: any;
}

/** Options of {@linkcode TestLab.ask}. */
export interface AskOptions {
  method?: string;
  /** Sent as JSON unless it is text or bytes. */
  body?: Json | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** How the request shows that it may be answered. */
  as?: "token" | "nobody" | "browser";
}

/** A running lab. */
export class TestLab implements AsyncDisposable {
  readonly lab: Lab;
  /** The folder that it serves. */
  readonly folder: string;
  /** The folder around that, which it must not serve. */
  readonly outside: string;
  #cookies: string | undefined;

  private constructor(lab: Lab, { folder, outside }: { folder: string; outside: string }) {
    this.lab = lab;
    this.folder = folder;
    this.outside = outside;
  }

  /** Starts a lab on any port. */
  static async start(): Promise<TestLab> {
    const outside = await Deno.realPath(await Deno.makeTempDir({ prefix: "lab-" }));
    const folder = join(outside, "served");
    const page = join(outside, "page");
    for (const path of [folder, join(page, "assets")]) await Deno.mkdir(path, { recursive: true });
    const index = "<head><!-- jupyter-config-data --></head>the page";
    await Deno.writeTextFile(join(page, "index.html"), index);
    await Deno.writeTextFile(join(page, "main-ABCD1234.js"), "script");
    await Deno.writeTextFile(join(outside, "secret.txt"), SECRET);
    const lab = await startLab({
      folder,
      port: 0,
      pageFolder: () => Promise.resolve(page),
      trustFolder: join(outside, "trust"),
    });
    return new TestLab(lab, { folder, outside });
  }

  /** The port and address without "http://". */
  get host(): string {
    return `127.0.0.1:${this.lab.port}`;
  }

  /** Sends a request; redirections are not followed. */
  async ask(path: string, options: AskOptions = {}): Promise<Answer> {
    const { method = "GET", body, headers = {}, as = "token" } = options;
    const response = await fetch(`${this.lab.url}${path}`, {
      method,
      redirect: "manual",
      headers: { ...await this.#proof(as), ...headers },
      body: body === undefined || typeof body === "string" || body instanceof Uint8Array
        ? body
        : JSON.stringify(body),
    });
    const text = await response.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: response.status, headers: response.headers, text, json };
  }

  /** The Cookie header of a browser that has opened the address with the token. */
  async cookies(): Promise<string> {
    if (this.#cookies === undefined) {
      const { headers } = await this.ask(`/lab?token=${this.lab.token}`, {
        as: "nobody",
        headers: { accept: "text/html" },
      });
      this.#cookies = headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
    }
    return this.#cookies;
  }

  /** Writes a file of the served folder. */
  async write(path: string, content: string | Uint8Array): Promise<string> {
    const file = join(this.folder, path);
    if (typeof content === "string") await Deno.writeTextFile(file, content);
    else await Deno.writeFile(file, content);
    return file;
  }

  /** Sends bytes as they are, and returns what comes back until an answer is complete or the connection ends. */
  async raw(request: string): Promise<string> {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: this.lab.port });
    let answer = "";
    const buffer = new Uint8Array(65_536);
    try {
      // The lab may answer, and end the connection, before it has taken everything.
      const writing = writeAll(connection, new TextEncoder().encode(request)).catch(() => {});
      for (let count; (count = await connection.read(buffer)) !== null;) {
        answer += new TextDecoder().decode(buffer.subarray(0, count));
        if (isComplete(answer)) break;
      }
      void writing;
    } catch {
      // Reset by the lab.
    }
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.lab.close({ grace: 1_000 });
    await Deno.remove(this.outside, { recursive: true });
  }

  async #proof(as: "token" | "nobody" | "browser"): Promise<Record<string, string>> {
    if (as === "nobody") return {};
    if (as === "token") return { authorization: `token ${this.lab.token}` };
    const cookie = await this.cookies();
    const [, xsrf] = /_xsrf=([^;]+)/.exec(cookie)!;
    return { cookie, "x-xsrftoken": xsrf, origin: this.lab.url };
  }
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  while (bytes.length > 0) bytes = bytes.subarray(await connection.write(bytes));
}

/** Whether an answer has come to its end; the head is all there is of one that changes the protocol. */
function isComplete(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length - end - 4 >= length;
}
