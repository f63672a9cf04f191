// A kernel whose front end has died should not stay behind.

/** Milliseconds between two looks at the parent process. */
const INTERVAL = 1_000;

/**
 * Calls `end` once the process that started this one is gone. Only where that process asked for it, as
 * Jupyter does, by telling its id in JPY_PARENT_PID: a kernel started by hand may outlive its shell.
 */
export function whenOrphaned(end: () => void): void {
  if (Deno.env.get("JPY_PARENT_PID") === undefined || Deno.build.os === "windows") return;
  const parent = Deno.ppid;
  const timer = setInterval(() => {
    if (Deno.ppid === parent) return;
    clearInterval(timer);
    end();
  }, INTERVAL);
}
