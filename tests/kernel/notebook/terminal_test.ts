// Printed text as a terminal would show it.

import { assertEquals } from "@std/assert";
import { terminalToHtml, terminalToText } from "../../../kernel/notebook/terminal.ts";

Deno.test("a carriage return writes over the line, as progress bars do", () => {
  assertEquals(terminalToText("10%\r 50%\r100% done\nnext"), "100% done\nnext");
  assertEquals(terminalToText("long line\rab"), "abng line");
  assertEquals(terminalToText("long line\r\x1b[Kab"), "ab");
  assertEquals(terminalToText("abc\b\bX"), "aXc");
  assertEquals(terminalToText("windows\r\nlines\r\n"), "windows\nlines\n");
});

Deno.test("colours and weights become classes, and text is escaped", () => {
  assertEquals(
    terminalToHtml("\x1b[1;31mError:\x1b[0m a < b"),
    '<span class="t-bold t-red">Error:</span> a &lt; b',
  );
  assertEquals(
    terminalToHtml("\x1b[38;5;208mx\x1b[39my"),
    '<span style="color:rgb(255,135,0)">x</span>y',
  );
  assertEquals(terminalToHtml("\x1b[48;2;1;2;3mx"), '<span style="background:rgb(1,2,3)">x</span>');
  assertEquals(terminalToHtml("\x1b[7mx"), '<span class="t-ground t-on-ink">x</span>');
});

Deno.test("escape sequences that mean nothing on a page leave no trace", () => {
  const text = "\x1b]8;;https://example.org\x07link\x1b]8;;\x07\x1b[2J\x1b[?25l\x1b[3A!\x1b";
  assertEquals(terminalToText(text), "link!");
});
