// Measures start-up, round trips, printing and interrupts of this kernel, Deno's own and ipykernel, side by side.
// Through a real ZeroMQ client; what is not installed is left out.
//   deno task bench kernel [--python PYTHON] [--json]
// PYTHON is one that has ipykernel; without it, the first that has.

import { setImmediate } from "node:timers";
import { parseArgs } from "@std/cli/parse-args";
import { Dealer, Subscriber } from "zeromq";
import { KernelProcess } from "../../kernel/client/kernel_process.ts";
import { channelAddress } from "../../kernel/protocol/connection_file.ts";
import { createCustomMessage, type Message } from "../../kernel/protocol/message.ts";
import { parse, serialize } from "../../kernel/protocol/wire.ts";
import { kernelArguments } from "../../kernel/spec.ts";

/** A kernel, and what its cells say. */
interface Contender {
  name: string;
  arguments: (connectionFile: string) => string[];
  lines: string;
  megabytes: string;
  busy: string;
}

/** Milliseconds by what was measured; undefined where it did not come about. */
type Figures = Record<string, number | undefined>;

/** How long anything may take, in milliseconds. */
const PATIENCE = 10_000;

const TYPESCRIPT = {
  lines: "for (let i = 0; i < 100_000; i++) console.log(i)",
  megabytes: "console.log('x'.repeat(20_000_000))",
  busy: "while (true) {}",
};

const PYTHON = {
  lines: "for i in range(100_000): print(i)",
  megabytes: "print('x' * 20_000_000)",
  busy: "while True: pass",
};

/** A client of one kernel. */
class Client {
  readonly process: KernelProcess;
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: 5 });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: 5 });
  readonly #iopub = new Subscriber({ linger: 0, reconnectInterval: 5, receiveHighWaterMark: 0 });

  constructor(process: KernelProcess) {
    this.process = process;
    this.#shell.connect(channelAddress(process.connection, "shell"));
    this.#control.connect(channelAddress(process.connection, "control"));
    this.#iopub.connect(channelAddress(process.connection, "iopub"));
    this.#iopub.subscribe();
  }

  /** Sends a request; resolves with its id. */
  async send(type: string, content: object, socket = this.#shell): Promise<string> {
    const message = createCustomMessage(type, { content, session: "bench" });
    await socket.send(serialize(message, this.process.connection.key));
    return message.header.msg_id;
  }

  /** Runs a cell, or sends another request, and waits for the reply. */
  async request(type: string, content: object): Promise<void> {
    await this.#replyTo(await this.send(type, content), this.#shell);
  }

  execute(code: string): Promise<void> {
    return this.request("execute_request", { code, silent: false, store_history: true });
  }

  /** Runs a cell and returns the characters that it printed, up to its idle. */
  async printed(code: string): Promise<number> {
    await this.#drain();
    const id = await this.send("execute_request", { code, silent: false, store_history: true });
    let characters = 0;
    while (true) {
      const { header, parent_header, content } = await this.#next(this.#iopub);
      if (parent_header.msg_id !== id) continue;
      if (header.msg_type === "stream") characters += String(content.text).length;
      if (content.execution_state === "idle") return characters;
    }
  }

  /** Starts a cell, interrupts it, and waits for its reply. */
  async interrupt(code: string): Promise<number> {
    await this.#drain();
    const id = await this.send("execute_request", { code, silent: false, store_history: true });
    while ((await this.#next(this.#iopub)).header.msg_type !== "execute_input");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    await this.send("interrupt_request", {}, this.#control);
    await this.#replyTo(id, this.#shell);
    return performance.now() - start;
  }

  async end(): Promise<void> {
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    await this.process.end();
  }

  async #replyTo(id: string, socket: Dealer): Promise<void> {
    while ((await this.#next(socket)).parent_header.msg_id !== id);
  }

  /** The next message; looks again at once, so that the client adds nothing to what is measured. */
  async #next(socket: Dealer | Subscriber): Promise<Message> {
    const deadline = performance.now() + PATIENCE;
    while (!socket.readable) {
      if (performance.now() > deadline) throw new Error("the kernel did not answer");
      await new Promise((resolve) => setImmediate(resolve));
    }
    return parse(await socket.receive(), this.process.connection.key);
  }

  async #drain(): Promise<void> {
    while (this.#iopub.readable) await this.#iopub.receive();
  }
}

async function measure(contender: Contender): Promise<Figures> {
  const figures: Figures = {};
  const started = performance.now();
  const environment = { DIALS_HISTORY: "" };
  const client = new Client(await KernelProcess.start({ ...contender, environment }));
  try {
    await client.request("kernel_info_request", {});
    figures["start to kernel_info_reply"] = performance.now() - started;
    await client.execute("1 + 1");
    figures["start to the first result"] = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // as somebody who reads the notebook first
    figures["1 + 1, median of 300"] = await median(300, () => client.execute("1 + 1"));
    figures["100,000 printed lines"] = await complete(
      588_890,
      () => client.printed(contender.lines),
    );
    figures["20 MB in one print"] = await complete(
      20_000_001,
      () => client.printed(contender.megabytes),
    );
    figures["interrupt of a busy loop, slowest of 5"] = undefined;
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push(await client.interrupt(contender.busy));
    figures["interrupt of a busy loop, slowest of 5"] = Math.max(...times);
  } catch (error) {
    console.error(`${contender.name}: ${(error as Error).message}`);
  } finally {
    await client.end();
  }
  return figures;
}

/** How long printing took; undefined if not all of it came. */
async function complete(
  characters: number,
  print: () => Promise<number>,
): Promise<number | undefined> {
  const start = performance.now();
  return await print() === characters ? performance.now() - start : undefined;
}

async function median(count: number, act: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[count >> 1];
}

/** The first Python that has ipykernel; the one that the user names should. */
async function findPython(named: string | undefined): Promise<string | undefined> {
  for (const python of named === undefined ? ["python3", "/usr/bin/python3"] : [named]) {
    try {
      const args = ["-c", "import ipykernel"];
      if ((await new Deno.Command(python, { args, stderr: "null" }).output()).success) {
        return python;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  if (named === undefined) return undefined;
  console.error(
    `${named} is no Python that has ipykernel; install it there: pip install ipykernel`,
  );
  Deno.exit(1);
}

const options = parseArgs(Deno.args, { string: ["python"], boolean: ["json"] });
const python = await findPython(options.python);
const contenders: Contender[] = [
  { name: "dials", arguments: (file) => kernelArguments(file), ...TYPESCRIPT },
  {
    name: "deno jupyter",
    arguments: (file) => [Deno.execPath(), "jupyter", "--kernel", "--conn", file],
    ...TYPESCRIPT,
  },
  ...(python === undefined ? [] : [{
    name: "ipykernel",
    arguments: (file: string) => [python, "-m", "ipykernel_launcher", "-f", file],
    ...PYTHON,
  }]),
];
const table: Record<string, Figures> = {};
for (const contender of contenders) table[contender.name] = await measure(contender);
if (options.json) console.log(JSON.stringify(table, null, 2));
else {
  const width = 42;
  const names = contenders.map(({ name }) => name.padStart(14));
  console.log(`${"milliseconds; – where it failed".padEnd(width)}${names.join("")}`);
  for (const what of Object.keys(table.dials)) {
    const figures = contenders.map(({ name }) => table[name][what]?.toFixed(1) ?? "–");
    console.log(`${what.padEnd(width)}${figures.map((text) => text.padStart(14)).join("")}`);
  }
}
// A process that used ZeroMQ may need this to end.
Deno.exit();
