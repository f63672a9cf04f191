// What the kernel process and its language worker say to each other.

import type { NotebookConfig } from "../../session/notebook_config.ts";

/** A place in a cell's text. */
export interface Cursor {
  code: string;
  /** In UTF-16 units, as JavaScript counts. */
  position: number;
}

/** One way in which the code may go on. */
export interface Completion {
  text: string;
  /** In the words of Jupyter's front ends: function, class, instance, module, keyword, property, path. */
  type: string;
  /** The type, or a function's parameters, where it was worked out. */
  signature: string;
  /** The lower, the further in front. */
  rank: number;
}

/** What may replace the code from `start` to `end`. */
export interface Completions {
  start: number;
  end: number;
  items: Completion[];
}

/** What is known about a name. */
export interface Inspection {
  /** TypeScript that declares it, such as `const a: number`. */
  signature: string;
  /** Markdown. */
  documentation: string;
  /** The declaration's own text and where it stands, if that was asked for. */
  source?: { text: string; place: string };
}

/** Requests by name: what each is given and what it answers. */
export interface Requests {
  start: { given: { folder: string; config: NotebookConfig }; answer: void };
  /** A cell is run. */
  learn: { given: string; answer: void };
  /** The variables of all cells are gone. */
  forget: { given: null; answer: void };
  complete: { given: Cursor; answer: Completions };
  inspect: { given: Cursor & { withSource: boolean }; answer: Inspection | undefined };
  /** The type errors of a cell that is about to run, as lines to print. */
  check: { given: { code: string; name: string }; answer: string[] };
}

/** The name of a request. */
export type RequestName = keyof Requests;

/** A request on its way to the worker. */
export interface Request {
  id: number;
  name: RequestName;
  given: Requests[RequestName]["given"];
}

/** What comes back: an answer, or why there is none. */
export interface Answer {
  id: number;
  answer?: Requests[RequestName]["answer"];
  problem?: string;
}
