// How fast the kernel is, through a real ZeroMQ client: start-up, round trips, printing, interrupts.
//   deno run -A tests/bench/kernel.ts

import { setImmediate } from "node:timers";
import { Dealer, Subscriber } from "zeromq";
import { KernelProcess } from "../../kernel/client/kernel_process.ts";
import { channelAddress } from "../../kernel/protocol/connection_file.ts";
import { createCustomMessage, type Message } from "../../kernel/protocol/message.ts";
import { parse, serialize } from "../../kernel/protocol/wire.ts";
import { kernelArguments } from "../../kernel/spec.ts";

const started = performance.now();
const kernel = await KernelProcess.start({ arguments: kernelArguments });
const { connection } = kernel;
const options = { linger: 0, reconnectInterval: 5 };
const shell = new Dealer(options);
const control = new Dealer(options);
const iopub = new Subscriber({ ...options, receiveHighWaterMark: 0 });
shell.connect(channelAddress(connection, "shell"));
control.connect(channelAddress(connection, "control"));
iopub.connect(channelAddress(connection, "iopub"));
iopub.subscribe();

/** The next message; looks again at once, so that the client adds nothing to what is measured. */
async function next(socket: Dealer | Subscriber): Promise<Message> {
  while (!socket.readable) await new Promise((resolve) => setImmediate(resolve));
  return parse(await socket.receive(), connection.key);
}

async function request(type: string, content: object, socket = shell): Promise<Message> {
  const message = createCustomMessage(type, { content, session: "bench" });
  await socket.send(serialize(message, connection.key));
  while (true) {
    const reply = await next(socket);
    if (reply.parent_header.msg_id === message.header.msg_id) return reply;
  }
}

/** Takes what has been broadcast until `wanted` says that was it. */
async function broadcasts(wanted: (message: Message) => boolean): Promise<void> {
  while (!wanted(await next(iopub)));
}

const isIdle = ({ content }: Message) => content.execution_state === "idle";
const line = (what: string, value: number) =>
  console.log(`${what.padEnd(44)} ${value.toFixed(1)} ms`);

async function median(count: number, act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[count >> 1];
}

await request("kernel_info_request", {});
line("start to the first kernel_info_reply", performance.now() - started);
await request("execute_request", { code: "1 + 1" });
line("start to the first result", performance.now() - started);
await new Promise((resolve) => setTimeout(resolve, 1_000)); // as somebody who reads the notebook first
line(
  "1 + 1, first 100, median",
  await median(100, () => request("execute_request", { code: "1 + 1" })),
);
line(
  "1 + 1, next 500, median",
  await median(500, () => request("execute_request", { code: "1 + 1" })),
);
while (iopub.readable) await iopub.receive();

for (
  const [what, code] of [
    ["100,000 printed lines", "for (let i = 0; i < 100_000; i++) console.log(i)"],
    ["20 MB in one print", "console.log('x'.repeat(20_000_000))"],
  ]
) {
  const start = performance.now();
  await request("execute_request", { code });
  await broadcasts(isIdle);
  line(what, performance.now() - start);
}

for (
  const [what, code] of [["awaiting cell", "await new Promise(() => {})"], [
    "busy loop",
    "while (true) {}",
  ]]
) {
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const cell = request("execute_request", { code });
    await broadcasts(({ header }) => header.msg_type === "execute_input");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const start = performance.now();
    await request("interrupt_request", {}, control);
    await cell;
    times.push(performance.now() - start);
  }
  line(`interrupt of an ${what}, slowest of 10`.replace("an busy", "a busy"), Math.max(...times));
}
await kernel.end();
Deno.exit();
