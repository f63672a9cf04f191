// What somebody else on this machine, or a web page elsewhere, may try.

import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { V1_PROTOCOL } from "../../../kernel/server/websocket/framing_v1.ts";
import { SECRET, TestLab } from "./testing/test_lab.ts";

/** The status that a WebSocket's opening request gets. */
async function upgradeStatus(
  lab: TestLab,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const lines = {
    Host: lab.host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": V1_PROTOCOL,
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return statusOf(await lab.raw(`GET ${path} HTTP/1.1\r\n${head}\r\n`));
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

/** The status of a request for a path that no client would send as it is. */
async function rawStatus(lab: TestLab, path: string, method = "GET"): Promise<number> {
  const head =
    `Host: ${lab.host}\r\nAuthorization: token ${lab.lab.token}\r\nConnection: close\r\n`;
  const answer = await lab.raw(`${method} ${path} HTTP/1.1\r\n${head}\r\n`);
  assert(!answer.includes(SECRET), `${path} gave the secret away`);
  return statusOf(answer);
}

Deno.test("without the token nothing is answered but how to log in and which program answers", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.txt", "mine");
  const paths = [
    "/api/contents/a.txt",
    "/api/kernels",
    "/api/sessions",
    "/api/kernelspecs",
    "/api/status",
    "/api/me",
    "/api/config/x",
    "/files/a.txt",
    "/lab",
    "/lab/main-ABCD1234.js",
    "/",
  ];
  for (const path of paths) {
    const { status, text, headers } = await lab.ask(path, { as: "nobody" });
    assertEquals(status, path.startsWith("/api/") ? 403 : 302, path);
    assert(!text.includes("mine") && !text.includes("script"));
    if (status === 302) assertStringIncludes(headers.get("location")!, "/login?next=");
  }
  assertEquals((await lab.ask("/api", { as: "nobody" })).status, 200);
  assertEquals((await lab.ask("/login", { as: "nobody" })).status, 200);
});

Deno.test("a wrong token lets nobody in, wherever it stands", async () => {
  await using lab = await TestLab.start();
  const wrong = lab.lab.token.slice(0, -1) + "x";
  const attempts: { path: string; headers: Record<string, string> }[] = [
    { path: `/api/contents?token=${wrong}`, headers: {} },
    { path: "/api/contents", headers: { authorization: `token ${wrong}` } },
    { path: "/api/contents", headers: { authorization: `Bearer ${wrong}` } },
    { path: "/api/contents", headers: { authorization: "token " } },
    { path: "/api/contents?token=", headers: {} },
    { path: "/api/contents", headers: { cookie: `dials-lab-${lab.lab.port}=${wrong}` } },
  ];
  for (const { path, headers } of attempts) {
    assertEquals((await lab.ask(path, { as: "nobody", headers })).status, 403);
  }
  const form = `token=${wrong}`;
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: lab.lab.url };
  const login = await lab.ask("/login", { method: "POST", as: "nobody", body: form, headers });
  assertEquals([login.status, login.headers.getSetCookie().length], [401, 0]);
});

Deno.test("the token in the address is exchanged for a cookie that no script reads", async () => {
  await using lab = await TestLab.start();
  const { status, headers } = await lab.ask(`/lab/tree/a.ipynb?token=${lab.lab.token}&x=1`, {
    as: "nobody",
    headers: { accept: "text/html" },
  });
  assertEquals([status, headers.get("location")], [302, "/lab/tree/a.ipynb?x=1"]);
  const cookies = headers.getSetCookie();
  const session = cookies.find((cookie) => cookie.startsWith("dials-lab-"))!;
  for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/"]) {
    assertStringIncludes(session, attribute);
  }
  assert(!cookies.some((cookie) => cookie.includes(lab.lab.token)));
  const page = await lab.ask("/lab", { as: "browser", headers: { accept: "text/html" } });
  assertEquals(page.status, 200);
  assert(!page.text.includes(lab.lab.token), "the page shows the token");
});

Deno.test("a log-in leads to a page of the lab alone", async () => {
  await using lab = await TestLab.start();
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: lab.lab.url };
  for (const next of ["//evil.example/", "/\\evil.example/", "https://evil.example/"]) {
    const answer = await lab.ask(`/login?next=${encodeURIComponent(next)}`, {
      method: "POST",
      as: "nobody",
      body: `token=${lab.lab.token}`,
      headers,
    });
    const location = new URL(answer.headers.get("location")!, lab.lab.url);
    assertEquals([answer.status, location.origin], [302, lab.lab.url]);
  }
});

