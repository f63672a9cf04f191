// The lab as a command: its line, its address, its end.

import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { readArguments, UsageError } from "../../../kernel/server/command/arguments.ts";

const COMMAND = fromFileUrl(new URL("testing/lab_command.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../../deno.json", import.meta.url));

/** A lab that runs as a process in a temporary folder. */
class LabProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #listening: Promise<void>;
  output = "";

  private constructor(child: Deno.ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    this.#listening = this.#listen();
  }

  static async start(...args: string[]): Promise<LabProcess> {
    const folder = await Deno.makeTempDir({ prefix: "lab-" });
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", CONFIG, COMMAND, "--no-browser", ...args],
      cwd: folder,
      env: { DIALS_HISTORY: "", JUPYTER_DATA_DIR: folder },
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const lab = new LabProcess(child, folder);
    while (!lab.output.includes("Ctrl-C")) await new Promise((resolve) => setTimeout(resolve, 20));
    return lab;
  }

  /** The address that is printed, without the token, and the token. */
  get address(): { url: string; token: string } {
    const [, url, token] = /(http:\S+)\/lab\?token=(\S+)/.exec(this.output)!;
    return { url, token };
  }

  async startKernel(): Promise<void> {
    const { url, token } = this.address;
    const headers = { authorization: `token ${token}` };
    const response = await fetch(`${url}/api/kernels`, { method: "POST", headers });
    assertEquals(response.status, 201);
    await response.body?.cancel();
  }

  /** The ids of the processes that the lab has started. */
  async children(): Promise<number[]> {
    const output = await new Deno.Command("ps", { args: ["-A", "-o", "pid=,ppid="] }).output();
    const rows = new TextDecoder().decode(output.stdout).trim().split("\n");
    const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
    const childrenOf = (parent: number): number[] =>
      pairs.filter(([, ppid]) => ppid === parent).flatMap(([pid]) => [pid, ...childrenOf(pid)]);
    return childrenOf(this.#child.pid);
  }

  async end(signal: Deno.Signal): Promise<number> {
    this.#child.kill(signal);
    const { code } = await this.#child.status;
    await this.#listening;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
    await this.#listening;
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #listen(): Promise<void> {
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      this.output += text;
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

Deno.test("the lab's command line", () => {
  assertEquals(readArguments([]), {
    folder: undefined,
    port: 8888,
    ip: "127.0.0.1",
    token: undefined,
    browser: true,
    jupyter: false,
    others: [],
    help: false,
  });
  const { folder, port, ip, token, browser, jupyter, others } = readArguments(
    [
      "2024",
      "--port",
      "0",
      "--ip=0.0.0.0",
      "--token",
      "12345678",
      "--no-browser",
      "--jupyter",
      "--",
      "--x",
    ],
  );
  assertEquals([folder, port, ip, token, browser, jupyter, ...others], [
    "2024",
    0,
    "0.0.0.0",
    "12345678",
    false,
    true,
    "--x",
  ]);
  for (
    const [line, sentence] of [
      ["--prot 1", "no option --prot"],
      ["--port x", "--port x is no port"],
      ["--port 65536", "is no port"],
      ["--port=", "is no port"],
      ["--ip=", "--ip needs a value"],
      ["--token short", "8 or more"],
      ["--token a/b?c=defgh", "8 or more"],
      ["a b", "not also b"],
      ["-- --allow-root", "add --jupyter"],
    ]
  ) {
    const error = assertThrows(() => readArguments(line.split(" ")), UsageError);
    assertStringIncludes(error.message, sentence);
  }
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends the lab and every process that it has started`, async () => {
    if (Deno.build.os === "windows") return;
    await using lab = await LabProcess.start("--port", "0");
    await Promise.all([lab.startKernel(), lab.startKernel()]);
    const children = await lab.children();
    assert(children.length >= 2);
    assertEquals(await lab.end(signal), 0);
    // The kernels' own children end with them.
    for (let tries = 0; children.some(isRunning) && tries < 250; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assertEquals(children.filter(isRunning), []);
  });
}

Deno.test("where a port is in use, the lab takes the next one and says so", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  try {
    await using lab = await LabProcess.start("--port", String(port));
    assertStringIncludes(lab.output, `Port ${port} is in use`);
    assert(Number(new URL(lab.address.url).port) > port);
  } finally {
    taken.close();
  }
});

Deno.test("the token is a new one each time, or the one that is given", async () => {
  await using one = await LabProcess.start("--port", "0");
  assertMatch(one.address.token, /^[0-9a-f]{48}$/);
  await using other = await LabProcess.start("--port", "0", "--token", "my-own-token");
  assertEquals(other.address.token, "my-own-token");
});

Deno.test("what cannot be served is refused in one sentence", async () => {
  const run = async (...args: string[]) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", CONFIG, COMMAND, ...args],
      cwd: await Deno.makeTempDir(),
      stdin: "null",
    }).output();
    assertEquals(code, 1);
    return new TextDecoder().decode(stderr).trim();
  };
  assertMatch(await run("nowhere"), /^There is no folder \S+nowhere\.$/);
  assertMatch(await run(COMMAND), /is a file; give the folder it is in\.$/);
  assertEquals(await run("--ip", "203.0.113.1"), "--ip 203.0.113.1 is no address of this machine.");
});
