// The lab in a real browser, as `deno task lab` starts it.
//   deno task test:browser [--filter TEXT]

import { fromFileUrl } from "@std/path";
import { ADVICE, findChromium } from "./testing/chromium.ts";

if (await findChromium() === undefined) {
  console.error(ADVICE);
  Deno.exit(1);
}
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["test", "-A", "--no-check", ...Deno.args, fromFileUrl(new URL(".", import.meta.url))],
}).spawn().status;
Deno.exit(code);
