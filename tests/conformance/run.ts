// Jupyter's judgement: its own kernel tests, and nbclient on every notebook of the course in its short form, against
// the installed kernelspec; JupyterLab's client and Jupyter Server's against the lab. All is in a temporary folder
// that Jupyter is told of, so that no file of the user is touched.
//   deno task test:jupyter [NOTEBOOK…]

import { basename, dirname, fromFileUrl, join, resolve } from "@std/path";
import { installKernel } from "../../kernel/spec.ts";
import { findPython } from "../python.ts";
import { type Counts, judge } from "./judge.ts";
import { judgeLab } from "./lab.ts";
import { writeShortForm } from "./short_form.ts";

const HERE = fromFileUrl(new URL(".", import.meta.url));
const NOTEBOOKS = fromFileUrl(new URL("../../notebooks", import.meta.url));

const MODULES = [
  "jupyter_kernel_test",
  "nbclient",
  "jupyter_client",
  "jupyter_server",
  "websocket",
];
const ADVICE = "To run Jupyter's tests install Python with its packages: " +
  "apt-get install python3-jupyter-kernel-test python3-nbclient python3-jupyter-server (Debian), " +
  "or pip install jupyter_kernel_test nbclient jupyter_server websocket-client; " +
  "DIALS_PYTHON names another Python than the first that has them.";

/** The notebooks of the course, in its order. */
function courseNotebooks(): string[] {
  return [...Deno.readDirSync(NOTEBOOKS)].filter(({ name }) => name.endsWith(".ipynb"))
    .map(({ name }) => join(NOTEBOOKS, name)).sort();
}

async function main(): Promise<number> {
  const python = await findPython(MODULES);
  if (python === undefined) {
    console.error(ADVICE);
    return 1;
  }
  const folder = await Deno.makeTempDir({ prefix: "conformance-" });
  try {
    await installKernel(folder);
    const env = {
      JUPYTER_PATH: join(folder, "share", "jupyter"),
      JUPYTER_DATA_DIR: join(folder, "data"),
      JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
      IPYTHONDIR: join(folder, "ipython"),
      DIALS_HISTORY: join(folder, "history"),
    };
    const judgements = [await judge(python, { args: [join(HERE, "kernel_messages.py")], env })];
    for (const notebook of Deno.args.length > 0 ? Deno.args : courseNotebooks()) {
      console.log(`${basename(notebook)} by nbclient:`);
      const short = await writeShortForm(notebook, folder);
      const args = [join(HERE, "execute_notebook.py"), short, dirname(resolve(notebook))];
      judgements.push(await judge(python, { args, env }));
    }
    if (Deno.args.length === 0) judgements.push(...await judgeLab({ python, folder, env }));
    const total = (key: keyof Counts) => judgements.reduce((sum, counts) => sum + counts[key], 0);
    console.log(
      `Jupyter's tests and clients: ${total("passed")} passed, ${total("failed")} failed, ` +
        `${total("skipped")} skipped.`,
    );
    return total("failed") === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.exit(await main());
