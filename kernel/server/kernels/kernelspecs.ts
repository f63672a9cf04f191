// The kernels that can be started: this project's own, which needs no installation, and those installed for
// Jupyter.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs

import { join } from "@std/path";
import { KERNEL_NAME, type KernelSpec, kernelSpec } from "../../spec.ts";
import { isObject, type Json } from "../../notebook/format.ts";
import { jupyterDataFolders } from "./data_folders.ts";

/** A kernel that can be started. */
export interface KnownKernel {
  name: string;
  spec: KernelSpec;
  /** Where its logos are; none for the kernel that is not installed. */
  folder?: string;
}

/** Kernel names as Jupyter allows them. */
const NAME = /^[a-z0-9._-]+$/i;

/** Every kernel that can be started, by name. Where a name occurs twice, the folder that is searched first counts. */
export async function findKernels(
  folders = jupyterDataFolders(),
): Promise<Map<string, KnownKernel>> {
  const kernels = new Map<string, KnownKernel>();
  kernels.set(KERNEL_NAME, { name: KERNEL_NAME, spec: kernelSpec() });
  for (const folder of folders.map((data) => join(data, "kernels"))) {
    for (const entry of await namesIn(folder)) {
      const name = entry.toLowerCase();
      if (kernels.has(name) || !NAME.test(name)) continue;
      const spec = await readSpec(join(folder, entry));
      if (spec !== undefined) kernels.set(name, { name, spec, folder: join(folder, entry) });
    }
  }
  return kernels;
}

/** The files of a kernel's folder that front ends may ask for, by the names Jupyter gives them. */
export async function kernelResources({ folder }: KnownKernel): Promise<Map<string, string>> {
  const resources = new Map<string, string>();
  if (folder === undefined) return resources;
  for (const file of await namesIn(folder)) {
    if (file === "kernel.js" || file === "kernel.css") resources.set(file, file);
    else if (file.startsWith("logo-")) resources.set(file.replace(/\.[^.]+$/, ""), file);
  }
  return resources;
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch {
    // A folder that is not there, or not ours to read, holds no kernels for us.
  }
  return names.sort();
}

/** A folder's kernelspec; undefined where it holds none that can be used. */
async function readSpec(folder: string): Promise<KernelSpec | undefined> {
  let value: Json;
  try {
    value = JSON.parse(await Deno.readTextFile(join(folder, "kernel.json")));
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isStrings(value.argv) || value.argv.length === 0) return undefined;
  const { argv, display_name, language, interrupt_mode, env, metadata } = value;
  return {
    argv,
    display_name: String(display_name ?? ""),
    language: String(language ?? ""),
    interrupt_mode: interrupt_mode === "message" ? "message" : "signal",
    env: isObject(env)
      ? Object.fromEntries(Object.entries(env).map(([k, v]) => [k, String(v)]))
      : {},
    metadata: isObject(metadata) ? metadata : {},
  };
}

function isStrings(value: Json): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
