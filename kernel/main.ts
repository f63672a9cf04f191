// The kernel process. A Jupyter front end starts it with a connection file; it listens there, and serves:
//   1. a socket receives a request (transport/), whose signature is checked (protocol/);
//   2. the session answers it, or queues it if it is a cell (session/);
//   3. a cell is compiled (language/) and run in the cell process (cell/), a child of this one;
//   4. what the cell prints and shows is broadcast as it happens, then the reply goes out.
// No line of user code runs in this process.

import { loadLanguage } from "./language/load.ts";
import { readConnectionFile } from "./protocol/connection_file.ts";
import { whenOrphaned } from "./session/orphaned.ts";
import { cellSettings } from "./session/cell_settings.ts";
import { parseKernelArguments } from "./session/sandbox.ts";
import { Session } from "./session/session.ts";
import { Sockets } from "./transport/sockets.ts";

/** How long after the start the compiler is loaded if nobody needs it sooner, in milliseconds. */
const COMPILER_DELAY = 300;

async function main(): Promise<void> {
  const { connectionFile, allowed } = parseKernelArguments(Deno.args);
  const sockets = Sockets.bind(await readConnectionFile(connectionFile));
  const session = new Session(sockets, cellSettings({ allowed }));
  Deno.addSignalListener("SIGINT", () => session.interrupt());
  whenOrphaned(() => session.close());
  setTimeout(async () => (await loadLanguage()).warmUp(), COMPILER_DELAY);
  await session.serve();
}

try {
  await main();
  Deno.exit(0);
} catch (error) {
  console.error(`dials: ${error instanceof Error ? error.message : error}`);
  Deno.exit(1);
}
