// Loads the lab with kernels, tabs, a cell that prints 100 MB and a notebook of 50 MB: time, memory, what arrives.
//   deno task bench lab [--kernels 20] [--tabs 50] [--megabytes 100] [--json]

import { fromFileUrl } from "@std/path";
import { parseArgs } from "@std/cli/parse-args";
import { createMessage } from "../../kernel/protocol/message.ts";
import { encodeMessage } from "../../kernel/protocol/wire.ts";
import { fromV1, toV1, V1_PROTOCOL } from "../../kernel/server/websocket/framing_v1.ts";

/** A row of the table. */
interface Row {
  what: string;
  seconds: number;
  /** Of the lab's process, afterwards. */
  megabytes: number;
  result: string;
}

const LINE = 100;

const options = parseArgs(Deno.args, {
  string: ["kernels", "tabs", "megabytes"],
  boolean: ["json"],
  default: { kernels: "20", tabs: "50", megabytes: "100" },
});
const [kernelCount, tabCount, megabytes] = [options.kernels, options.tabs, options.megabytes]
  .map(Number);

/** The lab as a process of its own, so that its memory is its alone. */
async function startLab(): Promise<{ child: Deno.ChildProcess; url: string; token: string }> {
  const command = new URL("../kernel/server/testing/lab_command.ts", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fromFileUrl(command), "--no-browser", "--port", "0"],
    cwd: await Deno.makeTempDir({ prefix: "bench-lab-" }),
    env: { DIALS_HISTORY: "" },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  let output = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!output.includes("Ctrl-C")) output += (await reader.read()).value ?? "";
  void (async () => {
    while (!(await reader.read()).done);
  })();
  const [, url, token] = /(http:\S+)\/lab\?token=(\S+)/.exec(output)!;
  return { child, url, token };
}

const { child, url, token } = await startLab();
const headers = { authorization: `token ${token}` };

/** A tab: one WebSocket, which counts what is printed. */
class Tab {
  readonly #socket: WebSocket;
  readonly #idle = new Map<string, () => void>();
  printed = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#hear(data);
  }

  static async open(kernel: string): Promise<Tab> {
    const query = `session_id=${crypto.randomUUID()}&token=${token}`;
    const address = `${url.replace("http", "ws")}/api/kernels/${kernel}/channels?${query}`;
    const socket = new WebSocket(address, V1_PROTOCOL);
    const tab = new Tab(socket);
    await new Promise((resolve) => socket.onopen = resolve);
    return tab;
  }

  /** Runs a cell until the kernel is idle. */
  async run(code: string): Promise<void> {
    const message = createMessage("execute_request", {
      content: { code },
      session: "bench",
      metadata: { cellId: "cell" }, // as JupyterLab says it, so that the lab records the outputs
    });
    const idle = new Promise<void>((resolve) => this.#idle.set(message.header.msg_id, resolve));
    this.#socket.send(toV1("shell", encodeMessage(message)));
    await idle;
  }

  /** Waits until so many bytes have been printed. */
  async until(bytes: number): Promise<void> {
    const end = performance.now() + 60_000;
    while (this.printed < bytes && performance.now() < end) await pause(20);
  }

  #hear(data: ArrayBuffer): void {
    const { frames } = fromV1(data);
    const { msg_type } = read(frames.header);
    if (msg_type === "stream") this.printed += read(frames.content).text.length;
    const isIdle = msg_type === "status" && read(frames.content).execution_state === "idle";
    if (isIdle) this.#idle.get(read(frames.parentHeader).msg_id)?.();
  }
}

function read(bytes: Uint8Array) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Megabytes in the memory of the lab's process; not a number where the system does not say. */
function memory(): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(
      Deno.readTextFileSync(`/proc/${child.pid}/status`),
    )!;
    return Number(kilobytes) / 1024;
  } catch {
    return NaN;
  }
}

const rows: Row[] = [];

/** Does something, and adds a row that says how long it took and what came of it. */
async function measure(what: string, action: () => Promise<string>): Promise<void> {
  const start = performance.now();
  const result = await action();
  rows.push({ what, seconds: (performance.now() - start) / 1000, megabytes: memory(), result });
}

