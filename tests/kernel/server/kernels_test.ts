// /api/kernels, /api/kernelspecs and /api/sessions.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { KernelSocket, printed } from "./testing/kernel_socket.ts";
import { TestLab } from "./testing/test_lab.ts";

Deno.test("a kernel is started, listed, told apart by its id, and ended", async () => {
  await using lab = await TestLab.start();
  const { status, json, headers } = await lab.ask("/api/kernels", {
    method: "POST",
    body: { name: "dials" },
  });
  assertEquals([status, json.name, json.execution_state, json.connections], [
    201,
    "dials",
    "idle",
    0,
  ]);
  assertEquals(headers.get("location"), `/api/kernels/${json.id}`);
  assert(!Number.isNaN(Date.parse(json.last_activity)));
  assertEquals((await lab.ask("/api/kernels")).json.map(({ id }: { id: string }) => id), [json.id]);
  assertEquals((await lab.ask(`/api/kernels/${json.id}`)).json.id, json.id);
  assertEquals((await lab.ask(`/api/kernels/${json.id}`, { method: "DELETE" })).status, 204);
  assertEquals((await lab.ask(`/api/kernels/${json.id}`)).status, 404);
  assertEquals((await lab.ask(`/api/kernels/${json.id}`, { method: "DELETE" })).status, 404);
  assertEquals((await lab.ask("/api/kernels")).json, []);
});

Deno.test("a kernel that is not known is refused with its name", async () => {
  await using lab = await TestLab.start();
  const { status, json } = await lab.ask("/api/kernels", {
    method: "POST",
    body: { name: "cobol" },
  });
  assertEquals(status, 501);
  assertStringIncludes(json.message, "'cobol' kernel is not available");
});

Deno.test("a kernel runs in the folder that its path names, and is told its notebook", async () => {
  await using lab = await TestLab.start();
  await Deno.mkdir(join(lab.folder, "sub"));
  const file = await lab.write("sub/a.ipynb", "{}");
  const body = { path: "sub/a.ipynb", type: "notebook", name: "a", kernel: { name: "dials" } };
  const { json } = await lab.ask("/api/sessions", { method: "POST", body });
  await using socket = await KernelSocket.open(lab, { kernel: json.kernel.id });
  const cell = `console.log(Deno.cwd() + " " + Deno.env.get("JPY_SESSION_NAME"))`;
  assertEquals(printed(await socket.execute(cell)), `${join(lab.folder, "sub")} ${file}\n`);
});

Deno.test("an interrupt stops a busy loop and keeps what the cells have made", async () => {
  await using lab = await TestLab.start();
  const { json: { id } } = await lab.ask("/api/kernels", { method: "POST" });
  await using socket = await KernelSocket.open(lab, { kernel: id });
  await socket.execute("const kept = 42");
  const busy = socket.run("while (true) {}");
  await socket.expect(busy, /execute_input/);
  await socket.until(async () =>
    (await lab.ask(`/api/kernels/${id}`)).json.execution_state === "busy"
  );
  assertEquals((await lab.ask(`/api/kernels/${id}/interrupt`, { method: "POST" })).status, 204);
  const reply = (await socket.answer(busy)).find(({ type }) => type === "execute_reply")!;
  assertEquals(reply.content.status, "error");
  assertEquals(printed(await socket.execute("console.log(kept)")), "42\n");
});

Deno.test("a restart forgets what the cells have made, and the same WebSocket goes on", async () => {
  await using lab = await TestLab.start();
  const { json: { id } } = await lab.ask("/api/kernels", { method: "POST" });
  await using socket = await KernelSocket.open(lab, { kernel: id });
  await socket.execute("const gone = 42");
  const { status, json } = await lab.ask(`/api/kernels/${id}/restart`, { method: "POST" });
  assertEquals([status, json.id, json.execution_state], [200, id, "idle"]);
  // To JupyterLab "restarting" means that the kernel has died.
  assert(!socket.heard.some(({ content }) => content.execution_state === "restarting"));
  assertEquals(printed(await socket.execute("console.log(typeof gone)")), "undefined\n");
});

Deno.test("a kernel that dies is started again, and those who listen are told", async () => {
  await using lab = await TestLab.start();
  const { json: { id } } = await lab.ask("/api/kernels", { method: "POST" });
  await using socket = await KernelSocket.open(lab, { kernel: id });
  socket.run(`Deno.kill(Deno.ppid, "SIGKILL"); await new Promise(() => {});`);
  await socket.until(() =>
    socket.heard.some(({ content }) => content.execution_state === "restarting")
  );
  assertEquals(printed(await socket.execute("console.log('again')")), "again\n");
  assertEquals((await lab.ask("/api/kernels")).json.length, 1);
});

