// The question sets: what an assistant is taught and judged by.

export type { Part, QuestionSet, SetOptions } from "./question_set.ts";
export { instructions } from "./instructions.ts";
export { reasoning } from "./reasoning.ts";
export { isRefusal } from "./refusal.ts";
export { type RequestQuestion, requests } from "./requests.ts";
export { town, type TownOptions, type TownSplit } from "./town.ts";
export { twoTurns } from "./two_turns.ts";
