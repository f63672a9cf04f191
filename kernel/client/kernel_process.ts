// A kernel as a child process: its connection file, its ports, what it says on stderr, and its end.

import { stripVTControlCharacters } from "node:util";
import { fromFileUrl, join } from "@std/path";
import type { ConnectionInfo } from "../protocol/connection_file.ts";
import { freePorts } from "./free_ports.ts";

/** How a kernel process is started. */
export interface KernelProcessOptions {
  /** Its command line, given the path of the connection file. */
  arguments: (connectionFile: string) => string[];
  /** The folder it runs in. */
  folder?: string;
  /** Environment variables beside those inherited. */
  environment?: Record<string, string>;
}

/** A kernel that could not start, or ended although nobody asked it to; the message says what it said last. */
export class KernelDiedError extends Error {
  override name = "KernelDiedError";
}

/** How many of the last lines of the kernel's own output are kept for error messages. */
const KEPT_LINES = 12;

/** A running kernel process. Whoever starts one ends it with {@linkcode KernelProcess.end}. */
export class KernelProcess {
  /** What a client needs to connect. */
  readonly connection: ConnectionInfo;
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #output: Promise<void>;
  #lastLines: string[] = [];

  private constructor(child: Deno.ChildProcess, connection: ConnectionInfo, folder: string) {
    this.#child = child;
    this.connection = connection;
    this.#folder = folder;
    this.#output = Promise.all([this.#keep(child.stdout), this.#keep(child.stderr)]).then(() => {});
    this.ended = child.status;
  }

  /**
   * Starts a kernel with a connection file of its own, which only this user can read.
   *
   * @throws {KernelDiedError} if its program cannot be run
   */
  static async start(options: KernelProcessOptions): Promise<KernelProcess> {
    const folder = await Deno.makeTempDir({ prefix: "kernel-" });
    const connection = newConnection();
    const file = join(folder, "connection.json");
    await Deno.writeTextFile(file, JSON.stringify(connection, null, 2), { mode: 0o600 });
    const [program, ...args] = options.arguments(file);
    try {
      const child = new Deno.Command(program, {
        args,
        cwd: options.folder,
        // A kernel that sees this variable ends itself when the process of that id is gone.
        env: { JPY_PARENT_PID: String(Deno.pid), ...options.environment },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
        // Ctrl-C in a terminal reaches every process of its group; what it means to a cell, the client decides.
        detached: true,
      }).spawn();
      return new KernelProcess(child, connection, folder);
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      throw new KernelDiedError(`The kernel's program ${program} cannot be run: ${error}.`);
    }
  }

  /**
   * Waits for the process to end, kills it when `grace` milliseconds are over, and removes its connection file.
   */
  async end({ grace = 0 } = {}): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, grace));
    await Promise.race([this.ended, patience]);
    clearTimeout(timer);
    this.#kill();
    await this.ended;
    await Deno.remove(this.#folder, { recursive: true }).catch(() => {}); // removed by someone else: fine
  }

  /** Sends the process, and what it started, the signal of Ctrl-C. */
  interrupt(): void {
    if (Deno.build.os === "windows") {
      throw new Error("A kernel that is interrupted by a signal cannot be on Windows.");
    }
    Deno.kill(-this.#child.pid, "SIGINT");
  }

  /** Says that the process ended, how, and what it said last. */
  async obituary(what: string): Promise<KernelDiedError> {
    const { code, signal } = await this.ended;
    // A grandchild may still hold the pipes open; what was said until then is enough.
    await Promise.race([this.#output, new Promise((resolve) => setTimeout(resolve, 500))]);
    const last = stripVTControlCharacters(this.#lastLines.join("\n")).trim();
    const [, missing] = /Module not found "(.+?)"/.exec(last) ?? [];
    if (missing !== undefined && code === 1) {
      const file = missing.startsWith("file:") ? fromFileUrl(missing) : missing;
      return new KernelDiedError(`${what}: its file ${file} is missing; fetch it again.`);
    }
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    return new KernelDiedError(`${what} (it ended ${how})${last === "" ? "." : `:\n${last}`}`);
  }

  /** Kills the process and what it started: it leads a process group of its own, except on Windows. */
  #kill(): void {
    try {
      if (Deno.build.os === "windows") this.#child.kill("SIGKILL");
      else Deno.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // All of them have ended by themselves.
    }
  }

  async #keep(output: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of output) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop()!.slice(-4000);
      this.#lastLines = [...this.#lastLines, ...lines].slice(-KEPT_LINES);
    }
    if (rest !== "") this.#lastLines.push(rest);
  }
}

/** A connection on free ports of this machine, with a key of its own. */
function newConnection(): ConnectionInfo {
  const [shell, iopub, stdin, control, heartbeat] = freePorts(5);
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
  };
}
