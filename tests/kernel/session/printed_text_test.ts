// Printed bytes become few messages of whole characters, each stream by itself.

import { assertEquals } from "@std/assert";
import { PrintedText } from "../../../kernel/session/printed_text.ts";

function collect(): { printed: PrintedText; messages: string[] } {
  const messages: string[] = [];
  return { printed: new PrintedText((name, text) => messages.push(`${name} ${text}`)), messages };
}

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("pieces of one stream become one message, in order with the other's", () => {
  const { printed, messages } = collect();
  for (const piece of ["a", "b"]) printed.print("stdout", encode(piece));
  printed.print("stderr", encode("c"));
  printed.print("stdout", encode("d"));
  printed.flush();
  assertEquals(messages, ["stdout ab", "stderr c", "stdout d"]);
});

Deno.test("a character cut between two reads arrives whole, also when something is shown between", () => {
  const { printed, messages } = collect();
  const ship = encode("⛵");
  printed.print("stdout", ship.slice(0, 2));
  printed.flush();
  printed.print("stdout", ship.slice(2));
  printed.flush();
  assertEquals(messages, ["stdout ⛵"]);
});

Deno.test("text waits no longer than a moment", async () => {
  const { printed, messages } = collect();
  printed.print("stdout", encode("a"));
  assertEquals(messages, []);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assertEquals(messages, ["stdout a"]);
});

Deno.test("half a character at the end is shown as a replacement", () => {
  const { printed, messages } = collect();
  printed.print("stdout", encode("⛵").slice(0, 2));
  printed.end();
  assertEquals(messages, ["stdout \ufffd"]);
});
