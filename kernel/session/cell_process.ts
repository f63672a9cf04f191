// The kernel's end of a cell process: starts it, hands it cells, hears what comes of them, and notices when
// it dies.

import { encodeHex } from "@std/encoding";
import { fromFileUrl } from "@std/path";
import { createNonce, FrameParser } from "../cell/frames.ts";
import type {
  AskEvent,
  CellEvent,
  CommMessage,
  DoneEvent,
  KernelMessage,
  LookedEvent,
  LookMessage,
  PublishEvent,
  RunMessage,
} from "../cell/messages.ts";
import type { CellSettings } from "./cell_settings.ts";
import { Grace } from "./grace.ts";
import { ownLockFile } from "./lock_file.ts";
import { mayAskSystem, permissionFlags } from "./sandbox.ts";
import { type NotebookConfig, OWN_CONFIG } from "./notebook_config.ts";
import type { StreamName } from "./printed_text.ts";

/** Hears what cells have to say, in order. */
export interface CellListener {
  print(name: StreamName, bytes: Uint8Array): void;
  publish(event: PublishEvent): void;
  ask(event: AskEvent): void;
  /** Resolves when more can be taken; undefined if it can. The cell's own printing waits for it. */
  relieved(): Promise<void> | undefined;
}

/** How a cell process ended. */
export interface Ending {
  code: number;
  signal: string | null;
  /** Whether it could take cells before. */
  wasReady: boolean;
  /** The last that it printed on standard error. */
  lastWords: string;
  /** The milliseconds that a cell was given to notice its interrupt, where it was ended for not doing so. */
  graceOver?: number;
}

/** How long output is awaited after the process has ended, in milliseconds: a subprocess may hold the pipe. */
const PATIENCE = 500;

/** Bytes of standard error that are kept to explain an end. */
const LAST_WORDS = 4_096;

/** How long the cell process may take to look at a value, in milliseconds. */
const LOOK_PATIENCE = 200;

const ENTRY = fromFileUrl(new URL("../cell/main.ts", import.meta.url));

/** A running cell process. */
export class CellProcess {
  /** Resolves when the process is gone and all it printed has been heard. */
  readonly ended: Promise<Ending>;
  readonly #child: Deno.ChildProcess;
  readonly #listener: CellListener;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #running = new Map<number, Running>();
  readonly #looks = new Map<number, (event: LookedEvent | undefined) => void>();
  #lastLook = 0;
  /** What is called when a comm's message has been dealt with, or will not be. */
  readonly #heard = new Map<number, () => void>();
  #lastHeard = 0;
  #ready = false;
  #isGone = false;
  /** The code with which a cell ended the process on purpose. */
  #exitCode: number | undefined;
  #lastWords = new Uint8Array(0);
  readonly #grace: Grace;
  readonly #lock = ownLockFile();
  #graceOver: number | undefined;

