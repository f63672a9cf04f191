// A line above a notebook that says what has happened to it, until it is over or closed.

import { Widget } from "@lumino/widgets";
import { element } from "../dom/element.ts";

/** What a banner says. */
export interface BannerOptions {
  text: string;
  kind: "problem" | "question" | "relief";
  /** What can be done about it, by the button's text. */
  actions?: Record<string, () => void>;
  /** After how many milliseconds it goes by itself. */
  duration?: number;
}

export class Banner extends Widget {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.addClass("dials-banner");
    this.node.setAttribute("role", "status");
    this.hide();
  }

  /** Says something, in place of what it said before. */
  say({ text, kind, actions = {}, duration }: BannerOptions): void {
    clearTimeout(this.#timer);
    this.node.dataset.kind = kind;
    const buttons = Object.entries(actions).map(([text, act]) =>
      element("button", {
        class: "dials-banner-action",
        text,
        attributes: { type: "button" },
        onClick: () => {
          this.end();
          act();
        },
      })
    );
    const close = element("button", {
      class: "dials-banner-close",
      text: "×",
      title: "Close",
      attributes: { type: "button", "aria-label": "Close" },
      onClick: () => this.end(),
    });
    this.node.replaceChildren(element("span", { text }), ...buttons, close);
    this.show();
    if (duration !== undefined) this.#timer = setTimeout(() => this.end(), duration);
  }

  /** Says nothing any more. */
  end(): void {
    clearTimeout(this.#timer);
    if (!this.isDisposed) this.hide();
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    super.dispose();
  }
}
