// Opens an address in the user's browser.

/** The commands that open an address, by system; the first that exists is used. */
const OPENERS: Partial<Record<typeof Deno.build.os, string[][]>> = {
  darwin: [["open"]],
  windows: [["rundll32", "url.dll,FileProtocolHandler"]],
  // The last one opens the browser of the Windows around a Linux in it.
  linux: [["xdg-open"], ["wslview"]],
};

/** Opens the browser, and says whether that seems to have worked. */
export async function openBrowser(url: string): Promise<boolean> {
  const named = Deno.env.get("BROWSER");
  const openers = named ? [[named]] : OPENERS[Deno.build.os] ?? [];
  for (const [program, ...args] of openers) {
    try {
      const command = new Deno.Command(program, {
        args: [...args, url],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      });
      const child = command.spawn();
      child.unref();
      // What opens a browser is soon done; a browser that stays is one that has been opened.
      const soon = new Promise<true>((resolve) => setTimeout(() => resolve(true), 3_000));
      if (await Promise.race([child.status.then(({ success }) => success), soon])) return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return false;
}
