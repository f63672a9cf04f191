// Programs that measure, each in a process of its own, with the peak of its memory.

/** What a program printed, and the most memory it had. */
export interface Finished {
  readonly lines: readonly string[];
  /** In bytes; undefined where the system does not tell. */
  readonly peakBytes?: number;
}

/** Milliseconds between looks at a process's memory; the system keeps the peak itself. */
const LOOK = 50;

/** Runs a program to its end. */
export async function runProgram(command: string, args: string[]): Promise<Finished> {
  const process = new Deno.Command(command, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let peakBytes: number | undefined;
  const look = () => peakBytes = peakOf(process.pid) ?? peakBytes;
  const timer = setInterval(look, LOOK);
  const { success, stdout, stderr } = await process.output();
  clearInterval(timer);
  if (!success) {
    throw new Error(`${command} failed: ${new TextDecoder().decode(stderr).trim().slice(-500)}`);
  }
  return { lines: new TextDecoder().decode(stdout).trim().split("\n"), peakBytes };
}

function peakOf(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return 1024 * Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]);
  } catch {
    return undefined; // it has ended, or this is no Linux
  }
}

/** The middle of `values`. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
