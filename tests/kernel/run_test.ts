// The runner end to end: notebooks made here, run through the real kernel.

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { CodeCell, Notebook } from "../../kernel/notebook/format.ts";
import { readNotebook } from "../../kernel/notebook/read.ts";
import { runCommand } from "../../kernel/runner/command.ts";
import { kernelArguments } from "../../kernel/spec.ts";
import { notebooksIn } from "../../kernel/tour.ts";

/** What the command said, and how it ended. */
interface Result {
  code: number;
  said: string;
  errors: string;
}

/** A folder with notebooks of the given code cells; a first cell that starts with `const` is its parameters. */
async function withNotebooks(
  notebooks: Record<string, string[]>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [name, sources] of Object.entries(notebooks)) {
      const cells = sources.map((source, index) => ({
        cell_type: "code",
        metadata: index === 0 && source.startsWith("const") ? { tags: ["parameters"] } : {},
        source,
        outputs: [{ output_type: "stream", name: "stdout", text: "from an earlier run" }],
        execution_count: 99,
      }));
      const file = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
      await Deno.writeTextFile(join(folder, name), JSON.stringify(file));
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(
  folder: string,
  args: string[],
  { kernel = kernelArguments } = {},
): Promise<Result> {
  const result: Result = { code: 0, said: "", errors: "" };
  result.code = await runCommand(args, {
    folder,
    kernelArguments: kernel,
    write: (text) => result.said += text,
    writeError: (text) => result.errors += text,
  });
  return result;
}

function codeCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell) => cell.cell_type === "code");
}

/** What each cell printed, joined. */
function printed(notebook: Notebook): string[] {
  return codeCells(notebook).map(({ outputs }) =>
    outputs.map((output) => output.output_type === "stream" ? output.text : "").join("")
  );
}

Deno.test("a notebook runs with its parameters set and is written with its outputs", async () => {
  const cells = [
    `const steps = 2; // how many\nconst corpus: string = "harbour";`,
    "console.log(`${steps} steps of ${corpus}`);",
    "await Promise.resolve(steps * 2)",
  ];
  await withNotebooks({ "sub.ipynb": cells, "text.txt": [] }, async (folder) => {
    const before = await Deno.readTextFile(join(folder, "sub.ipynb"));
    const args = ["sub.ipynb", "--set", "steps=21", "--set", "corpus=text.txt", "--html"];
    const { code, said, errors } = await run(folder, args);
    assertEquals([code, errors], [0, ""]);
    assertMatch(said, /\[2\/3\].*console\.log/);
    assertStringIncludes(said, "out/sub.ipynb and out/sub.html");
    const after = await readNotebook(join(folder, "out", "sub.ipynb"));
    const text = join(folder, "text.txt");
    assertEquals(
      after.cells[0].source,
      `const steps = 21; // how many\nconst corpus: string = "${text}";`,
    );
    assertEquals(printed(after)[1], `21 steps of ${text}\n`);
    const [result] = codeCells(after)[2].outputs;
    assertEquals(result.output_type === "execute_result" && result.data["text/plain"], "42");
    assertEquals(codeCells(after).map(({ execution_count }) => execution_count), [1, 2, 3]);
    assertStringIncludes(await Deno.readTextFile(join(folder, "out", "sub.html")), "21 steps of");
    assertEquals(await Deno.readTextFile(join(folder, "sub.ipynb")), before, "the original stays");
  });
});

Deno.test("cells run in the notebook's folder", async () => {
  await withNotebooks({ "here.ipynb": ["console.log(Deno.cwd())"] }, async (folder) => {
    const { code } = await run(join(folder, ".."), [join(folder, "here.ipynb"), "--out", folder]);
    assertEquals(code, 0);
    assertEquals(printed(await readNotebook(join(folder, "here.ipynb"))), [`${folder}\n`]);
  });
});

Deno.test("a display that a later cell updates changes where it stands", async () => {
  const show = (text: string, update: boolean) =>
    `await Deno.jupyter.broadcast("${update ? "update_display_data" : "display_data"}", ` +
    `{ data: { "text/plain": "${text}" }, metadata: {}, transient: { display_id: "d" } });`;
  await withNotebooks(
    { "d.ipynb": [show("loss 4", false), show("loss 2", true)] },
    async (folder) => {
      assertEquals((await run(folder, ["d.ipynb"])).code, 0);
      const [first, second] = codeCells(await readNotebook(join(folder, "out", "d.ipynb")));
      const [shown] = first.outputs;
      assertEquals(shown.output_type === "display_data" && shown.data, { "text/plain": "loss 2" });
      assertEquals(second.outputs, []);
    },
  );
});

