// How fast tokenizers train and encode, and the memory at its peak, beside Hugging Face's and OpenAI's packages.
//   deno task bench tokenizer [--json] [--rounds 3] [--peer PYTHON]
//
// The text is tinyshakespeare. Each measurement has a process of its own, so that its peak of memory is its
// own; ours and theirs take turns, and of several rounds the best counts. The peer is a Python that has the
// packages `tokenizers` and `tiktoken`; without --peer, `python3` is asked.

import { fromFileUrl } from "@std/path";
import { parseArgs } from "@std/cli/parse-args";
import { DATA } from "../fixtures.ts";
import { type MeasurementName, MEASUREMENTS } from "./tokenizer/measure.ts";

/** What one process measured. */
interface Measured {
  /** Of the best run. */
  seconds: number;
  /** Of the first run, where it differs. */
  coldSeconds?: number;
  /** Of the text. */
  bytes: number;
  /** The process's peak. */
  peakBytes: number;
  /** What came out, to see that ours and theirs did the same. */
  result: number;
}

/** A line of the table. */
interface Line {
  measurement: MeasurementName;
  ours: Measured;
  theirs?: Measured;
  peer: string;
}

const textFile = new URL("tinyshakespeare.txt", DATA);
const scripts = new URL("./tokenizer/", import.meta.url);

async function runScript(command: string, args: string[]): Promise<Measured | undefined> {
  const process = new Deno.Command(command, { args, stdin: "null", stderr: "piped" });
  const { success, stdout, stderr } = await process.output();
  if (success) return JSON.parse(new TextDecoder().decode(stdout));
  throw new Error(`${command} failed: ${new TextDecoder().decode(stderr).trim().slice(-300)}`);
}

/** The versions of the peer's packages; undefined where there is no such Python. */
async function findPeer(python: string): Promise<string | undefined> {
  const code = "import tokenizers, tiktoken; " +
    "print(f'tokenizers {tokenizers.__version__}, tiktoken {tiktoken.__version__}')";
  try {
    const { success, stdout } = await new Deno.Command(python, { args: ["-c", code] }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function better(a: Measured | undefined, b: Measured | undefined): Measured | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const least = (x?: number, y?: number) => x === undefined || y === undefined ? x : Math.min(x, y);
  return {
    ...a,
    seconds: Math.min(a.seconds, b.seconds),
    coldSeconds: least(a.coldSeconds, b.coldSeconds),
    peakBytes: Math.min(a.peakBytes, b.peakBytes),
  };
}

async function measure(
  rounds: number,
  { python, merges }: { python: string | undefined; merges: string },
): Promise<Line[]> {
  const path = fromFileUrl(textFile);
  const ours = fromFileUrl(new URL("measure.ts", scripts));
  const theirs = fromFileUrl(new URL("peer_tokenizer.py", scripts));
  const lines: Line[] = [];
  for (const [measurement, { peer }] of Object.entries(MEASUREMENTS)) {
    let line: Partial<Line> = {};
    for (let round = 0; round < rounds; round++) {
      const args = [measurement, path, merges];
      const own = await runScript(Deno.execPath(), ["run", "-A", "--no-check", ours, ...args]);
      const other = python === undefined ? undefined : await runScript(python, [theirs, ...args]);
      line = { ours: better(line.ours, own), theirs: better(line.theirs, other) };
    }
    lines.push({ measurement: measurement as MeasurementName, ...line, peer } as Line);
  }
  return lines;
}

/** Lines where ours and theirs did not come to the same result. */
function differences(lines: readonly Line[]): string[] {
  return lines.filter(({ ours, theirs }) => theirs !== undefined && theirs.result !== ours.result)
    .map(({ measurement, ours, theirs, peer }) =>
      `${MEASUREMENTS[measurement].what}: ${ours.result} here, ${theirs!.result} by ${peer}`
    );
}

function printTable(lines: readonly Line[]): void {
  const time = (seconds: number): string =>
    seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
  const speed = ({ bytes }: Measured, seconds: number): string =>
    `${(bytes / seconds / 1e6).toFixed(1)} MB/s`;
  const figure = (measured: Measured, isTraining: boolean, seconds = measured.seconds): string =>
    isTraining ? time(seconds) : speed(measured, seconds);
  const memory = ({ peakBytes }: Measured): string => `${(peakBytes / 2 ** 20).toFixed(0)} MiB`;
  const rows = lines.flatMap(({ measurement, ours, theirs, peer }) => {
    const { what, isTraining } = MEASUREMENTS[measurement];
    const row = (label: string, own: number, other: number | undefined): string[] => [
      label,
      figure(ours, isTraining, own),
      theirs === undefined || other === undefined
        ? "not found"
        : `${figure(theirs, isTraining, other)} ${peer}`,
      other === undefined ? "" : `${(other / own).toFixed(1)} ×`,
      memory(ours),
      theirs === undefined ? "" : memory(theirs),
    ];
    return ours.coldSeconds === undefined ? [row(what, ours.seconds, theirs?.seconds)] : [
      row(`${what}, cold`, ours.coldSeconds, theirs?.coldSeconds),
      row(`${what}, warm`, ours.seconds, theirs?.seconds),
    ];
  });
  const table = [["", "Dials", "peer", "as fast", "peak of memory", "peer's"], ...rows];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) {
    console.log(
      row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  "),
    );
  }
}

if (import.meta.main) {
  const options = parseArgs(Deno.args, {
    boolean: ["json"],
    string: ["peer", "rounds"],
    default: { rounds: "3", peer: "python3" },
  });
  const rounds = Number(options.rounds);
  if (!(Number.isInteger(rounds) && rounds >= 1)) {
    console.error(`--rounds is ${options.rounds}; give a whole number from 1.`);
    Deno.exit(1);
  }
  try {
    await Deno.stat(textFile);
  } catch {
    console.error(`The text is not here: put tinyshakespeare.txt at ${fromFileUrl(textFile)}.`);
    Deno.exit(1);
  }
  const peer = await findPeer(options.peer);
  const merges = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const lines = await measure(rounds, { python: peer && options.peer, merges });
    if (options.json) console.log(JSON.stringify({ peer: peer ?? "not found", lines }, null, 2));
    else {
      printTable(lines);
      for (const line of differences(lines)) console.log(`The results differ: ${line}`);
      console.log(
        `\nThe peer: ${peer ?? `not found (${options.peer} lacks tokenizers or tiktoken)`}`,
      );
    }
  } finally {
    await Deno.remove(merges);
  }
}
