// Keeps the outputs of a running notebook the way nbformat wants them: what a front end does with the
// messages on IOPub, without a screen. Printed text is joined, a display that is updated changes wherever in
// the notebook it was shown, and a cell may clear what it has displayed.

import {
  type CodeCell,
  type DisplayDataOutput,
  type ExecuteResultOutput,
  isObject,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Output,
} from "./format.ts";

/** An IOPub message, as far as outputs are concerned. */
export interface OutputMessage {
  /** The message type: `stream`, `display_data`, `clear_output`, … Others are ignored. */
  type: string;
  content: JsonObject;
}

/** The outputs of all cells of one running notebook. */
export class OutputCollector {
  /** Every output that was shown under a display id, in any cell. */
  readonly #displays = new Map<string, (DisplayDataOutput | ExecuteResultOutput)[]>();
  /** Cells that asked to be cleared as soon as something new arrives. */
  readonly #clearWhenNext = new Set<CodeCell>();

  /** Empties a cell that is about to run. */
  begin(cell: CodeCell): void {
    cell.outputs = [];
    cell.execution_count = null;
    this.#clearWhenNext.delete(cell);
  }

  /** Takes one message that `cell` caused. */
  receive(cell: CodeCell, { type, content }: OutputMessage): void {
    switch (type) {
      case "execute_input":
        cell.execution_count = numberOr(content.execution_count, cell.execution_count);
        return;
      case "clear_output":
        if (content.wait === true) this.#clearWhenNext.add(cell);
        else this.#clear(cell);
        return;
      case "stream":
        return this.#print(cell, content);
      case "display_data": {
        const output: DisplayDataOutput = { output_type: "display_data", ...shown(content) };
        return this.#show(cell, output, content);
      }
      case "execute_result": {
        const output: ExecuteResultOutput = {
          output_type: "execute_result",
          ...shown(content),
          execution_count: numberOr(content.execution_count, cell.execution_count),
        };
        return this.#show(cell, output, content);
      }
      case "update_display_data":
        for (const output of this.#displays.get(displayId(content) ?? "") ?? []) {
          Object.assign(output, shown(content));
        }
        return;
      case "error":
        return this.#append(cell, {
          output_type: "error",
          ename: String(content.ename ?? "Error"),
          evalue: String(content.evalue ?? ""),
          traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
        });
    }
  }

  /** Which outputs of a cell were shown under which display id, by their places. */
  displaysIn(cell: CodeCell): Record<string, number[]> {
    const found: Record<string, number[]> = {};
    for (const [id, shown] of this.#displays) {
      const places = shown.map((output) => cell.outputs.indexOf(output)).filter((at) => at >= 0);
      if (places.length > 0) found[id] = places;
    }
    return found;
  }

  #print(cell: CodeCell, content: JsonObject): void {
    const name = content.name === "stderr" ? "stderr" : "stdout";
    const text = String(content.text ?? "");
    if (this.#clearWhenNext.has(cell)) this.#clear(cell);
    const last = cell.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else this.#append(cell, { output_type: "stream", name, text });
  }

  #show(
    cell: CodeCell,
    output: DisplayDataOutput | ExecuteResultOutput,
    content: JsonObject,
  ): void {
    this.#append(cell, output);
    const id = displayId(content);
    if (id === undefined) return;
    // A display shown again under its id also renews the places where it was shown before.
    const others = this.#displays.get(id) ?? [];
    for (const other of others) Object.assign(other, shown(content));
    this.#displays.set(id, [...others, output]);
  }

  #append(cell: CodeCell, output: Output): void {
    if (this.#clearWhenNext.has(cell)) this.#clear(cell);
    cell.outputs.push(output);
  }

  #clear(cell: CodeCell): void {
    this.#clearWhenNext.delete(cell);
    cell.outputs = [];
  }
}

function shown({ data, metadata }: JsonObject): { data: MimeBundle; metadata: JsonObject } {
  return {
    data: isObject(data) ? { ...data } : {},
    metadata: isObject(metadata) ? { ...metadata } : {},
  };
}

function displayId({ transient }: JsonObject): string | undefined {
  const id = isObject(transient) ? transient.display_id : undefined;
  return typeof id === "string" ? id : undefined;
}

function numberOr(value: Json | undefined, otherwise: number | null): number | null {
  return typeof value === "number" ? value : otherwise;
}
