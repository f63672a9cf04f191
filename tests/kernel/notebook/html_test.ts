// The page of a notebook: what stands in it, and that nothing in it can break it.

import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import type { Json } from "../../../kernel/notebook/format.ts";
import { notebookToHtml } from "../../../kernel/notebook/html.ts";
import { parseNotebook } from "../../../kernel/notebook/read.ts";

interface CellFile {
  cell_type: string;
  source: string;
  [key: string]: Json;
}

function markdown(source: string, more: { [key: string]: Json } = {}): CellFile {
  return { cell_type: "markdown", metadata: {}, source, ...more };
}

function code(source: string, outputs: Json[] = []): CellFile {
  return { cell_type: "code", metadata: {}, source, outputs, execution_count: 1 };
}

function shown(data: Json): Json {
  return { output_type: "display_data", metadata: {}, data };
}

function page(
  cells: CellFile[],
  options: { name?: string; folder?: string } = {},
): Promise<string> {
  const file = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  return notebookToHtml(parseNotebook(JSON.stringify(file)), options);
}

Deno.test("the first heading is the title, and without one the file's name", async () => {
  const html = await page([markdown("text"), markdown("# Loss & `curves`")], { name: "03.ipynb" });
  assertStringIncludes(html, "<title>Loss &amp; curves</title>");
  assertStringIncludes(await page([code("1")], { name: "03.ipynb" }), "<title>03.ipynb</title>");
});

Deno.test("Markdown is rendered: tables, links to the page of another notebook, distinct heading ids", async () => {
  const html = await page([
    markdown("## Data\n\n| a | b |\n| --- | --: |\n| 1 | 2 |\n\n[next](02_pretraining.ipynb#loss)"),
    markdown("## Data"),
  ]);
  assertStringIncludes(html, "<table>");
  assertStringIncludes(html, 'href="02_pretraining.html#loss"');
  assertStringIncludes(html, '<h2 id="data">');
  assertStringIncludes(html, '<h2 id="data-2">');
});

Deno.test("formulae become MathML, and prices stay prices", async () => {
  const html = await page([
    markdown(
      "Loss $-\\log p$ costs from $5 to $10.\n\n$$\n\\mathcal{L} = \\sum_t a_t\n$$\n\n`$x$` \\$y$",
    ),
  ]);
  assertEquals(html.match(/<math/g)?.length, 2);
  assertStringIncludes(html, 'display="block"');
  assertStringIncludes(html, "<mi>ℒ</mi>");
  assertStringIncludes(html, "from $5 to $10.");
  assertStringIncludes(html, "<code>$x$</code> $y$");
});

Deno.test("code is coloured and escaped", async () => {
  const html = await page([code('const a = "<b>" as Map<string, number>;')]);
  assertStringIncludes(html, '<span class="hljs-keyword">const</span>');
  assertStringIncludes(html, "&lt;b&gt;");
  assertFalse(html.includes("<b>"));
});

Deno.test("of a result's representations the richest is shown", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const both = await page([code("x", [shown({ "text/plain": "PLAIN", "image/svg+xml": svg })])]);
  assertStringIncludes(both, 'src="data:image/svg+xml;charset=utf-8,%3Csvg');
  assertStringIncludes(both, 'alt="PLAIN"');
  const html = await page([code("x", [shown({ "text/plain": "PLAIN", "text/html": "<i>h</i>" })])]);
  assertStringIncludes(html, '<div class="html"><i>h</i></div>');
  assertFalse(html.includes("PLAIN"));
  const png = await page([code("x", [shown({ "image/png": "iVBO\nRw==\n" })])]);
  assertStringIncludes(png, "data:image/png;base64,iVBORw==");
  const unknown = await page([code("x", [shown({ "application/x-odd": "1" })])]);
  assertStringIncludes(unknown, "(application/x-odd) cannot be shown");
});

Deno.test("a figure brings plotly.js once, and no text in it can end a script", async () => {
  const figure = shown({
    "application/vnd.plotly.v1+json": {
      data: [{ y: [1, 2], name: "</script><script>alert(1)" }],
      layout: { height: 300 },
    },
    "image/svg+xml": "<svg/>",
  });
  const html = await page([code("a", [figure]), code("b", [figure])]);
  assertEquals(html.match(/<figure class="figure" style="height:300px">/g)?.length, 2);
  assertEquals(html.match(/plotly\.js \(/g)?.length, 1, "one banner of plotly.js");
  assertFalse(html.includes("</script><script>alert"));
  assertEquals(html.match(/<script/g)?.length, html.match(/<\/script>/g)?.length);
  assertStringIncludes(html, "<noscript><img");
  assertFalse((await page([code("a")])).includes("<script"));
});

Deno.test("errors and printed text keep their colours, and a huge text loses its middle", async () => {
  const html = await page([code("x", [
    { output_type: "stream", name: "stderr", text: "\x1b[33mcareful\x1b[0m\n" },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["\x1b[31mE: v\x1b[0m", " at 1"] },
    { output_type: "stream", name: "stdout", text: "0123456789\n".repeat(100_000) },
  ])]);
  assertStringIncludes(
    html,
    '<pre class="output stream stderr"><span class="t-yellow">careful</span></pre>',
  );
  assertStringIncludes(html, '<span class="t-red">E: v</span>\n at 1</pre>');
  assertStringIncludes(html, "characters left out here");
  assert(html.length < 600_000);
});

Deno.test("images of the notebook's folder and attachments stand in the page itself", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/a b.png`, new Uint8Array([1, 2, 3]));
    const html = await page([
      markdown("![x](a%20b.png) ![y](attachment:p.png) ![z](missing.png)", {
        attachments: { "p.png": { "image/png": "QUJD" } },
      }),
    ], { folder });
    assertStringIncludes(html, 'src="data:image/png;base64,AQID" alt="x"');
    assertStringIncludes(html, 'src="data:image/png;base64,QUJD" alt="y"');
    assertStringIncludes(html, 'src="missing.png"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("nothing in a page is fetched from elsewhere", async () => {
  const figure = shown({ "application/vnd.plotly.v1+json": { data: [], layout: {} } });
  const html = await page([markdown("# T\n\n$x$"), code("a", [figure])]);
  const [head] = html.split("<script");
  assertFalse(/(src|href)="https?:|url\(|@import/.test(head));
});
