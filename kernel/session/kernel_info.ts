// What the kernel says about itself.

import type { KernelInfoOk } from "../protocol/content.ts";
import { PROTOCOL_VERSION } from "../protocol/message.ts";

/** The version of this kernel. */
export const KERNEL_VERSION = "0.1.0";

/** The content of a kernel_info reply. */
export function kernelInfo(): KernelInfoOk {
  const { deno, typescript } = Deno.version;
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "dials",
    implementation_version: KERNEL_VERSION,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `Dials ${KERNEL_VERSION}: TypeScript ${typescript} on Deno ${deno}`,
    debugger: false,
    help_links: [
      { text: "Deno", url: "https://docs.deno.com/" },
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    ],
    supported_features: [],
  };
}
