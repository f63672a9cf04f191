// The question sets: what an assistant is taught and judged by.

export type { Item, Part, QuestionSet, SetOptions, Turn } from "./item.ts";
export { instructions } from "./instructions.ts";
export { reasoning } from "./reasoning.ts";
export { isRefusal } from "./refusal.ts";
export { type RequestItem, requests } from "./requests.ts";
export { town } from "./town.ts";
export { twoTurns } from "./two_turns.ts";