Deno.test("a failing cell ends the run with its error, and what ran is written", async () => {
  const cells = [`console.log("before")`, `throw new Error("heads do not fit")`, "console.log(3)"];
  await withNotebooks({ "f.ipynb": cells, "g.ipynb": ["1"] }, async (folder) => {
    const { code, said, errors } = await run(folder, ["f.ipynb", "g.ipynb"]);
    assertEquals(code, 1);
    assertStringIncludes(errors, "Error: heads do not fit");
    assertMatch(said, /\[2\/3\].*← failed/);
    assertMatch(said, /f +2 of 3, failed/);
    assertMatch(said, /g +not run/);
    const after = await readNotebook(join(folder, "out", "f.ipynb"));
    assertEquals(printed(after), ["before\n", "", ""]);
    const [error] = codeCells(after)[1].outputs;
    assertEquals(error.output_type === "error" && error.evalue, "heads do not fit");
    assertEquals(codeCells(after)[2].execution_count, null);
  });
});

Deno.test("several notebooks end in a table, and a parameter is set where it exists", async () => {
  await withNotebooks(
    { "a.ipynb": ["const n = 1;", "console.log(n)"], "b.ipynb": ["console.log(0)"] },
    async (folder) => {
      const { code, said } = await run(folder, ["a.ipynb", "b.ipynb", "--set", "n=5"]);
      assertEquals(code, 0);
      assertMatch(
        said,
        /notebook +cells +time +written\na +2 .*out\/a\.ipynb\nb +1 .*out\/b\.ipynb/,
      );
      assertEquals(printed(await readNotebook(join(folder, "out", "a.ipynb")))[1], "5\n");
    },
  );
});

Deno.test("what cannot be run is refused in one sentence before anything runs", async () => {
  await withNotebooks(
    { "n.ipynb": ["const steps = 1;"], "bare.ipynb": ["1"] },
    async (folder) => {
      await Deno.writeTextFile(join(folder, "text.ipynb"), "not JSON");
      await Deno.mkdir(join(folder, "other"));
      await Deno.copyFile(join(folder, "n.ipynb"), join(folder, "other", "n.ipynb"));
      const cases: [args: string[], says: string][] = [
        [["missing.ipynb"], "There is no notebook at"],
        [["text.ipynb"], "text.ipynb is not JSON"],
        [["n.ipynb", "--set", "stepz=3"], "n.ipynb has no parameter stepz; it has steps (1)."],
        [["n.ipynb", "--set", "steps=some"], 'steps is a number (now 1), and "some" is not.'],
        [["bare.ipynb", "--set", "steps=3"], 'bare.ipynb has no cell tagged "parameters"'],
        [["n.ipynb", "other/n.ipynb"], "Two notebooks are called n"],
        [["n.ipynb", "--out", "n.ipynb"], "cannot be written"],
        [["--no-such-option"], "There is no option --no-such-option"],
      ];
      for (const [args, says] of cases) {
        const { code, said, errors } = await run(folder, args);
        assertEquals([code, said.includes("[1/")], [1, false], args.join(" "));
        assertStringIncludes(errors, says);
        assertEquals(errors.trimEnd().split("\n").length, 1, errors);
      }
    },
  );
});

Deno.test("a kernel whose file is missing is reported in one sentence", async () => {
  await withNotebooks({ "n.ipynb": ["1"] }, async (folder) => {
    const kernel = (file: string) => [Deno.execPath(), "run", join(folder, "gone.ts"), file];
    const { code, errors } = await run(folder, ["n.ipynb"], { kernel });
    assertEquals(code, 1);
    const file = join(folder, "gone.ts");
    assertEquals(
      errors.trim(),
      `The kernel did not start: its file ${file} is missing; fetch it again.`,
    );
  });
});

Deno.test({
  name: "Ctrl-C interrupts the running cell, saves what there is and ends with 130",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const cells = [
      `console.log("on"); Deno.writeTextFileSync("started", ""); await new Promise(() => {});`,
      "console.log(2)",
    ];
    await withNotebooks({ "c.ipynb": cells }, async (folder) => {
      const runner = join(import.meta.dirname!, "..", "..", "kernel", "run.ts");
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", runner, "c.ipynb"],
        cwd: folder,
        env: { INIT_CWD: folder },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      let ended = false;
      child.status.then(() => ended = true);
      const started = () => Deno.stat(join(folder, "started")).then(() => true, () => false);
      while (!ended && !await started()) await new Promise((done) => setTimeout(done, 20));
      assertEquals(ended, false, "the runner ended before its first cell ran");
      child.kill("SIGINT");
      assertEquals((await child.status).code, 130);
      const after = await readNotebook(join(folder, "out", "c.ipynb"));
      assertEquals(printed(after), ["on\n", ""]);
      assertEquals(codeCells(after)[0].outputs.at(-1)?.output_type, "error");
    });
  },
});

Deno.test("the tour takes the notebooks of a folder in the order of their names", async () => {
  await withNotebooks({ "02_b.ipynb": [], "01_a.ipynb": [], "notes.txt": [] }, (folder) => {
    assertEquals(notebooksIn(folder), [join(folder, "01_a.ipynb"), join(folder, "02_b.ipynb")]);
    return Promise.resolve();
  });
});
