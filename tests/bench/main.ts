// The benchmarks: `deno task bench` lists them, `deno task bench SUITE` runs one, in a process of its own.
// A suite is a file in this folder; the rest of the command line is its.

import { fromFileUrl } from "@std/path";

const FOLDER = new URL("./", import.meta.url);

/** The suites by name, each with the first sentence of its file. */
async function readSuites(): Promise<Map<string, string>> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(FOLDER)) {
    if (isFile && name.endsWith(".ts") && name !== "main.ts") names.push(name.slice(0, -3));
  }
  const suites = new Map<string, string>();
  for (const name of names.sort()) {
    const source = await Deno.readTextFile(new URL(`${name}.ts`, FOLDER));
    const comment = /^(?:\/\/ .*\n)+/.exec(source)?.[0].replaceAll(/^\/\/ +/gm, "") ?? "";
    suites.set(name, comment.replaceAll("\n", " ").split(/(?<=\.) /)[0].trim());
  }
  return suites;
}

const [name, ...rest] = Deno.args;
const suites = await readSuites();
if (name === undefined || !suites.has(name)) {
  const width = Math.max(...[...suites.keys()].map(({ length }) => length));
  const list = [...suites].map(([name, what]) => `  ${name.padEnd(width)}  ${what}`).join("\n");
  const isMistake = name !== undefined && name !== "--help";
  const opening = isMistake ? `There is no suite "${name}".` : "deno task bench SUITE [--json]";
  console[isMistake ? "error" : "log"](`${opening} The suites are:\n${list}`);
  Deno.exit(isMistake ? 1 : 0);
}
const file = fromFileUrl(new URL(`${name}.ts`, FOLDER));
const suite = new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", file, ...rest],
  stdin: "null",
});
Deno.exit((await suite.spawn().status).code);