Deno.test("a name that somebody else has pointed at this machine is not answered to", async () => {
  await using lab = await TestLab.start();
  const ask = async (host: string) =>
    statusOf(
      await lab.raw(
        `GET /api/contents HTTP/1.1\r\nHost: ${host}\r\nAuthorization: token ${lab.lab.token}\r\n` +
          "Connection: close\r\n\r\n",
      ),
    );
  const { port } = lab.lab;
  for (
    const host of [
      "evil.example",
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `192.168.1.7:${port}`,
    ]
  ) {
    assertEquals(await ask(host), 403, host);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, "LOCALHOST"]) {
    assertEquals(await ask(host), 200, host);
  }
});

Deno.test("a page of another origin is not answered, be it another port of this machine", async () => {
  await using lab = await TestLab.start();
  const origins = ["https://evil.example", "http://127.0.0.1:1", "http://localhost:3000", "null"];
  for (const origin of origins) {
    for (const as of ["browser", "token"] as const) {
      assertEquals(
        (await lab.ask("/api/contents", { as, headers: { origin } })).status,
        403,
        origin,
      );
    }
  }
  assertEquals((await lab.ask("/api/contents", { as: "browser" })).status, 200);
  for (const site of ["cross-site", "same-site"]) {
    const headers = {
      "sec-fetch-site": site,
      "sec-fetch-mode": "no-cors",
      "sec-fetch-dest": "image",
    };
    const cookie = await lab.cookies();
    assertEquals(
      (await lab.ask("/files/a", { as: "nobody", headers: { cookie, ...headers } })).status,
      403,
    );
  }
});

Deno.test("a request that changes something needs what only the lab's own page can read", async () => {
  await using lab = await TestLab.start();
  const cookie = await lab.cookies();
  const attempts: Record<string, string>[] = [
    { cookie },
    { cookie, "x-xsrftoken": "" },
    { cookie, "x-xsrftoken": "guessed" },
    { cookie: cookie.replace(/_xsrf=[^;]+/, ""), "x-xsrftoken": "guessed" },
  ];
  for (const headers of attempts) {
    for (
      const [method, path] of [
        ["POST", "/api/contents"],
        ["POST", "/api/kernels"],
        ["PUT", "/api/contents/a.txt"],
        ["DELETE", "/api/contents/a.txt"],
        ["POST", "/api/shutdown"],
      ]
    ) {
      assertEquals((await lab.ask(path, { method, as: "nobody", headers })).status, 403);
    }
  }
  assertEquals((await lab.ask("/api/contents", { method: "POST", as: "browser" })).status, 201);
});

Deno.test("no path leads out of the served folder, in whatever encoding", async () => {
  await using lab = await TestLab.start();
  const ups = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "..%252fsecret.txt",
    "..\\secret.txt",
    "..%5csecret.txt",
    "%2e%2e%5csecret.txt",
    "%c0%ae%c0%ae/secret.txt",
    "%c0%ae%c0%ae%c0%afsecret.txt",
    "%e0%80%ae%e0%80%ae/secret.txt",
    "..%00/secret.txt",
    "../secret.txt%00.ipynb",
    "a/../../secret.txt",
    "./../secret.txt",
    ".../...//secret.txt",
    "%uff0e%uff0e/secret.txt",
    "．．/secret.txt",
    "//secret.txt",
    `${lab.outside}/secret.txt`,
    `/${lab.outside}/secret.txt`,
    `file://${lab.outside}/secret.txt`,
    "~/secret.txt",
  ];
  for (const up of ups) {
    for (
      const prefix of ["/files/", "/api/contents/", "/lab/", "/kernelspecs/dials/", "/kernelspecs/"]
    ) {
      const status = await rawStatus(lab, prefix + up);
      // A path of the page is answered with the page, which knows nothing of the file.
      if (!prefix.startsWith("/lab")) {
        assert([302, 400, 403, 404].includes(status), `${prefix}${up}: ${status}`);
      }
    }
  }
});

