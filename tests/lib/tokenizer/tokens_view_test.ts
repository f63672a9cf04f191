import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { showTokens, type TokensView } from "../../../lib/tokenizer/tokens_view.ts";

const bytes = BpeTokenizer.train("", { vocabularySize: 256 });

function bundle(view: TokensView): Record<string, string> {
  return Reflect.get(view, Symbol.for("Jupyter.display")).call(view);
}

Deno.test("each token stands in a span of its own with its id and bytes", () => {
  const html = bundle(showTokens("hi", bytes))["text/html"];
  assertEquals(html.match(/<span /g)?.length, 2);
  assertStringIncludes(html, `title="id ${bytes.encode("h")[0]}, bytes 68"`);
  assert(!html.includes("<script"));
});

Deno.test("markup in the text is shown, not obeyed", () => {
  const tokenizer = BpeTokenizer.train("<b>&amp; ".repeat(9), { vocabularySize: 270 });
  const html = bundle(showTokens("<b>&amp;", tokenizer))["text/html"];
  assert(!html.includes("<b>"));
  assertStringIncludes(html.replaceAll(/<[^>]*>/g, ""), "&lt;b&gt;&amp;amp;");
});

Deno.test("white space and cut characters are visible", () => {
  const plain = bundle(showTokens("a b\n\té\0", bytes))["text/plain"];
  assertEquals(
    plain,
    "a|·|b|⏎\n|⇥|\\xc3|\\xa9|\\x00\n8 tokens for 8 bytes, 1.00 bytes a token",
  );
});

Deno.test("of a long text the first tokens are shown and the rest counted", () => {
  const view = showTokens("abcdef", bytes, { maximumTokens: 2 });
  assertEquals(view.tokens.length, 6);
  assertStringIncludes(bundle(view)["text/plain"], "a|b\n6 tokens for 6 bytes");
  assertStringIncludes(bundle(view)["text/plain"], "(the first 2 tokens shown)");
});

Deno.test("lines may break where a space was", () => {
  assertStringIncludes(bundle(showTokens("a b", bytes))["text/html"], "<wbr>·</span>");
});
