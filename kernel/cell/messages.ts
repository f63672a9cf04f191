// What the kernel process and the cell process say to each other. Towards the cell: JSON lines on its
// standard input. Towards the kernel: frames within its standard output (frames.ts).

import type { ErrorOutput, ErrorReply, ExpressionValue } from "../protocol/content.ts";

/** The first line: how the two will talk, and where the notebook lies. */
export interface StartMessage {
  type: "start";
  /** Marks frames, in hexadecimal; unknown to everybody else. */
  nonce: string;
  /** The notebook's folder. */
  folder: string;
  /** The notebook itself, where the front end told. */
  notebook?: string;
  /** Whether cells keep the permission to ask the system about itself, which this process starts with. */
  maySys: boolean;
}

/** JavaScript to run, with what finds its places in the user's source. */
export interface Script {
  /** What the code is called in messages, such as `In[3]`. */
  name: string;
  code: string;
  /** A source map in JSON. */
  map: string;
}

/** Run a cell, then evaluate expressions if it went well. */
export interface RunMessage {
  type: "run";
  /** From 1. */
  id: number;
  script: Script;
  /** User expressions: a script for each, or what was wrong with it. */
  expressions: Record<string, Script | ErrorReply>;
  /** Whether the front end can answer `prompt`. */
  allowStdin: boolean;
}

/** Stop a cell, if it is still running. */
export interface InterruptMessage {
  type: "interrupt";
  /** That of the cell's {@linkcode RunMessage}. */
  id: number;
}

/** What the user typed; null where nobody could be asked any more. */
export interface InputMessage {
  type: "input";
  value: string | null;
}

/** Look at a value, for completion or inspection. */
export interface LookMessage {
  type: "look";
  id: number;
  /** A variable's name and the properties that lead on from it; nothing for the global names of cells. */
  path: string[];
  want: "members" | "value";
}

/** What a front end says on a comm. */
export interface CommMessage {
  type: "comm";
  /** From 1. */
  id: number;
  messageType: "comm_open" | "comm_msg" | "comm_close";
  content: { comm_id: string; target_name?: string; data?: Record<string, unknown> };
  metadata: Record<string, unknown>;
  /** In base64. */
  buffers: string[];
}

/** From the kernel to the cell. */
export type KernelMessage =
  | StartMessage
  | RunMessage
  | InterruptMessage
  | InputMessage
  | CommMessage
  | LookMessage;

/** The cell process can take cells. */
export interface ReadyEvent {
  type: "ready";
}

/** A message to broadcast on IOPub as it is. */
export interface PublishEvent {
  type: "publish";
  messageType: string;
  content: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  /** In base64. */
  buffers?: string[];
}

/** The user has to be asked. */
export interface AskEvent {
  type: "ask";
  prompt: string;
  password: boolean;
}

/** A cell ended; everything it printed on standard output stands before this frame. */
export interface DoneEvent {
  type: "done";
  id: number;
  error?: ErrorOutput;
  expressions: Record<string, ExpressionValue | ErrorReply>;
}

/** On standard error: everything that the cell printed there stands before this frame. */
export interface MarkEvent {
  type: "mark";
  id: number;
}

/** What a front end said on a comm has been dealt with. */
export interface HeardEvent {
  type: "heard";
  /** That of the {@linkcode CommMessage}. */
  id: number;
}

/** The interrupt of a cell has been noticed. */
export interface NoticedEvent {
  type: "noticed";
  id: number;
}

/** The cell ends its process, as `Deno.exit` does. */
export interface ExitEvent {
  type: "exit";
  code: number;
}

/** A property of a value. */
export interface LiveMember {
  name: string;
  /** function, class, instance or property. */
  type: string;
  /** Prototypes between the value and the property; 100 for what every object or function has. */
  depth: number;
}

/** A value, told. */
export interface LiveValue {
  /** `number`, `function`, or the name of its class. */
  type: string;
  text: string;
}

/** What a look found, if there was something. */
export interface LookedEvent {
  type: "looked";
  /** That of the {@linkcode LookMessage}. */
  id: number;
  members?: LiveMember[];
  value?: LiveValue;
}

/** From the cell to the kernel. */
export type CellEvent =
  | ReadyEvent
  | PublishEvent
  | AskEvent
  | DoneEvent
  | MarkEvent
  | NoticedEvent
  | HeardEvent
  | ExitEvent
  | LookedEvent;
