// The folders where Jupyter keeps its data (kernelspecs among them), in the order in which it searches them.
// https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files

import { join } from "@std/path";
import { dataFolder } from "../../spec.ts";

const SEPARATOR = Deno.build.os === "windows" ? ";" : ":";

/** Jupyter's data folders, the first one counting most; not all of them need exist. */
export function jupyterDataFolders(): string[] {
  const named = (Deno.env.get("JUPYTER_PATH") ?? "").split(SEPARATOR).filter((path) => path !== "");
  // Jupyter looks into the environment of the Python that runs it; here, into the one that is active.
  const environments = ["VIRTUAL_ENV", "CONDA_PREFIX"].map((name) => Deno.env.get(name))
    .filter((prefix) => prefix !== undefined && prefix !== "")
    .map((prefix) => join(prefix!, "share", "jupyter"));
  return [...new Set([...named, ...environments, ...own(), ...ofAllUsers()])];
}

/** This user's folder, unless nobody knows where that is. */
function own(): string[] {
  try {
    return [dataFolder()];
  } catch {
    return [];
  }
}

function ofAllUsers(): string[] {
  if (Deno.build.os === "windows") {
    const data = Deno.env.get("PROGRAMDATA");
    return data === undefined ? [] : [join(data, "jupyter")];
  }
  return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
}
