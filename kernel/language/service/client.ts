// The kernel's side of the language worker: starts it when it is first needed, and tells it which cells were
// run. Whatever goes wrong there, a request ends: a completion is never worth a kernel.

import type { NotebookConfig } from "../../session/notebook_config.ts";
import type { Answer, Request, RequestName, Requests } from "./requests.ts";

/** How long a request may take, in milliseconds: the first one loads the compiler and all types. */
const PATIENCE = 20_000;

/** Cells that are remembered for a worker that starts later. */
const REMEMBERED = 1_000;

type Waiting = (answer: Answer | undefined) => void;

/** The language service, in a thread of its own. */
export class LanguageWorker {
  readonly #settings: Requests["start"]["given"];
  #worker: Worker | undefined;
  /** The cells that a worker has to know. */
  #cells: string[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(settings: { folder: string; config: NotebookConfig }) {
    this.#settings = settings;
  }

  /** Gets ready, so that the first request need not wait. */
  start(): void {
    if (this.#worker !== undefined) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#settle(data.id, data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#restart(event.message);
    };
    void this.#post("start", this.#settings);
    for (const code of this.#cells) void this.#post("learn", code);
  }

  /** A cell is run. */
  learn(code: string): void {
    this.#cells.push(code);
    if (this.#cells.length > 2 * REMEMBERED) this.#cells = this.#cells.slice(-REMEMBERED);
    if (this.#worker !== undefined) void this.#post("learn", code);
  }

  /** The variables of all cells are gone. */
  forget(): void {
    this.#cells = [];
    if (this.#worker !== undefined) void this.#post("forget", null);
  }

  /** Asks; undefined if there is no answer, for whatever reason. */
  ask<Name extends "complete" | "inspect" | "check">(
    name: Name,
    given: Requests[Name]["given"],
  ): Promise<Requests[Name]["answer"] | undefined> {
    this.start();
    return this.#post(name, given);
  }

  /** Ends the worker. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, undefined);
  }

  #post<Name extends RequestName>(
    name: Name,
    given: Requests[Name]["given"],
  ): Promise<Requests[Name]["answer"] | undefined> {
    const id = ++this.#lastId;
    const request: Request = { id, name, given };
    this.#worker!.postMessage(request);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#restart(`${name} takes too long`), PATIENCE);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        if (answer?.problem !== undefined) {
          console.error(`dials: ${name} failed: ${answer.problem}`);
        }
        resolve(answer?.answer as Requests[Name]["answer"] | undefined);
      });
    });
  }

  #settle(id: number, answer: Answer | undefined): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(answer);
  }

  /** The next request starts another worker. */
  #restart(reason: string): void {
    console.error(`dials: the language service starts again: ${reason}`);
    this.close();
  }
}
