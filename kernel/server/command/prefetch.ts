// The packages that the first cells need, fetched while the page is being built.

import { fromFileUrl } from "@std/path";

const ROOT = new URL("../../../", import.meta.url);

/** The kernel, its cells' process, what completes and checks, and the library. */
const ENTRIES = [
  "kernel/main.ts",
  "kernel/cell/main.ts",
  "kernel/language/mod.ts",
  "kernel/language/service/worker.ts",
  "lib/mod.ts",
];

/** Begins to fetch them. That it fails is no matter: what is missing is fetched when it is needed. */
export function prefetchPackages(): void {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "--frozen", ...ENTRIES],
    cwd: fromFileUrl(ROOT),
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  child.unref();
}
