// `deno task lab`: the course in a browser. See `--help`, which is in server/command/arguments.ts.

import { dirname } from "@std/path";
import { runLab } from "./server/command/command.ts";
import { buildPage } from "./server/page/build.ts";

if (import.meta.main) {
  const code = await runLab(Deno.args, {
    // A task runs in the project's folder and leaves the one it was called from in INIT_CWD.
    folder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
    course: dirname(import.meta.dirname!),
    buildPage,
  });
  Deno.exit(code); // listening to signals would keep the process alive
}
