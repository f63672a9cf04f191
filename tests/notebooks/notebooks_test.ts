// What holds for every notebook of the course as it lies in the repository.

import { assert, assertEquals } from "@std/assert";
import { basename, fromFileUrl, join } from "@std/path";
import { readNotebook } from "../../kernel/notebook/read.ts";

const FOLDER = fromFileUrl(new URL("../../notebooks", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

const paths = [...Deno.readDirSync(FOLDER)]
  .filter(({ name }) => name.endsWith(".ipynb"))
  .map(({ name }) => join(FOLDER, name))
  .sort();

Deno.test("the course has its eight notebooks", () => {
  assertEquals(
    paths.map((path) => Number(basename(path).slice(0, 2))),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
});

for (const path of paths) {
  const name = basename(path);

  Deno.test(`${name} begins with a title and then its dials`, async () => {
    const { cells } = await readNotebook(path);
    assert(
      cells[0].cell_type === "markdown" &&
        cells[0].source.startsWith(`# ${Number(name.slice(0, 2))} · `),
    );
    const firstCode = cells.find((cell) => cell.cell_type === "code")!;
    assertEquals(firstCode.metadata.tags, ["parameters"]);
  });

  Deno.test(`${name} is kept without outputs`, async () => {
    const { cells } = await readNotebook(path);
    for (const cell of cells) {
      if (cell.cell_type !== "code") continue;
      assertEquals({ outputs: cell.outputs, count: cell.execution_count }, {
        outputs: [],
        count: null,
      });
    }
  });

  // Deno's own formatter finds a difference in every notebook that it has not written itself.
  Deno.test(`${name} has formatted code`, async () => {
    const { cells } = await readNotebook(path);
    const folder = await Deno.makeTempDir();
    try {
      for (const { cell_type, id, source } of cells) {
        if (cell_type === "code") await Deno.writeTextFile(join(folder, `${id}.ts`), source + "\n");
      }
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["fmt", "--check", "--line-width", "100", "--config", CONFIG, folder],
        env: { NO_COLOR: "1" },
      }).output();
      assert(success, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
