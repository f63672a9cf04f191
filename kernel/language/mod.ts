// What the kernel knows about the language of its cells. Get it by `loadLanguage` in load.ts.

export { helpQuery, withoutHelpMarks } from "./help_query.ts";
export { isComplete } from "./is_complete.ts";
export { livePathAt, livePathBefore } from "./live_path.ts";
export { CellSyntaxError } from "./syntax_error.ts";
export { transformCell } from "./transform.ts";
export { warmUp } from "./warm_up.ts";