Deno.test("nothing is written, moved, copied or removed outside the served folder", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.txt", "a");
  const body = { type: "file", format: "text", content: "written" };
  for (
    const path of [
      "..%2fnew.txt",
      "%2e%2e%2fnew.txt",
      "..%5cnew.txt",
      "sub%2f..%2f..%2fnew.txt",
      "..%2fsecret.txt",
    ]
  ) {
    const put = await lab.ask(`/api/contents/${path}`, { method: "PUT", body });
    assertEquals(put.status, 400, path);
    assertEquals((await lab.ask(`/api/contents/${path}`, { method: "DELETE" })).status, 400);
    assertEquals(
      (await lab.ask(`/api/contents/${path}/checkpoints`, { method: "POST" })).status,
      400,
    );
  }
  for (
    const path of ["../new.txt", "..\\new.txt", "/../new.txt", "sub/../../new.txt", "a\u0000b"]
  ) {
    assertEquals(
      (await lab.ask("/api/contents/a.txt", { method: "PATCH", body: { path } })).status,
      400,
    );
    const copy = await lab.ask("/api/contents", { method: "POST", body: { copy_from: path } });
    assertEquals(copy.status, 400);
  }
  const kept = [...Deno.readDirSync(lab.outside)].map(({ name }) => name).sort();
  assertEquals(kept, ["page", "secret.txt", "served"]);
  assertEquals(await Deno.readTextFile(join(lab.outside, "secret.txt")), SECRET);
});

Deno.test("a symbolic link that leads out of the folder is not followed", async () => {
  if (Deno.build.os === "windows") return;
  await using lab = await TestLab.start();
  const link = (target: string, name: string) => Deno.symlink(target, join(lab.folder, name));
  await link("../secret.txt", "link.txt");
  await link(join(lab.outside, "secret.txt"), "absolute.txt");
  await link("..", "up");
  await link("circle", "circle");
  await link("../new.txt", "dangling.txt");
  await lab.write("own.txt", "own");
  await link("own.txt", "inside.txt");
  for (
    const path of ["link.txt", "absolute.txt", "up", "up/secret.txt", "up/served/own.txt", "circle"]
  ) {
    for (const prefix of ["/api/contents/", "/files/"]) {
      const { status, text } = await lab.ask(prefix + path);
      if (path === "up/served/own.txt") assertNotEquals(status, 500); // it comes back into the folder
      else assertEquals(status, 404, path);
      assert(!text.includes('secret.txt"') || status === 404);
    }
  }
  const body = { type: "file", format: "text", content: "written" };
  for (const path of ["link.txt", "dangling.txt", "up/new.txt"]) {
    const { status } = await lab.ask(`/api/contents/${path}`, { method: "PUT", body });
    assert(status === 403 || status === 404, `${path}: ${status}`);
  }
  assertEquals(await Deno.readTextFile(join(lab.outside, "secret.txt")), SECRET);
  const outside = [...Deno.readDirSync(lab.outside)].map(({ name }) => name).sort();
  assertEquals(outside, ["page", "secret.txt", "served"]);
  const listed = (await lab.ask("/api/contents")).json.content.map(({ name }: { name: string }) =>
    name
  );
  assertEquals(listed, ["inside.txt", "own.txt"]);
  // A link within the folder is a file like others, and stays a link when it is saved.
  assertEquals((await lab.ask("/api/contents/inside.txt", { method: "PUT", body })).status, 200);
  assertEquals(await Deno.readTextFile(join(lab.folder, "own.txt")), "written");
  assert((await Deno.lstat(join(lab.folder, "inside.txt"))).isSymlink);
});

Deno.test("hidden files are neither shown nor written", async () => {
  await using lab = await TestLab.start();
  await Deno.mkdir(join(lab.folder, ".ssh"));
  await lab.write(".ssh/key", "hidden");
  await lab.write(".env", "hidden");
  for (const path of [".env", ".ssh", ".ssh/key"]) {
    assertEquals((await lab.ask(`/api/contents/${path}`)).status, 404);
    assertEquals((await lab.ask(`/files/${path}`)).status, 404);
    const body = { type: "file", format: "text", content: "" };
    assertEquals((await lab.ask(`/api/contents/${path}`, { method: "PUT", body })).status, 400);
  }
});

