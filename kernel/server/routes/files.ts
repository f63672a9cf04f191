// /files: the files themselves, to look at or to download. Whatever is in them runs as if it came from somewhere
// else: without the lab's cookie, and without a way to its other pages.

import { Hono } from "hono";
import { apiPathOfUrl } from "../contents/api_path.ts";
import { fileToServe } from "../contents/read_contents.ts";
import type { ServedFolder } from "../contents/served_folder.ts";
import { byteRange } from "./byte_range.ts";

/** The route of files. */
export function fileRoutes(folder: ServedFolder): Hono {
  const app = new Hono();
  app.get("/*", async (c) => {
    const { pathname } = new URL(c.req.url);
    const { file, name, size, type, modified } = await fileToServe(
      folder,
      apiPathOfUrl(pathname.slice("/files".length)),
    );
    const disposition = c.req.query("download") === undefined ? "inline" : "attachment";
    const isText = type.startsWith("text/") || type === "application/javascript";
    const headers: Record<string, string> = {
      "Content-Type": isText ? `${type}; charset=utf-8` : type,
      "Content-Disposition": `${disposition}; filename*=utf-8''${encodeURIComponent(name)}`,
      "Content-Security-Policy": "frame-ancestors 'self'; sandbox allow-scripts",
      "Last-Modified": modified.toUTCString(),
      "Accept-Ranges": "bytes",
    };
    const { start, end, isPart } = byteRange(c.req.header("range"), size);
    headers["Content-Length"] = String(end - start);
    if (isPart) headers["Content-Range"] = `bytes ${start}-${end - 1}/${size}`;
    const status = isPart ? 206 : 200;
    if (c.req.method === "HEAD") return c.body(null, status, headers);
    const source = await Deno.open(file);
    await source.seek(start, Deno.SeekMode.Start);
    return c.body(
      isPart ? firstBytes(source.readable, end - start) : source.readable,
      status,
      headers,
    );
  });
  return app;
}

function firstBytes(stream: ReadableStream<Uint8Array>, count: number): ReadableStream<Uint8Array> {
  let left = count;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        controller.enqueue(bytes.subarray(0, left));
        left -= Math.min(left, bytes.length);
        if (left === 0) controller.terminate();
      },
    }),
  );
}
