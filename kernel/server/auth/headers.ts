// What the lab tells browsers about every answer.

import type { MiddlewareHandler } from "hono";

/** Nothing in an answer is taken for what it is not, shown in other pages, or kept by those between. */
export function safeHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    const defaults = {
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Content-Security-Policy": c.req.path.startsWith("/api")
        ? "default-src 'none'; frame-ancestors 'self'; sandbox"
        : "frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
      "Cache-Control": "no-store",
    };
    if (c.res.status === 101) return;
    for (const [name, value] of Object.entries(defaults)) {
      if (!headers.has(name)) headers.set(name, value);
    }
  };
}
