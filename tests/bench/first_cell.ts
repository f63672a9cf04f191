// Measures the way from `git clone` to the first cell's result on a machine that has nothing but Node.js and git.
// Everything that could have been fetched before is fetched anew, into a temporary folder.
//   deno task bench first_cell [--from REPOSITORY] [--json]

import { fromFileUrl, join } from "@std/path";
import { parseArgs } from "@std/cli/parse-args";
import { createMessage } from "../../kernel/protocol/message.ts";
import { encodeMessage } from "../../kernel/protocol/wire.ts";
import { fromV1, toV1, V1_PROTOCOL } from "../../kernel/server/websocket/framing_v1.ts";

const VERSION = "deno@2.9.6";

const options = parseArgs(Deno.args, {
  string: ["from"],
  boolean: ["json"],
  default: { from: fromFileUrl(new URL("../../", import.meta.url)) },
});
const folder = await Deno.makeTempDir({ prefix: "first-cell-" });
const clone = join(folder, "dials");
const env = {
  DENO_DIR: join(folder, "deno"),
  npm_config_cache: join(folder, "npm"),
  JUPYTER_DATA_DIR: join(folder, "jupyter"),
  DIALS_HISTORY: "",
};
const rows: { what: string; seconds: number }[] = [];

/** Does something, and adds a row that says how long it took. */
async function measure<T>(what: string, action: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await action();
  rows.push({ what, seconds: (performance.now() - start) / 1000 });
  return result;
}

async function run(program: string, args: string[], cwd: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args, cwd, env }).output();
  if (!success) {
    throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }
}

/** Reads a process's output until it matches. */
async function read(
  lines: ReadableStreamDefaultReader<string>,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let output = "";
  while (true) {
    const found = pattern.exec(output);
    if (found !== null) return found;
    const { done, value } = await lines.read();
    if (done) throw new Error(`The lab ended without its address:\n${output}`);
    output += value;
  }
}

/** Runs a cell until the kernel is idle again. */
async function runCell(socket: WebSocket, code: string): Promise<void> {
  const request = createMessage("execute_request", { content: { code }, session: "bench" });
  const idle = new Promise<void>((resolve, reject) => {
    socket.onmessage = ({ data }) => {
      const { frames } = fromV1(data);
      const [header, parent, content] = [frames.header, frames.parentHeader, frames.content]
        .map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
      if (parent.msg_id !== request.header.msg_id) return;
      if (header.msg_type === "error") reject(new Error(content.evalue));
      if (content.execution_state === "idle") resolve();
    };
  });
  socket.send(toV1("shell", encodeMessage(request)));
  await idle;
}

let lab: Deno.ChildProcess | undefined;
try {
  await measure("git clone", () => run("git", ["clone", "-q", options.from, clone], folder));
  await measure(`npx fetches ${VERSION}`, () => run("npx", ["-y", VERSION, "--version"], folder));

  const [, url, token] = await measure("the page's packages are fetched and bundled", async () => {
    lab = new Deno.Command("npx", {
      args: ["-y", VERSION, "task", "lab", "--no-browser", "--port", "0"],
      cwd: clone,
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const lines = lab.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const found = await read(lines, /(http:\S+)\/lab\?token=(\S+)[\s\S]*Ctrl-C/);
    void (async () => {
      while (!(await lines.read()).done);
    })();
    return found;
  });
  const headers = { authorization: `token ${token}` };

  const kernel = await measure("a kernel starts", async () => {
    const response = await fetch(`${url}/api/kernels`, { method: "POST", headers });
    return (await response.json()).id;
  });
  const address = `${url.replace("http", "ws")}/api/kernels/${kernel}/channels?token=${token}`;
  const socket = new WebSocket(address, V1_PROTOCOL);
  socket.binaryType = "arraybuffer";
  await new Promise((resolve) => socket.onopen = resolve);
  await measure("a first cell: 1 + 1", () => runCell(socket, "1 + 1"));
  const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
  await measure("then: the library and its packages", () => runCell(socket, 'import "dials"'));
  await measure("a second cell", () => runCell(socket, "1 + 1"));
  await fetch(`${url}/api/shutdown`, { method: "POST", headers });
  rows.splice(-2, 0, { what: "from the clone to the first cell's result", seconds: total });
} finally {
  lab?.kill("SIGTERM");
  await lab?.status;
  await Deno.remove(folder, { recursive: true });
}

if (options.json) console.log(JSON.stringify(rows, null, 2));
else {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, seconds } of rows) {
    console.log(`${what.padEnd(width)}  ${seconds.toFixed(2).padStart(7)} s`);
  }
}
Deno.exit(0);
