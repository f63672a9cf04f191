// `Deno.jupyter` inside cells: the interface of Deno's own kernel, so that notebooks written for that one run
// here unchanged.
// https://docs.deno.com/api/deno/~/Deno.jupyter

import { encodeBase64 } from "@std/encoding";
import type { MimeBundle } from "../protocol/content.ts";
import { bundleOf, checkedBundle, DISPLAY, isMimeBundle } from "./bundle.ts";
import type { Output } from "./output.ts";

/** How {@linkcode JupyterApi.display} shows a value. */
export interface DisplayOptions {
  /** Take the value for an object of MIME types. On where it looks like one. */
  raw?: boolean;
  /** Show it in place of what the same `display_id` showed before. */
  update?: boolean;
  display_id?: string;
}

/** A value that shows itself. */
export interface Displayable {
  [DISPLAY](): MimeBundle;
}

/** The functions of `Deno.jupyter`. */
export interface JupyterApi {
  readonly $display: typeof DISPLAY;
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  md(strings: TemplateStringsArray, ...values: unknown[]): Displayable;
  html(strings: TemplateStringsArray, ...values: unknown[]): Displayable;
  svg(strings: TemplateStringsArray, ...values: unknown[]): Displayable;
  image(source: string | Uint8Array): Displayable;
  format(value: unknown): Promise<MimeBundle>;
  broadcast(
    messageType: string,
    content: Record<string, unknown>,
    extra?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
  ): Promise<void>;
}

/** `Deno.jupyter`, which speaks through `output`. */
export function createJupyterApi(output: Output): JupyterApi {
  const broadcast: JupyterApi["broadcast"] = (messageType, content, extra = {}) => {
    output.send({
      type: "publish",
      messageType,
      content,
      metadata: extra.metadata,
      buffers: extra.buffers?.map((buffer) => encodeBase64(buffer)),
    });
    return Promise.resolve();
  };
  const display: JupyterApi["display"] = async (value, options = {}) => {
    const { raw = isMimeBundle(value), update = false, display_id } = options;
    const bundle = raw ? checkedBundle(value) : bundleOf(value);
    await broadcast(update ? "update_display_data" : "display_data", {
      // Without an await where there is nothing to wait for: displays keep their order among printed lines.
      data: bundle instanceof Promise ? await bundle : bundle,
      metadata: {},
      transient: display_id === undefined ? {} : { display_id },
    });
  };
  return {
    $display: DISPLAY,
    display,
    md: template("text/markdown"),
    html: template("text/html"),
    svg: template("image/svg+xml"),
    image,
    format: async (value) => await bundleOf(value),
    broadcast,
  };
}

/** A tagged template whose text is shown as one MIME type. */
function template(type: string): JupyterApi["html"] {
  return (strings, ...values) => {
    const text = strings.reduce((joined, part, i) => `${joined}${String(values[i - 1])}${part}`);
    return { [DISPLAY]: () => ({ [type]: text }) };
  };
}

/** The first bytes of the image formats that front ends show. */
const SIGNATURES: [string, number[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46]],
  ["image/bmp", [0x42, 0x4d]],
];

function image(source: string | Uint8Array): Displayable {
  const bytes = typeof source === "string" ? Deno.readFileSync(source) : source;
  const found = SIGNATURES.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (found === undefined) {
    throw new TypeError(
      `Deno.jupyter.image was given ${
        typeof source === "string" ? source : `${bytes.length} bytes`
      }, ` +
        "which is no PNG, JPEG, GIF, WebP or BMP image",
    );
  }
  const [type] = found;
  return { [DISPLAY]: () => ({ [type]: encodeBase64(bytes) }) };
}
