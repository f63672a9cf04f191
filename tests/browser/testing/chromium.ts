// The browser of the tests.

import { type Browser, chromium } from "playwright-core";

const PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What to do where there is no Chromium. */
export const ADVICE = "To run the tests in a browser install Chromium: apt-get install chromium " +
  "(Debian); DIALS_CHROMIUM names one that is elsewhere.";

/** Where Chromium is; undefined if it is nowhere. */
export async function findChromium(): Promise<string | undefined> {
  const named = Deno.env.get("DIALS_CHROMIUM");
  for (const path of named === undefined ? PATHS : [named]) {
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}

/** Starts Chromium without a window, and without anything that it does by itself on the network. */
export async function startChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error(ADVICE);
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox", // it runs as root in containers, and shows nothing but the lab
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-quic",
    ],
  });
}
