// Where a browser without cookie is sent: the user types, or pastes, the token.

import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { RequestError } from "../errors.ts";
import { readText } from "../body.ts";
import { type Credentials, isSame, XSRF_COOKIE } from "./credentials.ts";
import { giveSessionCookie, giveXsrfCookie, localPath } from "./gate.ts";

/** How large the form may be, in bytes. */
const FORM_LIMIT = 10_000;

/** The page for those who have not shown the token, and the way out. */
export function loginRoutes(credentials: Credentials): Hono {
  const app = new Hono();
  app.get("/login", (c) => {
    giveXsrfCookie(c);
    return c.html(loginPage({ next: c.req.query("next") ?? "/lab" }));
  });
  app.post("/login", async (c) => {
    const form = new URLSearchParams(await readText(c, FORM_LIMIT));
    const expected = getCookie(c, XSRF_COOKIE);
    if (
      c.req.header("origin") === undefined &&
      !(expected && isSame(form.get(XSRF_COOKIE) ?? "", expected))
    ) {
      throw new RequestError(403, `'${XSRF_COOKIE}' argument missing from POST`);
    }
    const next = localPath(c.req.query("next") ?? "/lab");
    // Clients of Jupyter, which can have a password, send the token as one.
    const token = form.get("token") ?? form.get("password") ?? "";
    if (!credentials.isToken(token.trim())) {
      return c.html(loginPage({ next, isWrong: true }), 401);
    }
    giveSessionCookie(c, credentials);
    return c.redirect(next, 302);
  });
  return app;
}

function loginPage({ next, isWrong = false }: { next: string; isWrong?: boolean }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Dials</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  form { max-width: 34rem; margin: 15vh auto; padding: 0 1rem }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; margin: .5rem 0 }
</style>
<form method="post" action="/login?next=${encodeURIComponent(next)}">
  <h1>Dials</h1>
  <p>${
    isWrong ? "That is not the token of the lab that runs now. " : ""
  }The terminal in which the lab was
  started shows an address with its token: open that, or paste the token here.</p>
  <input type="password" name="token" aria-label="Token" autofocus autocomplete="current-password">
  <button>Open the lab</button>
</form>
</html>
`;
}
