// How well models answer sets of questions, side by side: the table, the transcript behind each number, the picture.

import { ConfigError } from "../errors.ts";
import { cellSignal } from "../interrupt.ts";
import { type Share, shareInterval } from "./interval.ts";
import { type Assistant, judge, type Judged, type JudgeOptions } from "./judge.ts";
import type { Question } from "./question.ts";

/** What one model made of one set. */
export interface SetResult extends Share {
  readonly assistant: string;
  readonly set: string;
  /** Every question with its reply. */
  readonly transcript: readonly Judged[];
}

/** Options of {@linkcode evaluateAssistants}. */
export interface EvaluationOptions extends Omit<JudgeOptions, "progress"> {
  /** Hears what is being judged, and how far it is. */
  progress?: (at: { assistant: string; set: string; done: number; of: number }) => void;
}

/**
 * Asks every model every question of every set.
 *
 * @param assistants the models by name, in the order of the table's columns
 * @param sets the questions by name, in the order of its rows
 * @returns the report, without what a signal left undone
 * @throws {ConfigError} if a set is empty, or as {@linkcode judge}
 * @example
 * ```ts
 * const { test } = reasoning({ seed: 1 });
 * const report = await evaluateAssistants({ base, tuned }, { reasoning: test });
 * report.transcript({ assistant: "tuned", set: "reasoning" }).slice(0, 10);
 * ```
 */
export async function evaluateAssistants(
  assistants: Readonly<Record<string, Assistant>>,
  sets: Readonly<Record<string, readonly Question[]>>,
  { progress, signal = cellSignal(), ...options }: EvaluationOptions = {},
): Promise<EvaluationReport> {
  const results: SetResult[] = [];
  for (const [set, questions] of Object.entries(sets)) {
    if (questions.length === 0) {
      throw new ConfigError(`The set ${set} has no question: give at least one.`);
    }
    for (const [name, assistant] of Object.entries(assistants)) {
      const transcript = await judge(assistant, questions, {
        ...options,
        signal,
        progress: (done) => progress?.({ assistant: name, set, done, of: questions.length }),
      });
      if (transcript.length === 0) continue;
      const passed = transcript.filter((judged) => judged.passed).length;
      const share = shareInterval(passed, transcript.length);
      results.push({ assistant: name, set, transcript, ...share });
    }
  }
  return new EvaluationReport(results);
}

/** The results of an evaluation; a notebook shows it as a table. */
export class EvaluationReport {
  readonly results: readonly SetResult[];

  constructor(results: readonly SetResult[]) {
    this.results = results;
  }

  /** The names of the models, in order. */
  get assistants(): string[] {
    return [...new Set(this.results.map(({ assistant }) => assistant))];
  }

  /** The names of the sets, in order. */
  get sets(): string[] {
    return [...new Set(this.results.map(({ set }) => set))];
  }

  /** What one model made of one set; undefined if it was not asked. */
  result({ assistant, set }: { assistant: string; set: string }): SetResult | undefined {
    return this.results.find((result) => result.assistant === assistant && result.set === set);
  }

  /**
   * The questions of a set with a model's replies, as a table of records.
   *
   * @param options.failed whether only wrong replies are wanted
   */
  transcript(
    { assistant, set, failed = false }: { assistant: string; set: string; failed?: boolean },
  ): { asked: string; reply: string; expected: string; passed: boolean }[] {
    return (this.result({ assistant, set })?.transcript ?? [])
      .filter(({ passed }) => !failed || !passed)
      .map(({ question, reply, passed }) => ({
        asked: question.asked.map(({ content }) => content).join("\n"),
        reply,
        expected: question.answer,
        passed,
      }));
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.#text(), "text/markdown": this.#markdown() };
  }

  /** The cells of the table, its heads included. */
  #rows(): string[][] {
    const head = ["", ...this.assistants, "questions"];
    const body = this.sets.map((set) => {
      const results = this.assistants.map((assistant) => this.result({ assistant, set }));
      const count = Math.max(...results.map((result) => result?.transcript.length ?? 0));
      return [set, ...results.map(formatShare), String(count)];
    });
    return [head, ...body];
  }

  #text(): string {
    const rows = this.#rows();
    const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
    return rows
      .map((row) =>
        row.map((cell, i) => cell[i === 0 ? "padEnd" : "padStart"](widths[i])).join("  ")
      )
      .join("\n");
  }

  #markdown(): string {
    const [head, ...body] = this.#rows().map((row) =>
      `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
    );
    const alignment = `| --- |${" ---: |".repeat(this.assistants.length + 1)}`;
    return [head, alignment, ...body].join("\n");
  }
}

function formatShare(result: SetResult | undefined): string {
  if (result === undefined) return "";
  const percent = (value: number) => (100 * value).toFixed(0);
  return `${percent(result.share)} % (${percent(result.low)}–${percent(result.high)})`;
}
