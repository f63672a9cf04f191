// The kernel's messages as they reach the thread that runs cells.

import { createInputMemory, type InputMemory } from "./input_memory.ts";
import type {
  CommMessage,
  InterruptMessage,
  LookMessage,
  RunMessage,
  StartMessage,
} from "./messages.ts";

/** What reaches the thread that runs cells. */
export type ForwardedMessage =
  | StartMessage
  | RunMessage
  | InterruptMessage
  | LookMessage
  | CommMessage;

/** Starts the input thread, which hands over every message and shares the returned memory. */
export function openInput(receive: (message: ForwardedMessage) => void): InputMemory {
  const memory = createInputMemory();
  const worker = new Worker(new URL("./input_worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<ForwardedMessage>) => receive(data);
  worker.postMessage(memory);
  return memory;
}
