// Models on the Hugging Face Hub: the files of a repository at one commit, each fetched into a cache piece by piece,
// taken up again where it broke off, and compared with the hash that the Hub has of it.

import { join } from "@std/path";
import { HubError } from "../../errors.ts";
import { byteSize } from "../byte_size.ts";
import { writeWhole } from "../file.ts";
import { expectHash } from "./hash.ts";

/** How far a download has come. */
export interface DownloadProgress {
  /** The file under way. */
  readonly file: string;
  /** Bytes of all files together that are there. */
  readonly received: number;
  /** Bytes of all files together. */
  readonly total: number;
}

/** How a repository is fetched. */
export interface DownloadOptions {
  /** A branch, tag or commit. Default "main". */
  revision?: string;
  /** Where models are kept; by default `dials/hub` in this user's cache folder. */
  cache?: string;
  /** The Hub's address. Default `HF_ENDPOINT`, or else https://huggingface.co. */
  hub?: string;
  /** An access token, for private models. Default `HF_TOKEN`. */
  token?: string;
  /** Ends the download where it is; what has arrived is kept. */
  signal?: AbortSignal;
  /** Called as bytes arrive. */
  progress?: (progress: DownloadProgress) => void;
}

/** What every step needs to know. */
interface Source {
  readonly name: string;
  readonly commit: string;
  readonly hub: string;
  readonly token?: string;
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/** A file as the Hub lists it. */
interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly oid?: string;
  readonly lfs?: { readonly oid: string };
}

const DEFAULT_HUB = "https://huggingface.co";
/** How often a file that breaks off is taken up again before giving up. */
const ATTEMPTS = 5;
/** Loaded when it is needed: most who use the library fetch nothing. */
const client = () => import("@huggingface/hub");

/**
 * Fetches the files of a repository for which `isWanted`, or finds them in the cache.
 *
 * @returns the folder they are in
 * @throws {HubError} if the Hub cannot be reached and the cache has nothing, there is no such model, or a file
 * arrives damaged
 */
export async function downloadRepository(
  name: string,
  isWanted: (paths: readonly string[]) => readonly string[],
  options: DownloadOptions = {},
): Promise<string> {
  if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/.test(name)) {
    throw new HubError(`"${name}" is no name of a model, such as "HuggingFaceTB/SmolLM2-135M".`);
  }
  const { revision = "main", hub = Deno.env.get("HF_ENDPOINT") || DEFAULT_HUB, signal } = options;
  const token = options.token || Deno.env.get("HF_TOKEN") || undefined;
  const place = join(options.cache ?? cacheFolder(), name.replace("/", "--"));
  const reference = join(place, "refs", encodeURIComponent(revision));
  let source: Source;
  let files: ListedFile[];
  try {
    const { listFiles, modelInfo } = await client();
    const asked = { hubUrl: hub, accessToken: token, fetch: abortable(signal) };
    const { sha } = await modelInfo({ name, revision, additionalFields: ["sha"], ...asked });
    if (!/^[0-9a-f]{40}$/.test(sha)) throw new HubError(`${hub} names no commit of ${name}.`);
    source = { name, commit: sha, hub, token, signal, folder: join(place, sha) };
    files = await Array.fromAsync(listFiles({ repo: name, revision: sha, ...asked }));
  } catch (error) {
    const kept = await Deno.readTextFile(reference).catch(() => undefined);
    if (kept !== undefined && isUnreachable(error)) return join(place, kept);
    throw hubError(error, { name, hub, signal });
  }
  const paths = new Set(isWanted(files.map(({ path }) => path)));
  await fetchAll(files.filter(({ path }) => paths.has(path)), source, options.progress);
  await writeWhole(reference, new TextEncoder().encode(source.commit)); // all is there: good without a network
  return source.folder;
}

async function fetchAll(
  files: readonly ListedFile[],
  source: Source,
  progress: DownloadOptions["progress"],
): Promise<void> {
  await Deno.mkdir(source.folder, { recursive: true });
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const file of files) {
    const tell = (received: number) =>
      progress?.({ file: file.path, received: done + received, total });
    const path = join(source.folder, file.path);
    const kept = await Deno.stat(path).then(({ size }) => size, () => -1);
    if (kept !== file.size) await fetchFile(file, source, tell);
    done += file.size;
    tell(0);
  }
}

