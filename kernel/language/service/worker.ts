// The language worker: a thread of the kernel process in which TypeScript's language service works, so that no
// message waits for it. Answers one request after another.

import { check } from "./check.ts";
import { complete } from "./completions.ts";
import { inspect } from "./inspection.ts";
import { Project } from "./project.ts";
import type { Answer, Request, Requests } from "./requests.ts";

/** What a worker's global scope offers, as far as it is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Answer): void;
}

/** How long after a cell its modules' types are read, in milliseconds: another may follow at once. */
const READ_AHEAD = 200;

/** A request that looks at every cell. */
const NOTHING = { code: "", position: 0 };

let project: Project;
let ahead: ReturnType<typeof setTimeout> | undefined;

/** The answers, by the name of the request. */
const answers: {
  [Name in keyof Requests]: (given: Requests[Name]["given"]) => Requests[Name]["answer"];
} = {
  start: ({ folder, config }) => {
    project = new Project({ folder, config, denoTypes: denoTypes() });
    // The first request would wait for the standard library's types.
    complete(project, { code: "Deno.", position: 5 });
  },
  learn: (code) => {
    project.cells.add(code);
    // What the cell imports is read while nobody waits for it.
    clearTimeout(ahead);
    ahead = setTimeout(() => complete(project, NOTHING), READ_AHEAD);
  },
  forget: () => project.cells.clear(),
  complete: (cursor) => complete(project, cursor),
  inspect: (cursor) => inspect(project, cursor),
  check: (cell) => check(project, cell),
};

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { id, name, given } }) => {
  const answer = answers[name] as (given: unknown) => Answer["answer"];
  try {
    scope.postMessage({ id, answer: answer(given) });
  } catch (error) {
    const problem = error instanceof Error ? error.stack ?? error.message : String(error);
    scope.postMessage({ id, problem });
  }
};

/** Deno's own types, which this version of it prints. */
function denoTypes(): string {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["types"],
    stdin: "null",
    stderr: "null",
  }).outputSync();
  return new TextDecoder().decode(stdout);
}
