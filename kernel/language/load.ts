// The language half of the kernel, loaded when it is first needed: the TypeScript compiler takes longer to load
// than everything else together.

/** What the kernel knows about the language of its cells. */
export type Language = typeof import("./mod.ts");

/** Loads it, once. */
export function loadLanguage(): Promise<Language> {
  return import("./mod.ts");
}