  /** Starts a cell process. */
  constructor(
    { folder, notebook, memory, allowed, grace, config }: CellSettings,
    listener: CellListener,
  ) {
    this.#listener = listener;
    const limit = memory === undefined ? [] : [`--v8-flags=--max-old-space-size=${memory}`];
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...permissionFlags(folder, allowed),
        ...limit,
        ...configArguments(config),
        ...this.#lock.flags,
        ENTRY,
      ],
      cwd: folder,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#grace = new Grace(grace, () => {
      this.#graceOver = grace;
      this.kill();
    });
    this.#input = this.#child.stdin.getWriter();
    const nonce = createNonce();
    this.#send({
      type: "start",
      nonce: encodeHex(nonce),
      folder,
      notebook,
      maySys: mayAskSystem(allowed),
    });
    const reading = Promise.all([
      this.#read(this.#child.stdout, { name: "stdout", nonce }),
      this.#read(this.#child.stderr, { name: "stderr", nonce }),
    ]);
    this.ended = this.#awaitEnd(reading);
    // Once for all: a promise keeps what waits for it.
    void this.ended.then(() => this.#abandon());
  }

  /** Runs a cell; resolves to undefined if the process ends before the cell does. */
  run(message: RunMessage): Promise<DoneEvent | undefined> {
    if (this.#isGone) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<DoneEvent | undefined>();
    this.#running.set(message.id, { resolve, marked: false });
    this.#send(message);
    return promise;
  }

  /** Interrupts a cell, if it is still running; ends the process if that does not notice in time. */
  interrupt(id: number): void {
    this.#send({ type: "interrupt", id });
    if (this.#running.has(id)) this.#grace.begin();
  }

  /** Looks at a value; undefined if the process has no time for it. */
  look(question: Pick<LookMessage, "path" | "want">): Promise<LookedEvent | undefined> {
    const id = ++this.#lastLook;
    this.#send({ type: "look", id, ...question });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answerLook(id, undefined), LOOK_PATIENCE);
      this.#looks.set(id, (event) => {
        clearTimeout(timer);
        resolve(event);
      });
    });
  }

  /** Hands over what a front end says on a comm; resolves when that has been dealt with. */
  hear(message: Omit<CommMessage, "type" | "id">): Promise<void> {
    if (this.#isGone) return Promise.resolve();
    const id = ++this.#lastHeard;
    this.#send({ type: "comm", id, ...message });
    return new Promise((resolve) => this.#heard.set(id, resolve));
  }

  /** Hands over what the user typed. */
  answer(value: string | null): void {
    this.#send({ type: "input", value });
  }

  /** Ends the process at once. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  #send(message: KernelMessage): void {
    const line = new TextEncoder().encode(`${JSON.stringify(message)}\n`);
    // A process that has ended takes nothing more; whoever waits hears of that by `ended`.
    this.#input.write(line).catch(() => {});
  }

  async #read(
    output: ReadableStream<Uint8Array>,
    { name, nonce }: { name: StreamName; nonce: Uint8Array },
  ): Promise<void> {
    const parser = new FrameParser(nonce, {
      print: (bytes) => {
        if (name === "stderr") this.#remember(bytes);
        this.#listener.print(name, bytes);
      },
      receive: (payload) => this.#hear(JSON.parse(new TextDecoder().decode(payload))),
    });
    for await (const chunk of output) {
      parser.push(chunk);
      const relieved = this.#listener.relieved();
      if (relieved !== undefined) await this.#grace.hold(relieved);
    }
    parser.end();
  }

  #hear(event: CellEvent): void {
    switch (event.type) {
      case "ready":
        this.#ready = true;
        this.#lock.remove();
        return;
      case "publish":
        return this.#listener.publish(event);
      case "ask":
        return this.#listener.ask(event);
      case "mark":
        return this.#settle(event.id, { marked: true });
      case "heard":
        this.#heard.get(event.id)?.();
        this.#heard.delete(event.id);
        return;
      case "noticed":
        return this.#grace.end();
      case "looked":
        return this.#answerLook(event.id, event);
      case "exit":
        this.#exitCode = event.code;
        return;
      case "done":
        return this.#settle(event.id, { done: event });
    }
  }

  #answerLook(id: number, event: LookedEvent | undefined): void {
    this.#looks.get(id)?.(event);
    this.#looks.delete(id);
  }

  /** A cell is over when both streams have been read to its end. */
  #settle(id: number, news: Partial<Running>): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    Object.assign(running, news);
    if (!running.marked || running.done === undefined) return;
    this.#running.delete(id);
    this.#grace.end();
    running.resolve(running.done);
  }

  /** Whoever still waits for the process waits in vain. */
  #abandon(): void {
    this.#isGone = true;
    for (const { resolve } of this.#running.values()) resolve(undefined);
    for (const resolve of this.#heard.values()) resolve();
    this.#running.clear();
    this.#heard.clear();
  }

  #remember(bytes: Uint8Array): void {
    const all = new Uint8Array(this.#lastWords.length + bytes.length);
    all.set(this.#lastWords);
    all.set(bytes, this.#lastWords.length);
    this.#lastWords = all.slice(-LAST_WORDS);
  }

  async #awaitEnd(reading: Promise<unknown>): Promise<Ending> {
    const { code, signal } = await this.#child.status;
    this.#grace.end();
    this.#lock.remove();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => timer = setTimeout(resolve, PATIENCE));
    // Reading fails only where the pipe does, as the process has.
    await Promise.race([reading.catch(() => {}), patience]);
    clearTimeout(timer);
    const lastWords = new TextDecoder().decode(this.#lastWords);
    const wasReady = this.#ready;
    if (this.#exitCode !== undefined) {
      return { code: this.#exitCode, signal: null, wasReady, lastWords };
    }
    return { code, signal, wasReady, lastWords, graceOver: this.#graceOver };
  }
}

/** How Deno is told what modules mean: by our configuration, or by the notebook's with ours in its import map. */
function configArguments({ path, importMap }: NotebookConfig): string[] {
  if (path === undefined) return ["--config", OWN_CONFIG];
  const map = `data:application/json,${encodeURIComponent(JSON.stringify(importMap))}`;
  // Their node_modules know nothing of our packages; theirs are found in the cache all the same.
  const apart = ["--node-modules-dir=none", "--quiet"];
  return ["--config", path, "--import-map", map, ...apart];
}

interface Running {
  resolve(done: DoneEvent | undefined): void;
  /** Whether standard error has been read to the cell's end. */
  marked: boolean;
  /** There once standard output has. */
  done?: DoneEvent;
}
