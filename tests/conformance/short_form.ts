// Notebooks of the course in a form that runs in seconds: fewer steps, less text, and models kept elsewhere.

import { basename, join } from "@std/path";
import { findParameters, setParameters } from "../../kernel/notebook/parameters.ts";
import { readNotebook } from "../../kernel/notebook/read.ts";
import { writeNotebook } from "../../kernel/notebook/write.ts";

/** What each parameter of these names becomes, in whichever notebook has it. */
const SHORT: Record<string, string> = {
  size: "200000",
  steps: "20",
  tuningSteps: "20",
  tokens: "40",
  asked: "40",
  rewardSteps: "3",
  preferenceSteps: "3",
  practiceSteps: "5",
  epochs: "1",
  judged: "40",
  textBytes: "2000",
  passages: "10",
};

/** Parameters that name a file of a model. */
const FILES = ["keepAs", "model", "base"];

/** Writes the short form of a notebook into `folder` and returns its path. */
export async function writeShortForm(path: string, folder: string): Promise<string> {
  const notebook = await readNotebook(path);
  const names = new Set((await findParameters(notebook)).map(({ name }) => name));
  const values = new Map(Object.entries(SHORT).filter(([name]) => names.has(name)));
  const stem = join(folder, basename(path, ".ipynb"));
  for (const name of FILES) {
    if (names.has(name)) values.set(name, `${stem}${name === "base" ? "_base" : ""}.safetensors`);
  }
  if (names.has("twoFiles")) values.set("twoFiles", join(folder, "two_files"));
  await setParameters(notebook, values);
  const short = join(folder, basename(path));
  await writeNotebook(short, notebook);
  return short;
}
