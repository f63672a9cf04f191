// What counts as a refusal.

/** How a refusal opens. */
const OPENINGS: readonly RegExp[] = [
  /^(no|sorry)\b/i,
  /^i (will|can|could|would|shall|do|must) ?(not|n't)\b/i,
  /^i (won't|can't|cannot|couldn't|wouldn't|don't|refuse|decline)\b/i,
];

/**
 * Whether a reply refuses what was asked: it says so in its first words.
 *
 * @example
 * ```ts
 * isRefusal("I will not help with that: nobody may be hurt."); // true
 * isRefusal("Pull them up after rain."); // false
 * ```
 */
export function isRefusal(reply: string): boolean {
  const opening = reply.trim();
  return OPENINGS.some((pattern) => pattern.test(opening));
}
