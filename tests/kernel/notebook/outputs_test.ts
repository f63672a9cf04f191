// Outputs as a front end would show them.

import { assertEquals } from "@std/assert";
import type { CodeCell, JsonObject } from "../../../kernel/notebook/format.ts";
import { OutputCollector } from "../../../kernel/notebook/outputs.ts";

function newCell(): CodeCell {
  return {
    cell_type: "code",
    id: "a",
    source: "",
    metadata: {},
    execution_count: null,
    outputs: [],
  };
}

function display(text: string, display_id?: string): JsonObject {
  return {
    data: { "text/plain": text },
    metadata: {},
    transient: display_id === undefined ? {} : { display_id },
  };
}

function shownIn(cell: CodeCell): string[] {
  return cell.outputs.map((output) =>
    output.output_type === "stream"
      ? `${output.name}: ${output.text}`
      : output.output_type === "error"
      ? `error: ${output.evalue}`
      : String(output.data["text/plain"])
  );
}

Deno.test("printed text is joined as long as it comes from the same stream", () => {
  const [collector, cell] = [new OutputCollector(), newCell()];
  for (
    const [name, text] of [["stdout", "a"], ["stdout", "b\n"], ["stderr", "!"], ["stdout", "c"]]
  ) {
    collector.receive(cell, { type: "stream", content: { name, text } });
  }
  assertEquals(shownIn(cell), ["stdout: ab\n", "stderr: !", "stdout: c"]);
});

Deno.test("an updated display changes wherever it was shown, in earlier cells too", () => {
  const [collector, first, second] = [new OutputCollector(), newCell(), newCell()];
  collector.receive(first, { type: "display_data", content: display("loss 4", "loss") });
  collector.receive(first, { type: "display_data", content: display("other") });
  collector.receive(second, { type: "display_data", content: display("loss 3", "loss") });
  collector.receive(second, { type: "update_display_data", content: display("loss 2", "loss") });
  collector.receive(second, { type: "update_display_data", content: display("?", "unknown") });
  assertEquals([shownIn(first), shownIn(second)], [["loss 2", "other"], ["loss 2"]]);
});

Deno.test("it is known where in a cell a display id was shown, until the cell is cleared", () => {
  const [collector, cell] = [new OutputCollector(), newCell()];
  collector.receive(cell, { type: "display_data", content: display("loss 4", "loss") });
  collector.receive(cell, { type: "display_data", content: display("other") });
  collector.receive(cell, { type: "display_data", content: display("loss 3", "loss") });
  assertEquals(collector.displaysIn(cell), { loss: [0, 2] });
  assertEquals(collector.displaysIn(newCell()), {});
  collector.receive(cell, { type: "clear_output", content: {} });
  assertEquals(collector.displaysIn(cell), {});
});

Deno.test("clear_output empties the cell, at once or when something new comes", () => {
  const [collector, cell] = [new OutputCollector(), newCell()];
  const print = (text: string) =>
    collector.receive(cell, { type: "stream", content: { name: "stdout", text } });
  print("one");
  collector.receive(cell, { type: "clear_output", content: { wait: true } });
  assertEquals(shownIn(cell), ["stdout: one"]);
  print("two");
  print(" three");
  assertEquals(shownIn(cell), ["stdout: two three"]);
  collector.receive(cell, { type: "clear_output", content: { wait: false } });
  assertEquals(shownIn(cell), []);
});

Deno.test("results, errors and the execution count are kept, and a new run starts empty", () => {
  const [collector, cell] = [new OutputCollector(), newCell()];
  collector.receive(cell, { type: "execute_input", content: { code: "", execution_count: 7 } });
  collector.receive(cell, {
    type: "execute_result",
    content: { ...display("3"), execution_count: 7 },
  });
  collector.receive(cell, {
    type: "error",
    content: { ename: "Error", evalue: "no", traceback: ["Error: no"] },
  });
  collector.receive(cell, { type: "status", content: { execution_state: "idle" } });
  assertEquals(shownIn(cell), ["3", "error: no"]);
  assertEquals(cell.execution_count, 7);
  collector.begin(cell);
  assertEquals([cell.outputs, cell.execution_count], [[], null]);
});
