// What a front end shows for a value: a representation per MIME type.

import { types } from "node:util";
import { encodeBase64 } from "@std/encoding";
import type { MimeBundle } from "../protocol/content.ts";
import { inspectValue, resultText } from "./inspect_value.ts";
import { knownBundle } from "./known_values.ts";

/** The method by which a value shows itself. */
export const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The representations of a value: what its `Jupyter.display` method says, or else plain text, with more beside
 * it for values that are known. Comes at once unless that method is asynchronous, or the value a figure.
 *
 * @throws {TypeError} if the method gives something other than an object of MIME types
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = displayMethod(value);
  if (method === undefined) return withText(value, known(value));
  const bundle = method.call(value);
  return bundle instanceof Promise ? bundle.then(checkedBundle) : checkedBundle(bundle);
}

function withText(
  value: unknown,
  more: MimeBundle | Promise<MimeBundle> | undefined,
): MimeBundle | Promise<MimeBundle> {
  const text = { "text/plain": resultText(value) };
  if (more instanceof Promise) return more.then((bundle) => ({ ...text, ...bundle }));
  return { ...text, ...more };
}

function known(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  try {
    return knownBundle(value);
  } catch {
    // It only looked like one: its text has to do.
    return undefined;
  }
}

/** Whether a value is an object of MIME types itself. */
export function isMimeBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || displayMethod(value) !== undefined) {
    return false;
  }
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[^\s/]+$/i.test(key));
}

/** The bundle with bytes in base64, as the protocol wants them. */
export function checkedBundle(bundle: unknown): MimeBundle {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `a [Symbol.for("Jupyter.display")] method gave ${
        inspectValue(bundle)
      }; it should give an object ` +
        'of MIME types such as { "text/html": "…" }',
    );
  }
  return Object.fromEntries(
    Object.entries(bundle).filter(([, data]) => data !== undefined)
      .map(([type, data]) => [type, data instanceof Uint8Array ? encodeBase64(data) : data]),
  );
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return undefined;
  }
  try {
    const method = Reflect.get(value, DISPLAY);
    return typeof method === "function" ? method : undefined;
  } catch {
    // A proxy that refuses to be looked at has nothing to show by itself.
    return undefined;
  }
}
