// The form below a cell of parameters. The form edits the code and the code edits the form; the code is what counts.

import type { CodeCell } from "@jupyterlab/cells";
import { Debouncer } from "@lumino/polling";
import { Widget } from "@lumino/widgets";
import { element } from "../dom/element.ts";
import { type ControlElement, makeControl } from "./controls.ts";
import { type Dial, readDials, toLiteral } from "./dial.ts";

/** How long the code has to rest before the form follows it, in milliseconds. */
const REST = 120;

/** Options of {@linkcode DialsForm}. */
export interface DialsFormOptions {
  /** Called when the user wants the whole notebook run with what the dials say. */
  onRunAll: () => void;
  /** Called when the user presses what runs a cell. */
  onRunCell: () => void;
}

export class DialsForm extends Widget {
  readonly #cell: CodeCell;
  readonly #options: DialsFormOptions;
  readonly #rows = element("div", { class: "dials-rows" });
  readonly #follow = new Debouncer(() => this.#read(), REST);
  #dials: Dial[] = [];
  #controls = new Map<string, ControlElement>();

  constructor(cell: CodeCell, options: DialsFormOptions) {
    super();
    this.#cell = cell;
    this.#options = options;
    this.addClass("dials-form");
    this.hide();
    // Keys pressed in the form are for the form, and not the notebook's commands; those with Ctrl are for all.
    this.node.addEventListener("keydown", (event) => {
      const isRun = event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey);
      if (isRun || !event.ctrlKey && !event.metaKey) event.stopPropagation();
      if (!isRun) return;
      event.preventDefault();
      options.onRunCell();
    });
    this.node.append(
      this.#rows,
      element("div", {
        class: "dials-form-foot",
        children: [
          element("button", {
            class: "dials-action",
            text: "Run the notebook",
            title: "Run all cells with what the dials say",
            attributes: { type: "button" },
            onClick: () => this.#options.onRunAll(),
          }),
        ],
      }),
    );
    cell.model.sharedModel.changed.connect(this.#onChange, this);
    void this.#read();
  }

  override dispose(): void {
    this.#cell.model?.sharedModel.changed.disconnect(this.#onChange, this);
    this.#follow.dispose();
    super.dispose();
  }

  #onChange(): void {
    void this.#follow.invoke();
  }

  async #read(): Promise<void> {
    if (this.isDisposed) return;
    const source = this.#source;
    const dials = await readDials(source);
    if (this.isDisposed || source !== this.#source) return;
    const same = signature(dials) === signature(this.#dials);
    this.#dials = dials;
    if (!same) this.#build();
    for (const dial of dials) {
      const control = this.#controls.get(dial.name);
      control?.show(dial);
      control?.setInvalid(false);
    }
    this.setHidden(dials.length === 0);
  }

  #build(): void {
    this.#controls = new Map();
    const rows = this.#dials.map((dial) => {
      const control = makeControl(dial, (typed) => void this.#write(dial.name, typed));
      this.#controls.set(dial.name, control);
      return element("div", {
        class: `dials-row dials-row-${dial.control.kind}`,
        children: [
          element("span", { class: "dials-name", text: dial.name, title: dial.help }),
          control.node,
          element("span", { class: "dials-help", text: dial.help }),
        ],
      });
    });
    this.#rows.replaceChildren(...rows);
  }

  /** Puts what was typed into the code, if it is a value. */
  async #write(name: string, typed: string): Promise<void> {
    const before = this.#source;
    // The code may have changed since the form last followed it.
    const dial = (await readDials(before)).find((dial) => dial.name === name);
    if (dial === undefined) return;
    const literal = await toLiteral(dial, typed);
    this.#controls.get(name)?.setInvalid(literal === undefined);
    if (literal === undefined || literal === dial.literal || this.#source !== before) return;
    this.#cell.model.sharedModel.updateSource(dial.start, dial.end, literal);
  }

  get #source(): string {
    return this.#cell.model?.sharedModel.getSource() ?? "";
  }
}

/** What has to be the same for the form's controls to stay as they are. */
function signature(dials: readonly Dial[]): string {
  return JSON.stringify(dials.map(({ name, help, control }) => [
    name,
    help,
    { ...control, value: undefined },
  ]));
}
