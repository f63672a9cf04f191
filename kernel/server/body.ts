// The JSON that requests carry, of which no more is read than may be.

import type { Context } from "hono";
import { isObject, type Json, type JsonObject } from "../notebook/format.ts";
import { RequestError } from "./errors.ts";

/** How large what is saved may be, in bytes; larger files come in pieces. */
export const CONTENT_LIMIT = 256 * 2 ** 20;

/** How large other requests may be, in bytes. */
const REQUEST_LIMIT = 2 ** 20;

/**
 * The text in a request's body.
 *
 * @throws {RequestError} 413 as soon as it is known to be larger than `limit` bytes, 400 if it is not UTF-8
 */
export async function readText(c: Context, limit: number): Promise<string> {
  const tooLarge = new RequestError(413, `The request is larger than ${limit / 2 ** 20} MB.`);
  if (Number(c.req.header("content-length") ?? 0) > limit) throw tooLarge;
  // A client need not say how much it sends.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  let text = "";
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      length += chunk.length;
      if (length > limit) throw tooLarge;
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RequestError(400, "The body of the request is not UTF-8, or has broken off.");
  }
}

/**
 * The JSON object in a request's body; undefined where it has none.
 *
 * @throws {RequestError} 400 if the body is something else, 413 if it is larger than `limit` bytes
 */
export async function readBody(
  c: Context,
  { limit = REQUEST_LIMIT } = {},
): Promise<JsonObject | undefined> {
  const text = await readText(c, limit);
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
