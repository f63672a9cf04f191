// Cells have no standard input: what arrives there is the kernel's messages, and a cell that read them would
// never hear of the next one. For cells it is at its end from the start; `prompt` asks the user.

/** Closes standard input for this thread; the input thread has its own way to it. */
export function closeStdin(): void {
  const closed: typeof Deno.stdin = {
    read: () => Promise.resolve(null),
    readSync: () => null,
    close: () => {},
    readable: new ReadableStream({ start: (controller) => controller.close() }),
    setRaw: () => {},
    isTerminal: () => false,
    [Symbol.dispose]: () => {},
  } as typeof Deno.stdin;
  Object.defineProperty(Deno, "stdin", { value: closed, configurable: true });
}
