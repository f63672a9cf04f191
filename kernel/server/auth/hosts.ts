// By which names the lab may be called. A web page elsewhere can make its own name point at this machine (DNS
// rebinding); such a name is not among them.

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A literal address: no name that could be made to point elsewhere. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

/** Whether addresses of this machine alone are served at an address. */
export function isLoopback(ip: string): boolean {
  return LOOPBACK.test(ip) || ip === "::1";
}

/** Says of a Host header whether the lab that listens at `ip` is meant. */
export function hostCheck(ip: string): (host: string | undefined) => boolean {
  const own = new Set(isLoopback(ip) ? [] : [ip.toLowerCase(), Deno.hostname().toLowerCase()]);
  return (host) => {
    const name = host?.replace(/:\d*$/, "").toLowerCase();
    if (name === undefined) return false;
    return LOOPBACK.test(name) || own.has(name) || !isLoopback(ip) && ADDRESS.test(name);
  };
}
