// The start page: the course in order, what is running, and the ways to begin something new.

import type { CommandRegistry } from "@lumino/commands";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { ServiceManager } from "@jupyterlab/services";
import { element } from "../dom/element.ts";
import { findCourse, type Lesson } from "./course.ts";

/** What the start page works with. */
export interface StartOptions {
  commands: CommandRegistry;
  services: ServiceManager.IManager;
}

export class StartWidget extends Widget {
  readonly #options: StartOptions;
  #lessons: Lesson[] = [];

  constructor(options: StartOptions) {
    super();
    this.#options = options;
    this.id = "dials-start";
    this.addClass("dials-start");
    this.title.label = "Start";
    this.title.closable = true;
    this.node.tabIndex = 0;
    const { sessions } = options.services;
    sessions.runningChanged.connect(this.#show, this);
    void findCourse(options.services.contents).then((lessons) => {
      this.#lessons = lessons;
      this.#show();
    });
  }

  protected override onActivateRequest(_: Message): void {
    this.node.focus({ preventScroll: true });
  }

  override dispose(): void {
    this.#options.services.sessions.runningChanged.disconnect(this.#show, this);
    super.dispose();
  }

  #show(): void {
    if (this.isDisposed) return;
    const { commands } = this.#options;
    const run = (command: string, args = {}) => () => void commands.execute(command, args);
    const cards = this.#lessons.map((lesson) => this.#card(lesson));
    const actions = [
      action(
        "New notebook",
        "An empty notebook",
        run("notebook:create-new", {
          kernelName: "dials",
        }),
      ),
      action("All files", "The files of the served folder", run("filebrowser:activate")),
      action("Keyboard shortcuts", "Every key that does something", run("dials:shortcuts")),
    ];
    this.node.replaceChildren(element("div", {
      class: "dials-start-page",
      children: [
        element("header", {
          children: [
            element("h1", { text: "Dials" }),
            element("p", {
              text: "Build a small language model, one cell at a time. Open a notebook, run its " +
                "cells with Shift-Enter, turn its dials, and run it again.",
            }),
          ],
        }),
        ...(cards.length > 0 ? [element("ol", { class: "dials-lessons", children: cards })] : []),
        element("div", { class: "dials-actions", children: actions }),
      ],
    }));
  }

  #card({ path, number, title, summary }: Lesson): HTMLElement {
    const { commands, services } = this.#options;
    const running = [...services.sessions.running()].some((session) => session.path === path);
    const badge = running
      ? [element("span", { class: "dials-running", text: "running", title: "Its kernel is alive" })]
      : [];
    const link = element("a", {
      class: "dials-lesson",
      attributes: { href: `/lab/tree/${path.split("/").map(encodeURIComponent).join("/")}` },
      children: [
        element("span", { class: "dials-lesson-number", text: number || "·" }),
        element("span", {
          class: "dials-lesson-text",
          children: [
            element("span", {
              class: "dials-lesson-title",
              children: [capitalised(title), ...badge],
            }),
            element("span", { class: "dials-lesson-summary", text: summary }),
          ],
        }),
      ],
      onClick: (event) => {
        // A click with a key held opens a tab of the browser, as with any link.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void commands.execute("docmanager:open", { path });
      },
    });
    return element("li", { children: [link] });
  }
}

function action(text: string, title: string, onClick: () => void): HTMLElement {
  return element("button", { class: "dials-action", text, title, onClick });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
