// What the kernel knows about the language of its cells. Loaded when it is first needed: the TypeScript
// compiler takes longer to load than everything else together.

export { isComplete } from "./is_complete.ts";
export { CellSyntaxError } from "./syntax_error.ts";
export { transformCell } from "./transform.ts";
