// `deno task run`: notebooks without a front end. See `--help`, which is in runner/arguments.ts.

import { runProcess } from "./runner/process.ts";

if (import.meta.main) await runProcess(Deno.args);
