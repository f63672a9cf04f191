// What is recorded of the cells' outputs, and how much.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { createCustomMessage, type Message } from "../../../kernel/protocol/message.ts";
import { Recorder } from "../../../kernel/server/kernels/recorder.ts";

const MEGABYTE = 2 ** 20;

/** A recorder that has been asked to run cells, and what their messages look like. */
function started(...cellIds: string[]): { recorder: Recorder; requests: Message[] } {
  const recorder = new Recorder();
  const requests = cellIds.map((cellId) =>
    createCustomMessage("execute_request", {
      content: { code: "" } as Record<string, unknown>,
      session: "s",
      metadata: { cellId },
    })
  );
  requests.forEach((request) => recorder.request(request));
  return { recorder, requests };
}

function caused(request: Message, type: string, content: Record<string, unknown>): Message {
  return createCustomMessage(type, { content, session: "k", parent: request.header });
}

function line(request: Message, text: string): Message {
  return caused(request, "stream", { name: "stdout", text });
}

Deno.test("a cell that prints without end is cut short, and says so", () => {
  const { recorder, requests: [request] } = started("a");
  for (let i = 0; i < 20; i++) recorder.broadcast(line(request, `${i}\n`), 10 * MEGABYTE);
  const { outputs } = recorder.recording().cells.a;
  assertEquals(outputs.length, 2);
  assertEquals("text" in outputs[0] && outputs[0].text.trim().split("\n").length, 12);
  assertStringIncludes(String("text" in outputs[1] && outputs[1].text), "more than is kept");
});

Deno.test("a cell that clears what it shows can go on for ever", () => {
  const { recorder, requests: [request] } = started("a");
  for (let i = 0; i < 100; i++) {
    recorder.broadcast(caused(request, "clear_output", { wait: true }), 100);
    recorder.broadcast(line(request, `${i}\n`), 10 * MEGABYTE);
  }
  const { outputs } = recorder.recording().cells.a;
  assertEquals(outputs, [{ output_type: "stream", name: "stdout", text: "99\n" }]);
});

Deno.test("where all cells together have put out too much, the first ones are forgotten", () => {
  const { recorder, requests } = started("a", "b", "c", "d");
  for (const request of requests) recorder.broadcast(line(request, "x"), 100 * MEGABYTE);
  assertEquals(Object.keys(recorder.recording().cells), ["c", "d"]);
});

Deno.test("a cell that is run again, or deleted, is recorded anew, or not at all", () => {
  const { recorder, requests: [first, other] } = started("a", "b");
  recorder.broadcast(line(first, "before"), 10);
  const again = createCustomMessage("execute_request", {
    content: { code: "" } as Record<string, unknown>,
    session: "s",
    metadata: { cellId: "a", deletedCells: ["b"] },
  });
  recorder.request(again);
  recorder.broadcast(line(first, "late"), 10);
  recorder.broadcast(line(other, "late"), 10);
  const { cells } = recorder.recording();
  assertEquals(Object.keys(cells), ["a"]);
  assertEquals([cells.a.msg_id, cells.a.outputs], [again.header.msg_id, []]);
});
