// Where the cells of this kernel run, by which configuration, and with how much memory: told by the environment.

import { dirname, isAbsolute } from "@std/path";
import { graceTime } from "./grace.ts";
import { type NotebookConfig, readNotebookConfig } from "./notebook_config.ts";

/** How a cell process is started. */
export interface CellSettings {
  /** The notebook's folder. */
  folder: string;
  /** The notebook's file, where the front end told. */
  notebook?: string;
  /** Megabytes that JavaScript values may take; V8's own limit where it is not given. */
  memory?: number;
  /** Deno's flags for what a sandboxed cell may do beside reading its folder; undefined without a sandbox. */
  allowed?: string[];
  /** Milliseconds after which a cell that does not notice its interrupt is ended. */
  grace: number;
  /** What the notebook's folder says about modules. */
  config: NotebookConfig;
  /** Whether the types of every cell are checked, not only of those that ask for it. */
  checkAll: boolean;
}

/**
 * The settings of this kernel. Jupyter's server tells the notebook's path in JPY_SESSION_NAME and starts the
 * kernel in its folder, others only do the latter; users may limit the memory by DIALS_MEMORY, the time for
 * noticing an interrupt by DIALS_GRACE, and have every cell's types checked by DIALS_CHECK=1.
 *
 * @param allowed what cells may do in a sandbox; without it there is none
 *
 * @throws {RangeError} if DIALS_MEMORY is no number of megabytes, or DIALS_GRACE none of seconds
 */
export function cellSettings({ allowed }: { allowed?: string[] } = {}): CellSettings {
  const folder = Deno.cwd();
  const name = Deno.env.get("JPY_SESSION_NAME");
  const isFile = name !== undefined && isAbsolute(name) && name.endsWith(".ipynb");
  return {
    folder,
    ...(isFile && dirname(name) === folder ? { notebook: name } : {}),
    ...memoryLimit(),
    ...(allowed === undefined ? {} : { allowed }),
    grace: graceTime(),
    config: readNotebookConfig(folder),
    checkAll: Deno.env.get("DIALS_CHECK") === "1",
  };
}

function memoryLimit(): { memory?: number } {
  const text = Deno.env.get("DIALS_MEMORY");
  if (text === undefined || text === "") return {};
  const memory = Number(text);
  if (!Number.isInteger(memory) || memory < 64) {
    throw new RangeError(
      `the environment variable DIALS_MEMORY is ${
        JSON.stringify(text)
      }; it should be the memory of cells ` +
        "in megabytes, a whole number from 64",
    );
  }
  return { memory };
}