Deno.test("kernels that are installed for Jupyter are offered with their logos, and this project's without", async () => {
  const data = await Deno.makeTempDir({ prefix: "jupyter-" });
  const folder = join(data, "kernels", "Other");
  await Deno.mkdir(folder, { recursive: true });
  const spec = { argv: ["nothing", "{connection_file}"], display_name: "Other", language: "none" };
  await Deno.writeTextFile(join(folder, "kernel.json"), JSON.stringify(spec));
  await Deno.writeTextFile(join(folder, "logo-svg.svg"), "<svg/>");
  await Deno.mkdir(join(data, "kernels", "broken"));
  await Deno.writeTextFile(join(data, "kernels", "broken", "kernel.json"), "{");
  Deno.env.set("JUPYTER_PATH", data);
  try {
    await using lab = await TestLab.start();
    const { json } = await lab.ask("/api/kernelspecs");
    assertEquals(json.default, "dials");
    assertEquals(json.kernelspecs.dials.spec.language, "typescript");
    const { other } = json.kernelspecs;
    assertEquals([other.name, other.spec.display_name, other.spec.interrupt_mode], [
      "other",
      "Other",
      "signal",
    ]);
    assertEquals(other.resources, { "logo-svg": "/kernelspecs/other/logo-svg.svg" });
    const logo = await lab.ask("/kernelspecs/other/logo-svg.svg");
    assertEquals([logo.text, logo.headers.get("content-type")], ["<svg/>", "image/svg+xml"]);
    assertEquals((await lab.ask("/kernelspecs/other/kernel.json")).status, 404);
    assertEquals((await lab.ask("/api/kernelspecs/other")).json.name, "other");
    assertEquals((await lab.ask("/api/kernelspecs/none")).status, 404);
    assert(!("broken" in json.kernelspecs));
    const start = await lab.ask("/api/kernels", { method: "POST", body: { name: "other" } });
    assertEquals(start.status, 500);
    assertStringIncludes(start.json.message, "nothing cannot be run");
  } finally {
    Deno.env.delete("JUPYTER_PATH");
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("two pages that open one notebook at once share a session and its kernel", async () => {
  await using lab = await TestLab.start();
  const body = { path: "a.ipynb", type: "notebook", name: "", kernel: { name: "dials" } };
  const open = () => lab.ask("/api/sessions", { method: "POST", body });
  const [one, other] = await Promise.all([open(), open()]);
  assertEquals([one.status, other.status], [201, 201]);
  assertEquals(one.json.id, other.json.id);
  assertEquals((await lab.ask("/api/kernels")).json.length, 1);
  assertEquals(one.json.notebook, { path: "a.ipynb", name: "" });
  assertEquals((await open()).json.kernel.id, one.json.kernel.id);
});

Deno.test("a session follows its file, changes its kernel, and ends with it", async () => {
  await using lab = await TestLab.start();
  const body = { path: "a.ipynb", type: "notebook", name: "", kernel: { name: "dials" } };
  const { json: session } = await lab.ask("/api/sessions", { method: "POST", body });
  const path = `/api/sessions/${session.id}`;
  const moved = await lab.ask(path, { method: "PATCH", body: { path: "b.ipynb", name: "b" } });
  assertEquals([moved.json.path, moved.json.name, moved.json.kernel.id], [
    "b.ipynb",
    "b",
    session.kernel.id,
  ]);
  const changed = await lab.ask(path, { method: "PATCH", body: { kernel: { name: "dials" } } });
  const kernels = (await lab.ask("/api/kernels")).json.map(({ id }: { id: string }) => id);
  assertEquals(kernels, [changed.json.kernel.id]);
  assert(changed.json.kernel.id !== session.kernel.id);
  assertEquals((await lab.ask(path)).json.id, session.id);
  assertEquals((await lab.ask(path, { method: "DELETE" })).status, 204);
  assertEquals((await lab.ask("/api/kernels")).json, []);
  assertEquals((await lab.ask(path)).status, 404);
  assertEquals(
    (await lab.ask("/api/sessions", { method: "POST", body: { type: "x" } })).status,
    400,
  );
});

Deno.test("a session whose kernel was ended is gone", async () => {
  await using lab = await TestLab.start();
  const body = { path: "a.ipynb", type: "notebook" };
  const { json: session } = await lab.ask("/api/sessions", { method: "POST", body });
  await lab.ask(`/api/kernels/${session.kernel.id}`, { method: "DELETE" });
  assertEquals((await lab.ask("/api/sessions")).json, []);
});

Deno.test("the lab says what it is, how it is, and what it has not got", async () => {
  await using lab = await TestLab.start();
  assertEquals(typeof (await lab.ask("/api")).json.version, "string");
  await lab.ask("/api/kernels", { method: "POST" });
  const status = (await lab.ask("/api/status")).json;
  assertEquals([status.kernels, status.connections], [1, 0]);
  assert(status.last_activity >= status.started);
  const permissions = encodeURIComponent(`{"contents":["read","write"]}`);
  const me = (await lab.ask(`/api/me?permissions=${permissions}`)).json;
  assertEquals(me.permissions, { contents: ["read", "write"] });
  assertEquals((await lab.ask("/api/terminals")).status, 404);
  assertEquals((await lab.ask("/api/none")).status, 404);
});

Deno.test("what an extension keeps is merged, and null takes away", async () => {
  await using lab = await TestLab.start();
  const path = "/api/config/notebook";
  assertEquals((await lab.ask(path)).json, {});
  await lab.ask(path, { method: "PUT", body: { a: { b: 1, c: 2 }, d: 3 } });
  const merged = await lab.ask(path, { method: "PATCH", body: { a: { b: null, e: 4 } } });
  assertEquals(merged.json, { a: { c: 2, e: 4 }, d: 3 });
  assertEquals((await lab.ask(path)).json, merged.json);
});
