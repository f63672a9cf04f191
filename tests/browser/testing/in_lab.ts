// Tests in one lab and one browser, which are started by the first test and ended after the last.

import { join } from "@std/path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { LabProcess } from "./lab_process.ts";

/** What a test gets. */
export interface LabTest {
  lab: LabProcess;
  /** A browser of its own, as far as cookies and storage go. */
  context: BrowserContext;
}

/**
 * Declares tests that share a lab.
 *
 * @param tests by what they claim
 */
export function inLab(
  tests: Record<string, (test: LabTest) => Promise<void>>,
  options: BrowserContextOptions = {},
): void {
  let lab: LabProcess;
  let browser: Browser;
  Deno.test.beforeAll(async () => {
    [lab, browser] = await Promise.all([LabProcess.start(), startChromium()]);
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await lab?.[Symbol.asyncDispose]();
  });
  for (const [name, fn] of Object.entries(tests)) {
    // The browser's pipes and the lab outlive a test.
    Deno.test({ name, sanitizeOps: false, sanitizeResources: false }, async () => {
      const context = await browser.newContext({
        viewport: { width: 1300, height: 900 },
        ...options,
      });
      try {
        await fn({ lab, context });
      } catch (error) {
        await takePictures(context, name);
        throw error;
      } finally {
        await context.close();
      }
    });
  }
}

/** Keeps what a test that failed has on the screen, where DIALS_SCREENSHOTS names a folder for that. */
async function takePictures(context: BrowserContext, name: string): Promise<void> {
  const folder = Deno.env.get("DIALS_SCREENSHOTS");
  if (folder === undefined) return;
  for (const [index, page] of context.pages().entries()) {
    await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, "-")}-${index}.png`) });
  }
}
