// Who may use the lab: whoever knows the token that is printed at its start, and the browser that has exchanged it
// for a cookie.

import { randomBytes, timingSafeEqual } from "node:crypto";
import { getCookie } from "hono/cookie";
import type { Context } from "hono";

/** How a request has shown that it may be answered. */
export type Proof = "token" | "cookie";

/** The name of the cookie that a page's scripts repeat in a header, as Jupyter has it. */
export const XSRF_COOKIE = "_xsrf";

/** The secrets of one run of the lab. */
export class Credentials {
  readonly token: string;
  /** The name of the session's cookie: browsers share cookies among the ports of a machine. */
  readonly cookieName: string;
  /** The session cookie's value. */
  readonly session = randomBytes(32).toString("base64url");

  constructor({ token, port }: { token: string; port: number }) {
    this.token = token;
    this.cookieName = `dials-lab-${port}`;
  }

  /** How a request shows that it may be answered; undefined if it does not. */
  proofOf(c: Context): Proof | undefined {
    const [, inHeader] = /^(?:token|bearer)\s+(\S+)$/i.exec(c.req.header("authorization") ?? "") ??
      [];
    if (this.isToken(inHeader ?? c.req.query("token"))) return "token";
    const cookie = getCookie(c, this.cookieName);
    return cookie !== undefined && isSame(cookie, this.session) ? "cookie" : undefined;
  }

  /** Whether a text is the token. */
  isToken(text: string | undefined): boolean {
    return text !== undefined && isSame(text, this.token);
  }
}

/** A secret that nobody guesses. */
export function newSecret(): string {
  return randomBytes(24).toString("hex");
}

/** Compares in a time that tells nothing. */
export function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => new TextEncoder().encode(text));
  return one.length === other.length && timingSafeEqual(one, other);
}
