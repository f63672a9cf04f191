// Formulae in Markdown, `$inline$` and `$$display$$`, as MathML: browsers draw it with their own fonts, so
// the page needs none.

import type { MarkdownIt } from "markdown-it";
import katex from "katex";
import { spellVariants } from "./math_alphabet.ts";

/** The MathML of a TeX formula; one that TeX could not read is shown as it was written. */
export function formula(tex: string, { display = false } = {}): string {
  return spellVariants(katex.renderToString(tex, {
    displayMode: display,
    output: "mathml",
    throwOnError: false,
    strict: "ignore",
  }));
}

/** Teaches a Markdown parser the two notations. */
export function maths(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "formula", (state, silent) => {
    const match = /^(\$\$?)(?!\s|\$)((?:\\.|[^\\$])+?)\1/s.exec(state.src.slice(state.pos));
    if (match === null) return false;
    const [whole, fence, tex] = match;
    // As in Jupyter, "from $5 to $10" is about money: no space before the end, no digit after it.
    const after = state.src[state.pos + whole.length] ?? "";
    if (fence === "$" && (/\s$/.test(tex) || /\d/.test(after))) return false;
    if (!silent) {
      const token = state.push("formula", "math", 0);
      token.content = tex;
      token.markup = fence;
    }
    state.pos += whole.length;
    return true;
  });

  markdown.block.ruler.before("fence", "formula", (state, startLine, endLine, silent) => {
    const lineText = (line: number) =>
      state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
    if (!lineText(startLine).startsWith("$$")) return false;
    const lines: string[] = [];
    for (let line = startLine; line < endLine; line++) {
      lines.push(lineText(line));
      const text = lines.join("\n").trim();
      if (text.length < 5 || !text.endsWith("$$")) continue;
      if (text.slice(2, -2).includes("$$")) return false; // two formulae in a line: the inline rule's
      if (!silent) {
        const token = state.push("formula", "math", 0);
        token.block = true;
        token.content = text.slice(2, -2);
        token.markup = "$$";
        token.map = [startLine, line + 1];
        state.line = line + 1;
      }
      return true;
    }
    return false;
  }, { alt: ["paragraph", "reference", "blockquote", "list"] });

  markdown.renderer.rules.formula = (tokens, index) => {
    const { content, markup, block } = tokens[index];
    const html = formula(content, { display: markup === "$$" });
    return block ? `<p class="formula">${html}</p>\n` : html;
  };
}
