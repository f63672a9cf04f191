// Parameters: found in the tagged cell, replaced in its text and nowhere else.

import { assertEquals, assertRejects } from "@std/assert";
import { type Notebook, NotebookError } from "../../../kernel/notebook/format.ts";
import { findParameters, setParameters } from "../../../kernel/notebook/parameters.ts";
import { parseNotebook } from "../../../kernel/notebook/read.ts";

const CELL = `// Worth changing.
const steps: number = 2_000; // batches
let learningRate = 3e-3,
  seed = -1;
const corpus = 'harbour'; /* or a file */
const tied = true;
const tokenizer: "characters" | "bpe" = "bpe";
const kind = "gelu" as "gelu" | "swiglu";
const sizes = [128, 256]; const limit: number | undefined = undefined;
const anything = null;
const hidden = 4 * 128;
const derived = corpus.length;
function helper() { const inner = 1; return inner; }
`;

function notebookWith(source: string, tags = ["parameters"]): Notebook {
  const cell = {
    cell_type: "code",
    metadata: { tags },
    source,
    outputs: [],
    execution_count: null,
  };
  return parseNotebook(
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }),
  );
}

async function afterSetting(values: Record<string, string>, folder?: string): Promise<string> {
  const notebook = notebookWith(CELL);
  await setParameters(notebook, new Map(Object.entries(values)), { name: "x.ipynb", folder });
  return notebook.cells[0].source;
}

Deno.test("the top-level declarations of the tagged cell are parameters", async () => {
  const found = await findParameters(notebookWith(CELL));
  assertEquals(found.map(({ name }) => name), [
    "steps",
    "learningRate",
    "seed",
    "corpus",
    "tied",
    "tokenizer",
    "kind",
    "sizes",
    "limit",
    "anything",
    "hidden",
    "derived",
  ]);
  assertEquals(await findParameters(notebookWith(CELL, [])), []);
});

Deno.test("setting replaces the value's text and keeps everything around it", async () => {
  const after = await afterSetting({
    steps: "200",
    corpus: "it's",
    seed: "7",
    learningRate: "1e-4",
  });
  const expected = CELL.replace("2_000", "200").replace("'harbour'", `"it's"`).replace("-1", "7")
    .replace("3e-3", "1e-4");
  assertEquals(after, expected);
});

Deno.test("a value may be of any kind its declaration allows", async () => {
  const after = await afterSetting({
    tied: "false",
    tokenizer: "characters",
    kind: "swiglu",
    sizes: "[1, 2, 3]",
    limit: "10",
    anything: "some words",
    hidden: "2 * 64",
    derived: "3",
  });
  const lines = after.split("\n");
  assertEquals(lines.slice(5), [
    "const tied = false;",
    'const tokenizer: "characters" | "bpe" = "characters";',
    'const kind = "swiglu" as "gelu" | "swiglu";',
    "const sizes = [1, 2, 3]; const limit: number | undefined = 10;",
    'const anything = "some words";',
    "const hidden = 2 * 64;",
    "const derived = 3;",
    ...CELL.split("\n").slice(12),
  ]);
});

Deno.test("a value of the wrong kind is refused with what is allowed", async () => {
  const cases: [name: string, value: string, says: string][] = [
    ["steps", "many", 'steps is a number (now 2_000), and "many" is not.'],
    ["steps", "", 'steps is a number (now 2_000), and "" is not.'],
    ["steps", "3; Deno.exit()", "steps is a number"],
    ["steps", "3) + (4", "steps is a number"],
    ["tied", "yes", 'tied is true or false (now true), and "yes" is not.'],
    ["tokenizer", "words", 'tokenizer cannot be "words"; allowed are "characters", "bpe".'],
    ["sizes", "3", "sizes is an array such as [1, 2]"],
    ["sizes", "[Deno.exit()]", "sizes is an array such as [1, 2]"],
    ["limit", "none", "limit is a number or undefined"],
  ];
  for (const [name, value, says] of cases) {
    await assertRejects(() => afterSetting({ [name]: value }), NotebookError, says);
  }
});

Deno.test("a string stays a string whatever it looks like", async () => {
  for (const value of ["12", "true", '"quoted"', "new\nline", "a \\ b", ""]) {
    const after = await afterSetting({ corpus: value });
    assertEquals(after, CELL.replace("'harbour'", () => JSON.stringify(value)));
  }
});

Deno.test("a string that names an existing file becomes its absolute path", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/plays.txt`, "To be");
    const set = CELL.replace("'harbour'", `"${folder}/plays.txt"`);
    assertEquals(await afterSetting({ corpus: "plays.txt" }, folder), set);
    assertEquals(await afterSetting({ corpus: "./plays.txt" }, folder), set);
    const other = CELL.replace("'harbour'", '"poems.txt"');
    assertEquals(await afterSetting({ corpus: "poems.txt" }, folder), other);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an unknown parameter is refused with the list of those that exist", async () => {
  await assertRejects(
    () => afterSetting({ stepz: "1" }),
    NotebookError,
    "x.ipynb has no parameter stepz; it has steps (2_000), learningRate (3e-3), seed (-1),",
  );
  await assertRejects(
    () => setParameters(notebookWith(CELL, []), new Map([["steps", "1"]]), { name: "x.ipynb" }),
    NotebookError,
    'x.ipynb has no cell tagged "parameters", so steps cannot be set',
  );
});
