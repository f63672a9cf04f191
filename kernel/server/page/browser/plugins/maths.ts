// Formulae in Markdown and outputs, drawn by KaTeX when the first one is met.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ILatexTypesetter } from "@jupyterlab/rendermime";

const DELIMITERS = [
  { left: "$$", right: "$$", display: true },
  { left: "\\[", right: "\\]", display: true },
  { left: "\\begin{equation}", right: "\\end{equation}", display: true },
  { left: "\\begin{align}", right: "\\end{align}", display: true },
  { left: "$", right: "$", display: false },
  { left: "\\(", right: "\\)", display: false },
];

/** What a text has somewhere if a formula may stand in it. */
const MAY_HAVE_MATHS = /\$|\\[([]|\\begin/;

class Typesetter implements ILatexTypesetter {
  async typeset(element: HTMLElement): Promise<void> {
    if (!MAY_HAVE_MATHS.test(element.textContent ?? "")) return;
    const { default: render } = await import("katex/contrib/auto-render");
    // What cannot be read as a formula stays as it was typed, in red.
    render(element, { delimiters: DELIMITERS, throwOnError: false });
  }
}

export const maths: JupyterFrontEndPlugin<ILatexTypesetter> = {
  id: "dials:maths",
  autoStart: true,
  provides: ILatexTypesetter,
  activate: () => new Typesetter(),
};
