// The strip below a cell that has been running for a while: how long already, and a button that stops it.

import type { CodeCell } from "@jupyterlab/cells";
import { Widget } from "@lumino/widgets";
import { element } from "../dom/element.ts";
import { begunAt } from "./begun.ts";

/** Cells that are done sooner show no strip, in milliseconds. */
const PATIENCE = 600;

/** Options of {@linkcode RunningStrip}. */
export interface RunningStripOptions {
  /** Stops the cell. */
  onStop: () => void;
}

export class RunningStrip extends Widget {
  readonly #cell: CodeCell;
  readonly #elapsed = element("span", { class: "dials-elapsed" });
  readonly #button: HTMLButtonElement;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(cell: CodeCell, { onStop }: RunningStripOptions) {
    super();
    this.#cell = cell;
    this.addClass("dials-strip");
    this.hide();
    this.#button = element("button", {
      class: "dials-stop",
      text: "Stop",
      title: "Stops this cell. Variables are kept, and a model keeps what it has learned.",
      attributes: { type: "button" },
      onClick: () => {
        this.#button.disabled = true;
        this.#button.textContent = "Stopping…";
        onStop();
      },
    });
    this.node.append(this.#button, this.#elapsed);
    cell.model.stateChanged.connect(this.#update, this);
    this.#update();
  }

  override dispose(): void {
    clearInterval(this.#timer);
    this.#cell.model?.stateChanged.disconnect(this.#update, this);
    super.dispose();
  }

  #update(): void {
    const running = this.#cell.model?.executionState === "running";
    if (running === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.hide();
    if (!running) return;
    this.#button.disabled = false;
    this.#button.textContent = "Stop";
    this.#timer = setInterval(() => this.#tick(), PATIENCE);
  }

  #tick(): void {
    // Cells that wait for others are not running yet, though JupyterLab says so.
    const startedAt = begunAt(this.#cell.outputArea.future?.msg.header.msg_id);
    if (startedAt === undefined) return;
    this.show();
    const seconds = Math.max(0, Math.floor((Date.now() - startedAt) / 1000));
    const minutes = Math.floor(seconds / 60);
    this.#elapsed.textContent = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  }
}
