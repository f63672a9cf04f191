// The controls of dials: elements that show a value and say when it was changed by hand.

import { element } from "../dom/element.ts";
import type { Control, Dial } from "./dial.ts";
import { formatNumber, scaleOf } from "./scale.ts";

/** A control on the page. */
export interface ControlElement {
  node: HTMLElement;
  /** Shows the value that the code has, unless the user is at this moment typing another. */
  show(dial: Dial): void;
  /** Marks what is typed as no value that the dial can have, or takes the mark away. */
  setInvalid(invalid: boolean): void;
}

/** Called with what was typed or chosen. */
export type OnChange = (typed: string) => void;

/** The element for a dial. */
export function makeControl(dial: Dial, onChange: OnChange): ControlElement {
  switch (dial.control.kind) {
    case "slider":
      return slider(dial, onChange);
    case "switch":
      return toggle(dial, onChange);
    case "choice":
      return choice(dial, onChange);
    default:
      return field(dial, onChange);
  }
}

/** What a field shows of a value. */
function textOf({ control, literal }: Dial): string {
  return control.kind === "text" ? control.value : literal;
}

function field(dial: Dial, onChange: OnChange): ControlElement {
  const numeric = dial.control.kind === "number" || dial.control.kind === "slider";
  const input = element("input", {
    class: numeric ? "dials-field dials-field-number" : "dials-field",
    attributes: {
      type: "text",
      spellcheck: "false",
      autocomplete: "off",
      "aria-label": dial.name,
      ...(numeric && { inputmode: "decimal" }),
    },
  });
  input.addEventListener("input", () => onChange(input.value));
  return {
    node: input,
    show(dial) {
      if (document.activeElement !== input) input.value = textOf(dial);
    },
    setInvalid: (invalid) => input.classList.toggle("dials-invalid", invalid),
  };
}

function slider(dial: Dial, onChange: OnChange): ControlElement {
  const { range, value } = dial.control as Extract<Control, { kind: "slider" }>;
  const whole = [value, range.min, range.max, range.step ?? 1].every(Number.isInteger);
  const scale = scaleOf(range, { whole });
  const input = element("input", {
    class: "dials-slider",
    attributes: {
      type: "range",
      min: "0",
      max: String(scale.places),
      step: "1",
      "aria-label": dial.name,
    },
  });
  const number = field(dial, onChange);
  let { literal } = dial;
  input.addEventListener("input", () => {
    literal = formatNumber(scale.toValue(Number(input.value)), literal);
    (number.node as HTMLInputElement).value = literal;
    onChange(literal);
  });
  return {
    node: element("span", { class: "dials-slider-and-field", children: [input, number.node] }),
    show(dial) {
      ({ literal } = dial);
      const { value } = dial.control as Extract<Control, { kind: "slider" }>;
      if (document.activeElement !== input) input.value = String(scale.toPlace(value));
      input.setAttribute("aria-valuetext", literal);
      number.show(dial);
    },
    setInvalid: number.setInvalid,
  };
}

function toggle(dial: Dial, onChange: OnChange): ControlElement {
  const input = element("input", {
    class: "dials-switch",
    attributes: { type: "checkbox", role: "switch", "aria-label": dial.name },
  });
  input.addEventListener("change", () => onChange(String(input.checked)));
  return {
    node: input,
    show: ({ literal }) => input.checked = literal === "true",
    setInvalid: () => {},
  };
}

function choice(dial: Dial, onChange: OnChange): ControlElement {
  const { choices } = dial.control as Extract<Control, { kind: "choice" }>;
  const buttons = choices.map((text) =>
    element("button", {
      class: "dials-choice",
      text,
      attributes: { type: "button", role: "radio" },
      onClick: () => onChange(text),
    })
  );
  return {
    node: element("span", {
      class: "dials-choices",
      attributes: { role: "radiogroup", "aria-label": dial.name },
      children: buttons,
    }),
    show({ control }) {
      for (const button of buttons) {
        button.setAttribute("aria-checked", String(button.textContent === control.value));
      }
    },
    setInvalid: () => {},
  };
}
