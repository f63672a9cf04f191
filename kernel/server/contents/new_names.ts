// Names for what is made without one: Untitled.ipynb, Untitled1.ipynb, untitled.txt, "Untitled Folder 1",
// report-Copy1.ipynb.

import { extname } from "@std/path";
import { joinApiPath } from "./api_path.ts";
import type { ContentsType } from "./model.ts";
import type { ServedFolder } from "./served_folder.ts";

/** What a new file, folder or notebook is called; with a number, if that is taken. */
export function untitledName(
  type: ContentsType,
  extension = "",
): { stem: string; extension: string; insert: string } {
  if (type === "directory") return { stem: "Untitled Folder", extension: "", insert: " " };
  if (type === "notebook") return { stem: "Untitled", extension: ".ipynb", insert: "" };
  return { stem: "untitled", extension, insert: "" };
}

/** What a copy is called: the number of a copy of a copy does not pile up. */
export function copyName(name: string): { stem: string; extension: string; insert: string } {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length).replace(/-Copy\d*$/, "");
  return { stem, extension, insert: "-Copy" };
}

/** The first of STEM, STEM1, STEM2, … that is free in a folder. */
export async function freeName(
  folder: ServedFolder,
  { in: where, stem, extension, insert }: {
    in: string;
    stem: string;
    extension: string;
    insert: string;
  },
): Promise<string> {
  for (let number = 0;; number++) {
    const name = `${stem}${number === 0 ? "" : insert + number}${extension}`;
    if (await folder.find(joinApiPath(where, name)) === undefined) return name;
  }
}
