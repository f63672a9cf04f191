// In place of @jupyterlab/mermaid, whose diagrams weigh more than the rest of the page together: the name that
// the Markdown parser asks for, which nothing provides.

import { Token } from "@lumino/coreutils";

export const IMermaidMarkdown = new Token("@jupyterlab/mermaid:IMermaidMarkdown");
