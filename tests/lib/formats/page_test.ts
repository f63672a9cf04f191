import { assert, assertEquals } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import { join } from "@std/path";
import { exportPage } from "../../../lib/formats/page/export.ts";
import { parametersFile, runSource } from "../../../lib/formats/two_files/export.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";

await useBackend("auto");

Deno.test("a page holds the numbers, run.ts and nothing from elsewhere", async () => {
  const folder = await Deno.makeTempDir();
  const tokenizer = CharTokenizer.train("abc <&>");
  const model = Transformer.create({ vocabularySize: 7, width: 16, layers: 1 });
  try {
    const path = join(folder, "page.html");
    await exportPage(path, { model, tokenizer }, { title: "A & B <script>" });
    const html = await Deno.readTextFile(path);
    assert(html.includes("<title>A &amp; B &lt;script></title>"));
    assert(!/\b(?:src|href)=|https?:\/\/|url\(/.test(html));
    const base64 = /id="parameters">([^<]*)</.exec(html)![1];
    assertEquals(decodeBase64(base64), parametersFile(model, { tokenizer, numbers: "int8" }));
    const [program, script] = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, s]) => s);
    assertEquals(program.trim(), (await runSource()).trim());
    new Function(`${program}; async () => { ${script} }`); // throws where it is no JavaScript
  } finally {
    model.dispose();
    await Deno.remove(folder, { recursive: true });
  }
});
