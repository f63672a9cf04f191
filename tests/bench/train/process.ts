// Programs that measure, each in a process of its own, with the peak of its memory.

/** What a program printed, and the most memory it had. */
export interface Finished {
  readonly lines: readonly string[];
  /** In bytes; undefined where the system does not tell. */
  readonly peakBytes?: number;
}

/** Milliseconds between looks at a process's memory; the system keeps the peak itself. */
const LOOK = 50;

/**
 * Runs a program to its end.
 *
 * @param options.until ends it at the first line for which this is true
 */
export async function runProgram(
  command: string,
  args: string[],
  { until = () => false }: { until?: (line: string) => boolean } = {},
): Promise<Finished> {
  const process = new Deno.Command(command, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let peakBytes: number | undefined;
  const look = () => peakBytes = peakOf(process.pid) ?? peakBytes;
  const timer = setInterval(look, LOOK);
  const complaints = new Response(process.stderr).text();
  const lines: string[] = [];
  let isEnough = false;
  for await (const line of linesOf(process.stdout)) {
    lines.push(line);
    if (!until(line)) continue;
    isEnough = true;
    process.kill("SIGKILL");
    break;
  }
  const { success } = await process.status;
  clearInterval(timer);
  if (!success && !isEnough) {
    throw new Error(`${command} failed: ${(await complaints).trim().slice(-500)}`);
  }
  return { lines, peakBytes };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function peakOf(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const peak = /VmHWM:\s*(\d+) kB/.exec(status)?.[1]; // a process that has just ended has none
    return peak === undefined ? undefined : 1024 * Number(peak);
  } catch {
    return undefined; // it has ended, or this is no Linux
  }
}

/** The middle of `values`. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
