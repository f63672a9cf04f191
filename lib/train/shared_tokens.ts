// Token ids that workers can read without a copy.

const known = new WeakMap<Uint32Array, Uint32Array>();

/** The same ids in shared memory; they are copied once, however many runs learn from them. */
export function sharedTokens(tokens: Uint32Array): Uint32Array {
  if (tokens.buffer instanceof SharedArrayBuffer) return tokens;
  const before = known.get(tokens);
  if (before !== undefined) return before;
  const shared = new Uint32Array(new SharedArrayBuffer(tokens.byteLength));
  shared.set(tokens);
  known.set(tokens, shared);
  return shared;
}
