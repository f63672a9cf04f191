// The cell process's input thread: reads the kernel's messages while cells run. An interrupt raises the shared
// flag at once, whatever the main thread does, and typed input goes straight into memory on which `prompt`
// waits. When the kernel process is gone, so is this one.

import { FLAG, type InputMemory, PENDING_INPUT } from "./input_memory.ts";
import { Lines } from "./lines.ts";
import type { KernelMessage } from "./messages.ts";

/** What a worker's global scope offers, as far as it is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<InputMemory>) => void) | null;
  postMessage(message: KernelMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
const encoder = new TextEncoder();

scope.onmessage = ({ data: memory }) => read(memory);

async function read(memory: InputMemory): Promise<void> {
  const lines = new Lines();
  const buffer = new Uint8Array(1 << 16);
  for (let count: number | null; (count = await Deno.stdin.read(buffer)) !== null;) {
    for (const line of lines.push(buffer.subarray(0, count))) take(JSON.parse(line), memory);
  }
  // The kernel process has ended, perhaps killed: nobody reads what a cell does from here on.
  Deno.kill(Deno.pid, "SIGKILL");
}

function take(message: KernelMessage, memory: InputMemory): void {
  if (message.type === "interrupt") Atomics.store(memory.control, FLAG, message.id);
  if (message.type === "interrupt" || message.type === "input") {
    answer(message.type === "input" ? message.value : null, memory);
  }
  if (message.type !== "input") scope.postMessage(message);
}

/** Wakes the main thread if it waits for input; null means that none will come. */
function answer(value: string | null, { control, text }: InputMemory): void {
  if (Atomics.load(control, PENDING_INPUT) !== 1) return;
  // encodeInto refuses shared memory.
  const bytes = encoder.encode(value ?? "").subarray(0, text.length);
  text.set(bytes);
  Atomics.store(control, PENDING_INPUT, value === null ? -1 : 2 + bytes.length);
  Atomics.notify(control, PENDING_INPUT);
}
