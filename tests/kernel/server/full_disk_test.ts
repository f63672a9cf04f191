// A save for which there is no room.

import { assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { explainWriting } from "../../../kernel/server/contents/writing_errors.ts";
import { RequestError } from "../../../kernel/server/errors.ts";

Deno.test("a save for which there is no room leaves the old file and nothing else", async () => {
  if (Deno.build.os === "windows") return;
  const folder = await Deno.makeTempDir({ prefix: "full-" });
  const file = join(folder, "a.ipynb");
  await Deno.writeTextFile(file, "old");
  const module = new URL("../../../kernel/notebook/write.ts", import.meta.url).href;
  const code = `import { writeFileWhole } from ${JSON.stringify(module)};
    await writeFileWhole(${JSON.stringify(file)}, "x".repeat(10_000_000)).then(
      () => console.log("written"),
      (error) => console.log("refused", error.message),
    );`;
  // The system refuses this process files of more than a few kilobytes, in the middle of writing one.
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: [
      "-c",
      `trap "" XFSZ; ulimit -f 64; exec "$0" "$@"`,
      Deno.execPath(),
      "eval",
      "--no-check",
      "--ext=ts",
      code,
    ],
    cwd: fromFileUrl(new URL("../../../", import.meta.url)),
    env: { DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(said.startsWith("refused"), true, said);
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.ipynb"]);
  assertEquals(await Deno.readTextFile(file), "old");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what cannot be written is explained, and by its own status", async () => {
  const fail = (error: Error) => explainWriting("a.ipynb", () => Promise.reject(error));
  const full = await assertRejects(
    () => fail(new Error("No space left on device (os error 28)")),
    RequestError,
  );
  assertEquals([full.status, full.message], [
    507,
    "There is no room left on the disk for a.ipynb; what was there is unchanged.",
  ]);
  const denied = await assertRejects(
    () => fail(new Deno.errors.PermissionDenied("no")),
    RequestError,
  );
  assertEquals([denied.status, denied.message], [403, "Permission denied: a.ipynb"]);
});
