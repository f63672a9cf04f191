// `Deno.exit` in a cell. Deno's own ends the input thread in passing, and panics where that is reading just
// then; this one tells the kernel process the code and ends the process at once.

import process from "node:process";
import type { Output } from "./output.ts";

/** Puts a safe exit in the place of Deno's and Node's. */
export function installExit(output: Output): void {
  const exit = (code?: number): never => {
    dispatchEvent(new Event("unload"));
    output.send({ type: "exit", code: Number(code ?? Deno.exitCode) });
    Deno.kill(Deno.pid, "SIGKILL");
    throw new Error("unreachable: the process has been killed");
  };
  Object.assign(Deno, { exit });
  Object.assign(process, { reallyExit: exit });
}
