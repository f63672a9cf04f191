// The lab's command as a process of its own, with a page that needs no building.

import { join } from "@std/path";
import { runLab } from "../../../../kernel/server/command/command.ts";

const folder = Deno.cwd();
const page = join(folder, "page");
await Deno.mkdir(page, { recursive: true });
await Deno.writeTextFile(join(page, "index.html"), "the page");
Deno.exit(
  await runLab(Deno.args, { folder, course: folder, buildPage: () => Promise.resolve(page) }),
);
