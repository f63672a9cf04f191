// Stack traces as a notebook's user wants them: cells by name with the user's own lines, no frame of the
// kernel or the runtime between them.

import { withoutVersion } from "./local_modules.ts";
import type { SourceMaps } from "./source_maps.ts";

/** The part of V8's call sites that is used here. */
interface CallSite {
  getFunctionName(): string | null;
  getScriptNameOrSourceURL(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  isAsync(): boolean;
  isConstructor(): boolean;
}

/** The folder of the code that runs cells. */
const OWN_FOLDER = new URL(".", import.meta.url).href;

/** Frames that V8 gathers: more than by default, since many are left out. */
const GATHERED = 50;

/** Makes every error's `stack` so from here on. */
export function installStackTraces(maps: SourceMaps): void {
  Error.stackTraceLimit = GATHERED;
  Object.defineProperty(Error, "prepareStackTrace", {
    value: (error: unknown, sites: CallSite[]) => {
      const frames = sites.flatMap((site) => frameOf(site, maps) ?? []);
      return [headOf(error), ...frames].join("\n");
    },
    writable: true,
    configurable: true,
  });
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    // An error whose name or message cannot be read still has frames.
    return "Error";
  }
}

function frameOf(site: CallSite, maps: SourceMaps): string | undefined {
  const script = site.getScriptNameOrSourceURL();
  if (script === null || script === undefined || isInternal(script)) return undefined;
  const place = { line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 };
  const { line, column } = maps.has(script) ? maps.original(script, place) : place;
  const where = `${withoutVersion(script)}:${line}:${column}`;
  const name = site.getFunctionName();
  const prefix = `${site.isAsync() ? "async " : ""}${site.isConstructor() ? "new " : ""}`;
  return name ? `    at ${prefix}${name} (${where})` : `    at ${prefix}${where}`;
}

function isInternal(script: string): boolean {
  return script.startsWith("ext:") || script.startsWith("node:") || script.startsWith("checkin:") ||
    script.startsWith(OWN_FOLDER);
}
