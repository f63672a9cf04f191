// The JSON that requests carry, of which no more is read than may be.

import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isObject, type Json, type JsonObject } from "../../notebook/format.ts";
import { RequestError } from "../errors.ts";

/** How large what is saved may be, in bytes; larger files come in pieces. */
export const CONTENT_LIMIT = 256 * 2 ** 20;

/** How large other requests may be, in bytes. */
export const REQUEST_LIMIT = 2 ** 20;

/** Refuses what is larger than `bytes` as soon as that is known. */
export function limitBody(bytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new RequestError(413, `The request is larger than ${bytes / 2 ** 20} MB.`);
    },
  });
}

/**
 * The JSON object in a request's body; undefined where it has none.
 *
 * @throws {RequestError} 400 if the body is something else
 */
export async function readBody(c: Context): Promise<JsonObject | undefined> {
  const text = await c.req.text();
  if (text.trim() === "") return undefined;
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError(400, "Invalid JSON in body of request");
  }
  if (value === null) return undefined;
  if (!isObject(value)) throw new RequestError(400, "The body of the request is no JSON object.");
  return value;
}

/** As {@linkcode readBody}, where there must be one. */
export async function expectBody(c: Context): Promise<JsonObject> {
  const body = await readBody(c);
  if (body === undefined) throw new RequestError(400, "JSON body missing");
  return body;
}

/** A field that is a text; undefined where it is left out. */
export function textOf(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new RequestError(400, `${field} should be a string.`);
  return value;
}
