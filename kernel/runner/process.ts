// The runner as a process: the terminal it speaks to, and what Ctrl-C means to it.

import { kernelArguments } from "../spec.ts";
import { onCtrlC } from "../ctrl_c.ts";
import { runCommand } from "./command.ts";

/**
 * Runs the command with this process's terminal, folder and signals, and ends the process.
 *
 * The first Ctrl-C interrupts the running cell; the second ends the kernel. So does a request to terminate.
 */
export async function runProcess(args: string[]): Promise<never> {
  const interrupt = new AbortController();
  const kill = new AbortController();
  onCtrlC(() => {
    if (interrupt.signal.aborted) kill.abort();
    interrupt.abort();
  });
  if (Deno.build.os !== "windows") {
    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
      Deno.addSignalListener(signal, () => {
        interrupt.abort();
        kill.abort();
      });
    }
  }
  const code = await runCommand(args, {
    // A task runs in the project's folder and leaves the one it was called from in INIT_CWD.
    folder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
    kernelArguments,
    write: (text) => writeAll(Deno.stdout, text),
    writeError: (text) => writeAll(Deno.stderr, text),
    columns: () => Deno.stdout.isTerminal() ? Deno.consoleSize().columns : undefined,
    interrupt: interrupt.signal,
    kill: kill.signal,
  });
  Deno.exit(code); // listening to signals would keep the process alive
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}
