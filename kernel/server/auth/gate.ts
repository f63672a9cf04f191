// What every request passes before it is answered.

import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { RequestError } from "../errors.ts";
import { type Credentials, isSame, newSecret, XSRF_COOKIE } from "./credentials.ts";
import { hostCheck } from "./hosts.ts";

/** Methods that change nothing. */
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** What anybody may see: how to log in, and which program answers. */
const PUBLIC_PATHS = new Set(["/login", "/api", "/api/", "/favicon.ico"]);

/**
 * Lets only those requests through that come from the lab's own page or from a program that knows the token.
 *
 * @param options.ip the address that the lab listens at
 */
export function gate(
  { credentials, ip }: { credentials: Credentials; ip: string },
): MiddlewareHandler {
  const isOurs = hostCheck(ip);
  return async (c, next) => {
    const host = c.req.header("host");
    if (!isOurs(host)) throw new RequestError(403, "The lab is not called by this name.");
    expectOwnOrigin(c, host!);
    if (PUBLIC_PATHS.has(c.req.path)) return await next();
    const proof = credentials.proofOf(c);
    if (proof === undefined) return refuse(c);
    if (proof === "cookie") expectOwnPage(c);
    if (proof === "token" && isPage(c)) return admit(c, credentials);
    giveXsrfCookie(c);
    await next();
  };
}

/** Gives the scripts of a page what they have to repeat, if they have not got it. */
export function giveXsrfCookie(c: Context): void {
  if (!SAFE_METHODS.has(c.req.method) || getCookie(c, XSRF_COOKIE) !== undefined) return;
  setCookie(c, XSRF_COOKIE, newSecret(), { path: "/", sameSite: "Strict" });
}

/** Gives a browser the session's cookie. */
export function giveSessionCookie(c: Context, { cookieName, session }: Credentials): void {
  setCookie(c, cookieName, session, { path: "/", httpOnly: true, sameSite: "Strict" });
}

/** Pages of other origins, be they other ports of this machine, may not ask. Programs name no origin. */
function expectOwnOrigin(c: Context, host: string): void {
  const origin = c.req.header("origin");
  if (origin === undefined) return;
  const own = [`http://${host}`, `https://${host}`];
  if (!own.includes(origin.toLowerCase())) {
    throw new RequestError(403, "Requests of pages from elsewhere are not answered.");
  }
}

/** A request with the cookie comes from a browser; it has to come from a page of the lab. */
function expectOwnPage(c: Context): void {
  const site = c.req.header("sec-fetch-site");
  const comesFromElsewhere = site === "cross-site" || site === "same-site";
  const isNavigation = c.req.header("sec-fetch-mode") === "navigate" &&
    c.req.header("sec-fetch-dest") === "document" && c.req.method === "GET";
  if (comesFromElsewhere && !isNavigation) {
    throw new RequestError(403, "Requests of pages from elsewhere are not answered.");
  }
  if (SAFE_METHODS.has(c.req.method)) return;
  const expected = getCookie(c, XSRF_COOKIE);
  const given = c.req.header("x-xsrftoken") ?? c.req.query(XSRF_COOKIE);
  if (expected === undefined || given === undefined || !isSame(given, expected)) {
    throw new RequestError(403, `'${XSRF_COOKIE}' argument missing from ${c.req.method}`);
  }
}

/** Whether a browser asks for a page to show. */
function isPage(c: Context): boolean {
  return c.req.method === "GET" && !c.req.path.startsWith("/api/") &&
    (c.req.header("accept") ?? "").includes("text/html");
}

/** Exchanges the token in a page's address for the cookie: an address is seen by many, a cookie by few. */
function admit(c: Context, credentials: Credentials): Response {
  giveSessionCookie(c, credentials);
  giveXsrfCookie(c);
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete("token");
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return c.redirect(`${localPath(pathname)}${query}`, 302);
}

function refuse(c: Context): Response {
  if (c.req.path.startsWith("/api/") || c.req.method !== "GET" || c.req.header("upgrade")) {
    return c.json({ message: "Forbidden", reason: null }, 403);
  }
  return c.redirect(`/login?next=${encodeURIComponent(localPath(c.req.path))}`, 302);
}

/** A path of the lab: two slashes at its start would be a host. */
export function localPath(path: string): string {
  return `/${path.replace(/^[/\\]+/, "")}`;
}