async function fetchFile(
  file: ListedFile,
  source: Source,
  tell: (received: number) => void,
): Promise<void> {
  const draft = join(source.folder, `${file.path}.part`);
  let failure: unknown;
  let [received, before] = [-1, -1];
  for (let attempt = 0; received !== file.size; attempt++) {
    if (received > before) attempt = 0; // it goes on, if in pieces
    if (attempt === ATTEMPTS) throw hubError(failure, source);
    before = received;
    try {
      await appendRest(draft, file, source, tell);
    } catch (error) {
      if (source.signal?.aborted || error instanceof HubError) throw error;
      failure = error;
    }
    received = await Deno.stat(draft).then(({ size }) => size, () => 0);
    failure ??= new Error(`${byteSize(received)} of ${byteSize(file.size)} of ${file.path} came`);
  }
  try {
    await expectHash(draft, file);
  } catch (error) {
    await Deno.remove(draft);
    throw error;
  }
  await Deno.rename(draft, join(source.folder, file.path));
}

/** Fetches what a draft lacks of its file. */
async function appendRest(
  draft: string,
  { path, size }: ListedFile,
  { name, commit, hub, token, signal }: Source,
  tell: (received: number) => void,
): Promise<void> {
  using file = await Deno.open(draft, { create: true, write: true });
  let received = (await file.stat()).size;
  if (received > size) {
    await file.truncate(0);
    received = 0;
  }
  if (received === size) return;
  const { downloadFile } = await client();
  const asked = { hubUrl: hub, accessToken: token, fetch: abortable(signal) };
  const blob = await downloadFile({ repo: name, revision: commit, path, xet: false, ...asked });
  if (blob === null) throw new HubError(`${hub} lists ${path} of ${name}, but does not give it.`);
  if (blob.size !== size) {
    throw new HubError(`${path} should have ${size} bytes, but ${hub} offers ${blob.size}.`);
  }
  await file.seek(received, Deno.SeekMode.Start);
  for await (const chunk of blob.slice(received, size).stream()) {
    if (received + chunk.length > size) throw new HubError(`${path} is longer than ${size} bytes.`);
    for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    received += chunk.length;
    tell(received);
    signal?.throwIfAborted(); // what has already come to this machine would otherwise still be written
  }
}

/** `fetch` that a signal ends. */
function abortable(signal: AbortSignal | undefined): typeof fetch {
  return (input, init) => fetch(input, { ...init, signal });
}

function cacheFolder(): string {
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? ".";
  const folder = Deno.build.os === "windows"
    ? Deno.env.get("LOCALAPPDATA")
    : Deno.build.os === "darwin"
    ? join(home, "Library", "Caches")
    : Deno.env.get("XDG_CACHE_HOME");
  return join(folder || join(home, ".cache"), "dials", "hub");
}

/** Whether an error is of the way to the Hub, not of the Hub. */
function isUnreachable(error: unknown): boolean {
  return !(error instanceof HubError) && statusOf(error) === undefined;
}

function statusOf(error: unknown): number | undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : undefined;
}

/** The error in one sentence. */
function hubError(
  error: unknown,
  { name, hub, signal }: Pick<Source, "name" | "hub" | "signal">,
): unknown {
  if (signal?.aborted || error instanceof HubError) return error;
  const status = statusOf(error);
  if (status === 401 || status === 404) {
    return new HubError(
      `${hub} has no model ${name}, or it is private: check the name, or set HF_TOKEN to a token that ` +
        "may read it.",
    );
  }
  if (status === 403) {
    return new HubError(
      `${name} asks for consent: accept its terms at ${hub}/${name} and set HF_TOKEN to your token.`,
    );
  }
  const reason = (error as Error).message;
  return new HubError(
    status === undefined
      ? `${name} cannot be fetched, since ${hub} cannot be reached or broke off (${reason}): try again ` +
        "when there is a network, and it goes on where it was; readHuggingFace reads a folder without one."
      : `${name} cannot be fetched: ${hub} answers with status ${status} (${reason}).`,
  );
}