Deno.test("a WebSocket is opened for nobody but the lab's page and who knows the token", async () => {
  await using lab = await TestLab.start();
  const { json: { id } } = await lab.ask("/api/kernels", { method: "POST" });
  const path = `/api/kernels/${id}/channels`;
  const cookie = await lab.cookies();
  const origin = lab.lab.url;
  assertEquals(await upgradeStatus(lab, path, {}), 403);
  assertEquals(await upgradeStatus(lab, path, { Origin: origin }), 403);
  assertEquals(await upgradeStatus(lab, `${path}?token=wrong`, {}), 403);
  assertEquals(
    await upgradeStatus(lab, path, { Cookie: cookie, Origin: "https://evil.example" }),
    403,
  );
  assertEquals(
    await upgradeStatus(lab, path, { Cookie: cookie, Origin: "http://127.0.0.1:1" }),
    403,
  );
  assertEquals(
    await upgradeStatus(lab, path, { Cookie: cookie, Origin: origin, Host: "evil.example" }),
    403,
  );
  assertEquals(await upgradeStatus(lab, "/api/events/subscribe", {}), 403);
  assertEquals(await upgradeStatus(lab, path, { Cookie: cookie, Origin: origin }), 101);
  assertEquals(await upgradeStatus(lab, `${path}?token=${lab.lab.token}`, {}), 101);
  const none = `/api/kernels/${crypto.randomUUID()}/channels?token=${lab.lab.token}`;
  assertEquals(await upgradeStatus(lab, none, {}), 404);
});

Deno.test("a body of 1 GB is refused before it comes, and one of unknown length when it is too long", async () => {
  await using lab = await TestLab.start();
  const head = (path: string, more: string) =>
    `PUT ${path} HTTP/1.1\r\nHost: ${lab.host}\r\nAuthorization: token ${lab.lab.token}\r\n${more}\r\n\r\n`;
  const gigabyte = 2 ** 30;
  for (const path of ["/api/contents/a.txt", "/api/config/x"]) {
    const answer = await lab.raw(head(path, `Content-Length: ${gigabyte}`));
    assertEquals(statusOf(answer), 413, answer);
  }
  // In pieces, without saying how many: the lab reads up to its limit and no further.
  const before = Deno.memoryUsage().rss;
  let sent = 0;
  const piece = new Uint8Array(2 ** 16);
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      sent += piece.length;
      if (sent > gigabyte) controller.close();
      else controller.enqueue(piece);
    },
  });
  const response = await fetch(`${lab.lab.url}/api/config/x`, {
    method: "PUT",
    headers: { authorization: `token ${lab.lab.token}` },
    body: endless,
  }).catch(() => undefined); // the lab may end the connection while the client still sends
  if (response !== undefined) {
    assertEquals(response.status, 413);
    await response.body?.cancel();
  }
  assert(sent < gigabyte / 4, `${sent} bytes were taken`);
  assert(Deno.memoryUsage().rss - before < 200 * 2 ** 20);
  assertEquals((await lab.ask("/api/status")).status, 200);
});

Deno.test("a header or path of a megabyte, and what is no HTTP, do not stop the lab", async () => {
  await using lab = await TestLab.start();
  const long = "a".repeat(2 ** 20);
  await lab.raw(`GET /${long} HTTP/1.1\r\nHost: ${lab.host}\r\n\r\n`);
  await lab.raw(`GET / HTTP/1.1\r\nHost: ${lab.host}\r\nX: ${long}\r\n\r\n`);
  await lab.raw("\u0000\u0001nonsense\r\n\r\n");
  for (const path of ["%", "%zz", "%ff", "a%00b"]) {
    assertEquals(await rawStatus(lab, `/api/contents/${path}`), 400, path);
  }
  for (const body of ["{", "[]", "1", '"text"']) {
    const { status } = await lab.ask("/api/sessions", { method: "POST", body });
    assertEquals(status, 400);
  }
  assertEquals((await lab.ask("/api/status")).status, 200);
});

Deno.test("what the lab serves is taken for what it is, and shown nowhere else", async () => {
  await using lab = await TestLab.start();
  await lab.write("evil.html", "<script>alert(1)</script>");
  await lab.write("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
  for (
    const path of ["/api/contents", "/files/evil.html", "/files/evil.svg", "/lab", "/api/none"]
  ) {
    const { headers } = await lab.ask(path);
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertStringIncludes(headers.get("content-security-policy")!, "frame-ancestors 'self'");
    assertEquals(headers.get("cross-origin-resource-policy"), "same-origin");
    assertEquals(headers.get("access-control-allow-origin"), null);
  }
  for (const path of ["/files/evil.html", "/files/evil.svg"]) {
    const policy = (await lab.ask(path)).headers.get("content-security-policy")!;
    // Without "allow-same-origin" it has no cookie, and the lab's answers are closed to it.
    assertStringIncludes(policy, "sandbox allow-scripts");
    assert(!policy.includes("allow-same-origin"));
  }
});
