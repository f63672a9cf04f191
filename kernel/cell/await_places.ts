// Where errors have been awaited. An await of cell code goes through a helper, and V8's asynchronous stack ends
// there; so each await that an error passes adds its own place, and the traceback is whole again.

/** Places by error, innermost first. */
const places = new WeakMap<Error, string[]>();

/** Places that are kept: a recursion of awaits would fill the screen. */
const KEPT = 50;

/** An await at `place`, such as `In[3]:2:5`, was rejected with `error`. */
export function noteAwait(error: unknown, place: string): void {
  if (!(error instanceof Error)) return;
  const known = places.get(error);
  if (known === undefined) places.set(error, [place]);
  else if (known.length < KEPT && known.at(-1) !== place) known.push(place);
}

/** The frames of the awaits that `error` has passed, without those that `frames` tell already. */
export function awaitFrames(error: Error, frames: readonly string[]): string[] {
  const told = frames.join("\n");
  return (places.get(error) ?? [])
    .filter((place) => !told.includes(lineOf(place)))
    .map((place) => `    at async ${place}`);
}

/** A place without its column: V8 points to the call, the await stands before it. */
function lineOf(place: string): string {
  return place.slice(0, place.lastIndexOf(":") + 1);
}
