// Where the time of a step goes, operation by operation.

import { fromFileUrl } from "@std/path";
import type { BenchOptions, Part } from "../train.ts";
import { runProgram } from "./process.ts";
import { nameOf } from "./shapes.ts";
import { writeShortText } from "./text.ts";

/** The time of one operation in a step. */
export interface OperationTime {
  readonly name: string;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Lines shown of each profile. */
const SHOWN = 20;

const script = fromFileUrl(new URL("./profile_ours.ts", import.meta.url));

/** Profiles each shape, on one thread. */
export async function profile({ shapes, steps }: BenchOptions): Promise<Part> {
  const textFile = await writeShortText();
  const figures: object[] = [];
  const lines: string[] = [];
  for (const shape of shapes) {
    const job = JSON.stringify({ textFile, shape, steps });
    const { lines: printed } = await runProgram(Deno.execPath(), [
      "run",
      "-A",
      "--no-check",
      script,
      job,
    ]);
    const times: OperationTime[] = JSON.parse(printed.at(-1)!);
    figures.push({ shape, times });
    const total = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    lines.push(
      `${nameOf(shape)}, one thread: ${total.toFixed(1)} ms a step`,
      "",
      "| operation | calls | ms | share |",
      "| --- | ---: | ---: | ---: |",
    );
    for (const { name, calls, milliseconds } of times.slice(0, SHOWN)) {
      const share = `${(100 * milliseconds / total).toFixed(1)} %`;
      lines.push(`| ${name} | ${calls.toFixed(0)} | ${milliseconds.toFixed(2)} | ${share} |`);
    }
    lines.push("");
  }
  await Deno.remove(textFile);
  return { figures, lines };
}
