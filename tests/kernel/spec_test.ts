// The kernelspec: written whole, where Jupyter looks for it, and taken away again.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { dataFolder, installKernel, kernelSpec, uninstallKernel } from "../../kernel/spec.ts";

Deno.test("the kernelspec starts this kernel with Jupyter's connection file", () => {
  const { argv, interrupt_mode, language } = kernelSpec();
  assertEquals(argv.at(-1), "{connection_file}");
  assertEquals(argv[0], Deno.execPath());
  assertStringIncludes(argv.at(-2)!, join("kernel", "main.ts"));
  assertEquals([interrupt_mode, language], ["message", "typescript"]);
});

Deno.test("the kernelspec is installed below a prefix, replaced, and uninstalled", async () => {
  const prefix = await Deno.makeTempDir();
  const folder = join(prefix, "share", "jupyter", "kernels", "dials");
  for (let i = 0; i < 2; i++) {
    assertEquals(await installKernel(prefix), folder);
    const spec = JSON.parse(await Deno.readTextFile(join(folder, "kernel.json")));
    assertEquals(spec.display_name, "Dials (TypeScript)");
    const files = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assertEquals(files, ["kernel.json", "logo-svg.svg"]);
  }
  assertEquals(await uninstallKernel(prefix), folder);
  assertEquals(await uninstallKernel(prefix), undefined);
  await Deno.remove(prefix, { recursive: true });
});

Deno.test("without a prefix the kernelspec belongs to this user", () => {
  const before = Deno.env.get("JUPYTER_DATA_DIR");
  Deno.env.set("JUPYTER_DATA_DIR", "/somewhere");
  assertEquals(dataFolder(), "/somewhere");
  if (before === undefined) Deno.env.delete("JUPYTER_DATA_DIR");
  else Deno.env.set("JUPYTER_DATA_DIR", before);
});

Deno.test("a wrong argument is answered with the right ones", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fromFileUrl(new URL("../../kernel/spec.ts", import.meta.url)), "instal"],
  }).output();
  assertEquals(code, 1);
  assertStringIncludes(new TextDecoder().decode(stderr), "kernel:install [--prefix DIR]");
});
