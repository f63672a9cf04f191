// V8 keeps a long slice as a reference into the string it was cut from, so a few kept slices would
// hold a whole corpus in memory.

/** The shortest slice that V8 does not copy. */
const SHORTEST_REFERENCE = 13;

/** The same string, cut loose from the longer one that it is a slice of. */
export function detached(slice: string): string {
  // Slicing a concatenation flattens it first: what is then referred to is one unit longer, not a corpus.
  return slice.length < SHORTEST_REFERENCE ? slice : (" " + slice).slice(1);
}
