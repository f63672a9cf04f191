// Ports for a kernel that is about to start. Between the choice and the moment when the kernel listens, nobody else
// may get them; so they come from below the range that the systems take ports for outgoing connections from. There
// it would be the client itself: one that connects to a port of that range, again and again until somebody listens,
// is sooner or later connected from that port, to itself.

/** Neither Linux (from 32768), macOS nor Windows (from 49152) gives these to connections. */
const FIRST = 20_000;
const END = 32_000;

/** How many of the last ports are not chosen again: their kernels may not listen yet. */
const REMEMBERED = 2_000;

const recent = new Set<number>();

/** So many different ports that nobody listens at. */
export function freePorts(count: number): number[] {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = FIRST + Math.floor(Math.random() * (END - FIRST));
    if (recent.has(port) || !isFree(port)) continue;
    ports.push(port);
    recent.add(port);
    if (recent.size > REMEMBERED) recent.delete(recent.values().next().value!);
  }
  return ports;
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch {
    return false;
  }
}
