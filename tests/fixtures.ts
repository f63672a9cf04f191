// Golden numbers and real text that lie outside the project: tests that need them say so and end
// where they are absent.

/** The folder of reference values from Hugging Face. */
export const FIXTURES = new URL("../../shared/fixtures/", import.meta.url);

/** The folder of real text. */
export const DATA = new URL("../../shared/data/", import.meta.url);

/** The folder of other people's programs that benchmarks compare with. */
export const PEERS = new URL("../../shared/peers/", import.meta.url);

/** Whether `url` is there; says in one line what is left out where it is not. */
export function isPresent(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch {
    console.log(`left out: ${decodeURIComponent(url.pathname)} is not here`);
    return false;
  }
}
