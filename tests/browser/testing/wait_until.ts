// Waiting for what no event tells of.

/** How long is waited, in milliseconds. */
const LIMIT = 45_000;

/**
 * Waits until something is so.
 *
 * @throws {Error} if it does not come to that
 */
export async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + LIMIT;
  while (!await isSo()) {
    if (performance.now() > limit) throw new Error(`It never came to this: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
