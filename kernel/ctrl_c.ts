// Ctrl-C in the terminal, once for each time that it is pressed. A terminal interrupts all its processes, and
// `deno task` passes the interrupt on to the command that it runs, which so gets it twice.

/** Interrupts closer to the one before than so many milliseconds are the same one. */
const ECHO = 200;

/** Calls `pressed` each time that the user presses Ctrl-C. */
export function onCtrlC(pressed: () => void): void {
  let last = -Infinity;
  Deno.addSignalListener("SIGINT", () => {
    const now = performance.now();
    const isEcho = now - last < ECHO;
    last = now;
    if (!isEcho) pressed();
  });
}
