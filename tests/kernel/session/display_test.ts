// What cells show beside text.

import { stripVTControlCharacters } from "node:util";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import { type Answer, kernelTest, ofType, result } from "../testing/test_kernel.ts";

/** The representations of the cell's result. */
// deno-lint-ignore no-explicit-any -- tests look into data of every type
function dataOf({ messages }: Answer): Record<string, any> {
  return messages.find(ofType("execute_result"))!.content.data;
}

kernelTest("a value shows itself by its Jupyter.display method", async (kernel) => {
  const { messages } = await kernel.execute(
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }) })",
  );
  assertEquals(messages.find(ofType("execute_result"))!.content, {
    data: { "text/html": "<b>x</b>", "text/plain": "x" },
    metadata: {},
    execution_count: 1,
  });
});

kernelTest("a display method may be asynchronous, and must give MIME types", async (kernel) => {
  const waiting = "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': 'late' }) })";
  const { messages } = await kernel.execute(waiting);
  assertEquals(messages.find(ofType("execute_result"))!.content.data, { "text/html": "late" });
  const { reply } = await kernel.execute("({ [Symbol.for('Jupyter.display')]: () => 3 })");
  assertEquals(reply.content.ename, "TypeError");
});

kernelTest("Deno.jupyter shows Markdown, HTML, SVG and images", async (kernel) => {
  const png = "new Uint8Array([0x89, 0x50, 0x4e, 0x47])";
  for (
    const [code, data] of [
      ["md`# ${1}`", { "text/markdown": "# 1" }],
      ["html`<b>${'x'}</b>`", { "text/html": "<b>x</b>" }],
      ["svg`<svg/>`", { "image/svg+xml": "<svg/>" }],
      [`image(${png})`, { "image/png": "iVBORw==" }],
    ] as const
  ) {
    const { messages } = await kernel.execute(`Deno.jupyter.${code}`);
    assertEquals(messages.find(ofType("execute_result"))!.content.data, data);
  }
});

