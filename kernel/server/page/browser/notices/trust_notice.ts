// Says that a notebook has outputs which may hold scripts and were not made here, and asks whether to trust it.

import { type ICellModel, isCodeCellModel } from "@jupyterlab/cells";
import type { IOutput } from "@jupyterlab/nbformat";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Banner } from "./banner.ts";

/** What may do something when it is shown. */
const ACTIVE = ["text/html", "image/svg+xml", "application/javascript", "text/markdown"];

/** Asks about a notebook, once it is there, if it has to be asked about. */
export async function askForTrust(
  panel: NotebookPanel,
  { banner, onTrust }: { banner: Banner; onTrust: () => void },
): Promise<void> {
  await panel.context.ready;
  const cells = panel.isDisposed ? [] : [...panel.model?.cells ?? []];
  if (!cells.some(isQuestionable)) return;
  banner.say({
    text: "Outputs in this notebook were not made here. They are shown without their scripts " +
      "until you trust the notebook or run it yourself.",
    kind: "question",
    actions: { "Trust this notebook": onTrust },
  });
}

function isQuestionable(cell: ICellModel): boolean {
  return isCodeCellModel(cell) && !cell.trusted && cell.outputs.toJSON().some(isActive);
}

function isActive({ data }: IOutput): boolean {
  return typeof data === "object" && data !== null && ACTIVE.some((type) => type in data);
}
