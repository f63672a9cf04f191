// `Deno.jupyter` inside cells: the interface of Deno's own kernel, so that notebooks written for that one run
// here unchanged.
// https://docs.deno.com/api/deno/~/Deno.jupyter

import { encodeBase64 } from "@std/encoding";
import type { MimeBundle } from "../protocol/content.ts";
import { imageBundle } from "./image.ts";
import { bundleOf, checkedBundle, DISPLAY, isMimeBundle } from "./bundle.ts";
import type { Comms, CommsApi } from "./comms.ts";
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
  /** An image file, by its path or its bytes. */
  image(source: string | Uint8Array): Displayable;
  /** Takes away what the cell has shown so far; with `wait`, when it shows something new. */
  clearOutput(options?: { wait?: boolean }): Promise<void>;
  /** Conversations with objects of the front end. */
  readonly comms: CommsApi;
  format(value: unknown): Promise<MimeBundle>;
  broadcast(
    messageType: string,
    content: Record<string, unknown>,
    extra?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
  ): Promise<void>;
}

/** `Deno.jupyter`, which speaks through `output`. */
export function createJupyterApi(output: Output, comms: Comms): JupyterApi {
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
    clearOutput: ({ wait = false } = {}) => broadcast("clear_output", { wait }),
    comms: {
      open: (target, message) => comms.open(target, message),
      register: (target, opened) => comms.register(target, opened),
    },
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

function image(source: string | Uint8Array): Displayable {
  const bytes = typeof source === "string" ? Deno.readFileSync(source) : source;
  const bundle = imageBundle(bytes);
  if (bundle === undefined) {
    const given = typeof source === "string" ? source : `${bytes.length} bytes`;
    throw new TypeError(
      `Deno.jupyter.image was given ${given}, which is no PNG, JPEG, GIF, WebP, BMP or SVG image`,
    );
  }
  return { [DISPLAY]: () => bundle };
}