kernelTest(
  "an image is known by its bytes, whether or not anybody calls it one",
  async (kernel) => {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/a.svg`, '<?xml version="1.0"?>\n<svg xmlns="x"></svg>');
    const shown = async (code: string) => dataOf(await kernel.execute(code));
    assertEquals(
      (await shown(`Deno.jupyter.image(${JSON.stringify(`${folder}/a.svg`)})`))["image/svg+xml"],
      '<?xml version="1.0"?>\n<svg xmlns="x"></svg>',
    );
    for (
      const [type, bytes] of [
        ["image/png", [0x89, 0x50, 0x4e, 0x47]],
        ["image/jpeg", [0xff, 0xd8, 0xff]],
        ["image/gif", [0x47, 0x49, 0x46, 0x38]],
        ["image/webp", [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50]],
      ]
    ) {
      assert((type as string) in await shown(`new Uint8Array([${bytes}])`), type as string);
    }
    assertEquals(Object.keys(await shown("new Uint8Array([0x42, 0x4d])")), ["text/plain"]);
    const refused = await kernel.execute("Deno.jupyter.image(new Uint8Array([1]))");
    assertStringIncludes(refused.reply.content.evalue, "no PNG, JPEG, GIF, WebP, BMP or SVG");
    await Deno.remove(folder, { recursive: true });
  },
);

kernelTest("an array of records is a table, and text beside it", async (kernel) => {
  const records = "[{ name: 'a<b', n: 1 }, { n: 2, list: [1, 2] }]";
  const data = dataOf(await kernel.execute(records));
  assertEquals(
    data["text/html"],
    "<table><thead><tr><th></th><th>name</th><th>n</th><th>list</th></tr></thead><tbody>" +
      "<tr><th>0</th><td>a&lt;b</td><td>1</td><td></td></tr>" +
      "<tr><th>1</th><td></td><td>2</td><td>[ 1, 2 ]</td></tr></tbody></table>",
  );
  assertStringIncludes(stripVTControlCharacters(data["text/plain"]), "name");
  const long = dataOf(await kernel.execute("Array.from({ length: 1e6 }, (_, i) => ({ i }))"));
  assertStringIncludes(long["text/html"], "999950 more rows");
  for (const code of ["[1, 2]", "[]", "[{ get a() { throw 1 } }]", "[new Date()]", "[[1]]"]) {
    assertEquals(Object.keys(dataOf(await kernel.execute(code))), ["text/plain"], code);
  }
});

kernelTest("a Plotly figure is a figure, typed arrays included", async (kernel) => {
  const data = dataOf(
    await kernel.execute(
      "({ data: [{ y: new Float32Array([1, 2]) }], layout: { title: '</script>' } })",
    ),
  );
  assertEquals(data["application/vnd.plotly.v1+json"], {
    data: [{ y: [1, 2] }],
    layout: { title: "</script>" },
  });
  assertEquals(data["text/html"].match(/<\/script>/g).length, 1);
});

kernelTest(
  "a figure needs no network: the first of a session carries plotly.js",
  async (kernel) => {
    const page = async (type: string) =>
      dataOf(await kernel.execute(`({ data: [{ type: "${type}", y: [1] }], layout: {} })`))[
        "text/html"
      ] as string;
    const first = await page("bar");
    const packed = /unpack\("([^"]+)"\)/.exec(first)![1];
    const stream = new Blob([decodeBase64(packed)]).stream().pipeThrough(
      new DecompressionStream("gzip"),
    );
    assertStringIncludes(await new Response(stream).text(), "window.Plotly = Plotly");
    // Others wait for it, and ask the web only for what it cannot draw.
    const second = await page("scatter");
    assert(second.length < 10_000);
    assertStringIncludes(second, "const plotly = carried ??");
    assertStringIncludes(await page("scatter3d"), "const plotly = fromWeb()");
  },
);

kernelTest("values that Deno's own kernel shows are shown", async (kernel) => {
  for (
    const [code, type, content] of [
      ["({ toDataURL: () => 'data:image/png;base64,AAAA' })", "image/png", "AAAA"],
      ["({ outerHTML: '<b>x</b>' })", "text/html", "<b>x</b>"],
      ["({ outerHTML: '<svg></svg>' })", "image/svg+xml", "<svg></svg>"],
      ["({ documentElement: { outerHTML: '<html></html>' } })", "text/html", "<html></html>"],
      ["({ toSpec: () => ({ mark: 'bar' }) })", "application/vnd.vegalite.v5+json", {
        mark: "bar",
      }],
    ] as const
  ) {
    assertEquals(dataOf(await kernel.execute(code))[type], content);
  }
  const frame = `({ schema: { a: { variant: "Int64" } }, head() { return this },
    toRecords: () => [{ a: 1 }] })`;
  assertEquals(dataOf(await kernel.execute(frame))["application/vnd.dataresource+json"], {
    data: [{ a: 1 }],
    schema: { fields: [{ name: "a", type: "integer" }] },
  });
});

kernelTest("scalars are plain, structures are coloured and cut at a depth", async (kernel) => {
  for (const code of ["1", "'text'", "true", "null", "12n", "Symbol('s')", "() => 1"]) {
    const text = dataOf(await kernel.execute(code))["text/plain"];
    assertEquals(text, stripVTControlCharacters(text), code);
  }
  const deep = dataOf(await kernel.execute("({ a: { b: { c: { d: { e: { f: 1 } } } } } })"));
  assertStringIncludes(deep["text/plain"], "\x1b[36m[Object]");
  const { reply } = await kernel.execute("1", { user_expressions: { list: "[1, 2]" } });
  assertEquals(reply.content.user_expressions.list.data["text/plain"], "[ 1, 2 ]");
});

kernelTest("circular, throwing and huge values are shown at once", async (kernel) => {
  await kernel.execute(
    "const ring: any = {}; ring.self = ring; const many = new Array(1e7).fill(0)",
  );
  for (
    const [code, part] of [
      ["ring", "[Circular *1]"],
      ["({ get bad() { throw new Error() } })", "bad: [Getter]"],
      ["new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })", "{}"],
      ["({ [Symbol.for('Deno.customInspect')]() { throw new TypeError() } })", "throws TypeError"],
      [
        "{ const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); globalThis.gone = proxy } gone",
        "throws",
      ],
      ["many", "9999900 more items"],
      ["new Float32Array(1e7)", "9999900 more items"],
      ["'x'.repeat(1e7)", "..."],
    ]
  ) {
    const start = performance.now();
    assertStringIncludes(result(await kernel.execute(code)) ?? "nothing", part, code);
    assert(performance.now() - start < 2_000, code);
  }
});

kernelTest("a cell clears what it has shown", async (kernel) => {
  for (const [code, wait] of [["", false], ["{ wait: true }", true]] as const) {
    const { messages } = await kernel.execute(`await Deno.jupyter.clearOutput(${code})`);
    assertEquals(messages.find(ofType("clear_output"))!.content, { wait });
  }
});

kernelTest("a display is updated by its id", async (kernel) => {
  const { messages } = await kernel.execute(`
    await Deno.jupyter.display(Deno.jupyter.html\`a\`, { display_id: "one" });
    await Deno.jupyter.display({ "text/html": "b" }, { raw: true, display_id: "one", update: true });`);
  const transient = { display_id: "one" };
  assertEquals(messages.find(ofType("display_data"))!.content, {
    data: { "text/html": "a" },
    metadata: {},
    transient,
  });
  assertEquals(messages.find(ofType("update_display_data"))!.content, {
    data: { "text/html": "b" },
    metadata: {},
    transient,
  });
});

kernelTest("a cell broadcasts messages with metadata and bytes", async (kernel) => {
  const { messages } = await kernel.execute(
    "await Deno.jupyter.broadcast('clear_output', { wait: true }, { metadata: { a: 1 }, buffers: [new Uint8Array([1, 255])] })",
  );
  const message = messages.find(ofType("clear_output"))!;
  assertEquals(message.content, { wait: true });
  assertEquals(message.metadata, { a: 1 });
  assertEquals(message.buffers.map((buffer) => [...buffer]), [[1, 255]]);
});

kernelTest("a display of several megabytes arrives whole", async (kernel) => {
  const { messages } = await kernel.execute(
    "await Deno.jupyter.display({ 'text/plain': 'x'.repeat(5_000_000) }, { raw: true })",
  );
  assertEquals(messages.find(ofType("display_data"))!.content.data["text/plain"].length, 5_000_000);
});
