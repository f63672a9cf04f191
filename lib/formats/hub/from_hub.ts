// A model by its name on the Hugging Face Hub.

import { HubError } from "../../errors.ts";
import { cellSignal } from "../../interrupt.ts";
import { byteSize } from "../byte_size.ts";
import { FILES, type HuggingFaceModel, readHuggingFace } from "../hugging_face/read.ts";
import { type DownloadOptions, type DownloadProgress, downloadRepository } from "./download.ts";

/**
 * The model `name` of the Hugging Face Hub. Its files are fetched once, into a cache, with a line of progress; a
 * download that is interrupted goes on where it was. Only JSON and numbers are fetched, and nothing is executed.
 *
 * @throws {HubError} if the Hub cannot be reached and the cache has nothing, there is no such model, or a file
 * arrives damaged
 * @throws {FormatError} if the model is of a family or has a tokenizer that is not read
 * @example
 * ```ts
 * const { model, tokenizer } = await fromHub("HuggingFaceTB/SmolLM2-135M");
 * ```
 */
export async function fromHub(
  name: string,
  options: DownloadOptions = {},
): Promise<HuggingFaceModel> {
  const { signal = cellSignal(), progress = progressLine(name) } = options;
  const wanted = (paths: readonly string[]) => filesOfModel(paths, name);
  const folder = await downloadRepository(name, wanted, { ...options, signal, progress });
  return await readHuggingFace(folder);
}

/** The files that a model is read from. */
function filesOfModel(paths: readonly string[], name: string): string[] {
  const small = [FILES.config, FILES.tokenizer, FILES.tokenizerConfig, FILES.generation];
  const weights = paths.includes(FILES.weights)
    ? [FILES.weights]
    : paths.filter((path) => path === FILES.index || /^model-\d+-of-\d+\.safetensors$/.test(path));
  if (weights.length === 0) {
    throw new HubError(
      `${name} has no numbers in the safetensors format, and others are not read.`,
    );
  }
  return [...small.filter((path) => paths.includes(path)), ...weights];
}

/** Shows progress in one line, which is written over, at most twice a second; nothing if all is there. */
function progressLine(name: string): (progress: DownloadProgress) => void {
  let shown = 0;
  return ({ file, received, total }) => {
    const isOver = received === total && shown > 0;
    if (!isOver && performance.now() - shown < 500) return;
    if (received === 0) return;
    if (received === total && shown === 0) return;
    shown = isOver ? 0 : performance.now();
    const line = `${name}: ${byteSize(received)} of ${byteSize(total)}, ${file}`;
    Deno.stdout.writeSync(new TextEncoder().encode(`\r${line.padEnd(78)}${isOver ? "\n" : ""}`));
  };
}