/** How long cells took, in milliseconds: the median and the longest. */
function spread(times: number[]): string {
  if (times.length === 0) return "none";
  const sorted = times.toSorted((a, b) => a - b);
  return `median ${sorted[times.length >> 1].toFixed(1)} ms, longest ${
    sorted.at(-1)!.toFixed(1)
  } ms`;
}

async function timed(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

const kernels: string[] = [];
const tabs: Tab[] = [];

try {
  await measure("an empty lab", () => Promise.resolve(""));

  await measure(`${kernelCount} kernels start`, async () => {
    await Promise.all(Array.from({ length: kernelCount }, async () => {
      const response = await fetch(`${url}/api/kernels`, { method: "POST", headers });
      const { id, message } = await response.json();
      if (id === undefined) throw new Error(message);
      kernels.push(id);
    }));
    return `${kernels.length} run`;
  });

  await measure(`${tabCount} tabs connect`, async () => {
    for (let i = 0; i < tabCount; i++) tabs.push(await Tab.open(kernels[i % kernels.length]));
    const status = await (await fetch(`${url}/api/status`, { headers })).json();
    return `${status.connections} connections`;
  });

  await measure("a first cell in each tab", async () => {
    return spread(await Promise.all(tabs.map((tab) => timed(() => tab.run("1 + 1")))));
  });

  await measure("200 cells one after the other", async () => {
    const times: number[] = [];
    for (let i = 0; i < 200; i++) times.push(await timed(() => tabs[i % tabs.length].run("1 + 1")));
    return spread(times);
  });

  await measure(`a cell prints ${megabytes} MB`, async () => {
    const lines = megabytes * 1e6 / LINE;
    const others: number[] = [];
    let isPrinting = true;
    const watching = (async () => {
      for (let i = 1; isPrinting; i++) {
        const other = tabs[i % Math.min(kernels.length, tabs.length)];
        if (other !== tabs[0]) others.push(await timed(() => other.run("1 + 1")));
        await pause(20);
      }
    })();
    await tabs[0].run(`for (let i = 0; i < ${lines}; i++) console.log("x".repeat(${LINE - 1}))`);
    const listeners = tabs.filter((_, index) => index % kernels.length === 0);
    await Promise.all(listeners.map((tab) => tab.until(lines * LINE)));
    isPrinting = false;
    await watching;
    const missing = listeners.filter((tab) => tab.printed !== lines * LINE).length;
    const all = missing === 0
      ? `all of it in ${listeners.length} tabs`
      : `${missing} TABS MISS SOME`;
    return `${all}; other kernels meanwhile: ${spread(others)}`;
  });

  const cell = { cell_type: "code", metadata: {}, execution_count: 1, outputs: [] };
  const source = "const text = `" + "a line of a long notebook\n".repeat(2_000) + "`;";
  const count = Math.ceil(50e6 / source.length);
  const cells = Array.from({ length: count }, (_, i) => ({ ...cell, id: `c${i}`, source }));
  const content = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  const address = `${url}/api/contents/large.ipynb`;

  await measure("a notebook of 50 MB is saved", async () => {
    const body = JSON.stringify({ type: "notebook", format: "json", content });
    const response = await fetch(address, { method: "PUT", headers, body });
    const { size } = await response.json();
    return `${response.status}, ${(size / 1e6).toFixed(1)} MB in its file`;
  });

  await measure("and read", async () => {
    const model = await (await fetch(address, { headers })).json();
    const isSame = model.content.cells.length === count &&
      model.content.cells.every((cell: { source: string }) => cell.source === source);
    return isSame ? "the same" : "NOT THE SAME";
  });

  await measure("the lab ends", async () => {
    child.kill("SIGTERM");
    const { code } = await child.status;
    return `exit code ${code}`;
  });
} finally {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended.
  }
}

if (options.json) console.log(JSON.stringify(rows, null, 2));
else {
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(`${"".padEnd(width)}  seconds  lab's MB`);
  for (const { what, seconds, megabytes, result } of rows) {
    const memory = Number.isNaN(megabytes) ? "" : megabytes.toFixed(0);
    console.log(
      `${what.padEnd(width)}  ${seconds.toFixed(2).padStart(7)}  ${memory.padStart(8)}  ${result}`,
    );
  }
}
Deno.exit(rows.some(({ result }) => /[A-Z]{3}/.test(result.replaceAll("MB", ""))) ? 1 : 0);
