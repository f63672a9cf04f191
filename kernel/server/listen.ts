// Listens at a port, or at the next one that is free.

/** A server that listens. */
export interface Listening {
  port: number;
  /** Stops listening, and ends the connections that are open. */
  close(): Promise<void>;
}

/** How many ports are tried. */
const TRIES = 50;

/**
 * Listens at `port` or the first free one after it.
 *
 * @param handler given the port, answers requests
 * @throws {Error} if none is free, or the address is not this machine's
 */
export async function listenAtFreePort(
  { ip, port }: { ip: string; port: number },
  handler: (port: number) => (request: Request) => Response | Promise<Response>,
): Promise<Listening> {
  const bound = port === 0 ? 0 : freePort({ ip, port });
  const listening = Promise.withResolvers<number>();
  let handle: (request: Request) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 });
  const server = Deno.serve({
    hostname: ip,
    port: bound,
    onListen: (address) => listening.resolve(address.port),
  }, (request) => handle(request));
  const actual = await listening.promise;
  handle = handler(actual);
  return {
    port: actual,
    close: async () => {
      // Open WebSockets would keep it waiting.
      await Promise.race([server.shutdown(), new Promise((done) => setTimeout(done, 500))]);
    },
  };
}

/** The first port that nobody listens at. */
function freePort({ ip, port }: { ip: string; port: number }): number {
  for (let candidate = port; candidate < Math.min(port + TRIES, 65_536); candidate++) {
    try {
      const listener = Deno.listen({ hostname: ip, port: candidate });
      listener.close();
      return candidate;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new Error(`No port from ${port} on is free; give another one with --port.`);
}
