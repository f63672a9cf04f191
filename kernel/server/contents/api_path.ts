// Paths as the contents API has them: names joined by slashes, seen from the served folder, which is "". What
// could lead out of that folder, or means something else on another system, is no path here.

import { RequestError } from "../errors.ts";

/** Control characters, NUL above all; backslashes, which Windows takes for slashes. */
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/** On Windows these name drives, devices and streams. */
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]|[. ]$/;

/**
 * A path without superfluous slashes.
 *
 * @throws {RequestError} 400 if it cannot be the path of a file in the served folder
 */
export function normalizeApiPath(path: string): string {
  const names = path.split("/").filter((name) => name !== "");
  for (const name of names) {
    const isForbidden = name === "." || name === ".." || FORBIDDEN.test(name) ||
      Deno.build.os === "windows" && FORBIDDEN_ON_WINDOWS.test(name);
    if (isForbidden) {
      throw new RequestError(400, `${JSON.stringify(path)} is no path of a file here.`);
    }
  }
  return names.join("/");
}

/**
 * The path that the end of a URL means, each name decoded once.
 *
 * @throws {RequestError} 400 if it cannot be the path of a file in the served folder
 */
export function apiPathOfUrl(encoded: string): string {
  const names = encoded.split("/").map((name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      throw new RequestError(400, "The URL's path is not UTF-8.");
    }
  });
  if (names.some((name) => name.includes("/"))) {
    throw new RequestError(400, "A name in the URL's path contains a slash.");
  }
  return normalizeApiPath(names.join("/"));
}

/** Whether a path leads through a hidden file or folder, which the lab does not show. */
export function isHidden(path: string): boolean {
  return path.split("/").some((name) => name.startsWith("."));
}

/** The folder of a path and the name in it. */
export function splitApiPath(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/** The path of a name in a folder. */
export function joinApiPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
