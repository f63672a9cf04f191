// Where a kernel runs: in the folder of the file that it is for.

import { dirname } from "@std/path";
import type { ServedFolder } from "../contents/served_folder.ts";

/** The folder that the kernel for the file, or folder, at `path` runs in; where neither is, the served one. */
export async function whereKernelRuns(
  served: ServedFolder,
  path: string,
): Promise<{ folder: string; file?: string }> {
  // The path of what is no file, such as a console, may be any text.
  const found = await served.find(path).catch(() => undefined);
  if (found === undefined) return { folder: served.root };
  const { isDirectory } = await Deno.stat(found);
  return isDirectory ? { folder: found } : { folder: dirname(found), file: found };
}
