// The lock file that a cell process gets: a copy of ours, so that the library's packages are those we
// tested, and what cells import beside them is not written into the project. A process reads it as it starts and
// does not miss it afterwards, so nothing is left behind however the kernel ends.

import { fromFileUrl } from "@std/path";

const OWN_LOCK = fromFileUrl(new URL("../../deno.lock", import.meta.url));

/** The flags that give a process a lock file of its own, and how to take it away once it has started. */
export function ownLockFile(): { flags: string[]; remove: () => void } {
  let copy: string;
  try {
    copy = Deno.makeTempFileSync({ prefix: "dials-", suffix: ".lock" });
    Deno.copyFileSync(OWN_LOCK, copy);
  } catch {
    // Without the file, or room for it, Deno finds the versions by itself.
    return { flags: ["--no-lock"], remove: () => {} };
  }
  const remove = () => {
    try {
      Deno.removeSync(copy);
    } catch {
      // It has been taken away before.
    }
  };
  return { flags: [`--lock=${copy}`], remove };
}
