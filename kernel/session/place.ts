// Where the notebook of this kernel lies.

import { dirname, isAbsolute } from "@std/path";
import type { NotebookPlace } from "./cell_process.ts";

/**
 * The notebook's place. Jupyter's server tells its path in JPY_SESSION_NAME and starts the kernel in its folder;
 * others only do the latter.
 */
export function notebookPlace(): NotebookPlace {
  const name = Deno.env.get("JPY_SESSION_NAME");
  const folder = Deno.cwd();
  if (name === undefined || !isAbsolute(name) || !name.endsWith(".ipynb")) return { folder };
  return dirname(name) === folder ? { folder, notebook: name } : { folder };
}
