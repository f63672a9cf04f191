// A notebook in the browser, in the words of tests.

import { assertEquals } from "@std/assert";
import type { BrowserContext, Locator, Page, WebSocketRoute } from "playwright-core";
import type { LabProcess } from "./lab_process.ts";
import { waitUntil } from "./wait_until.ts";

/** How long the page and its cells may take for what a test waits for, in milliseconds. */
const LIMIT = 45_000;

/** What tests cause on purpose: requests that fail, and comms that only another tab knows. */
const EXPECTED = /^Failed to load resource|^Comm not found/;

/** A tab of the browser. */
export class NotebookPage {
  readonly page: Page;
  /** What went wrong in the page's scripts. */
  readonly problems: string[] = [];
  /** The requests that did not go to the lab. */
  readonly strangers: string[] = [];

  #sockets: WebSocketRoute[] = [];

  constructor(page: Page, { address }: LabProcess) {
    this.page = page;
    page.setDefaultTimeout(LIMIT);
    const { host } = new URL(address);
    page.on("pageerror", (error) => this.problems.push(error.stack ?? String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !EXPECTED.test(message.text())) {
        this.problems.push(message.text());
      }
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== host) this.strangers.push(url.href);
    });
  }

  /** Passes on what a tab's sockets say, so that they can be cut. */
  async #route(): Promise<void> {
    await this.page.routeWebSocket(/\/channels/, (socket) => {
      socket.connectToServer();
      this.#sockets.push(socket);
    });
  }

  /** Opens a notebook in a new tab and waits for its kernel. */
  static async open(
    context: BrowserContext,
    { lab, path }: { lab: LabProcess; path: string },
  ): Promise<NotebookPage> {
    const tab = new NotebookPage(await context.newPage(), lab);
    await tab.#route();
    await tab.page.goto(lab.address);
    await tab.page.goto(new URL(`/lab/tree/${path}`, lab.address).href);
    await tab.ready();
    return tab;
  }

  /** Waits until the notebook is shown and its kernel waits for cells, or runs one. */
  async ready(): Promise<void> {
    await this.page.locator(".jp-Notebook-cell").first().waitFor();
    await this.page.getByText(/\| (Idle|Busy)/).waitFor();
    await this.page.locator("#dials-splash").waitFor({ state: "detached" });
  }

  /** A cell, by its place. */
  cell(index: number): Locator {
    return this.page.locator(".jp-Notebook-cell").nth(index);
  }

  /** Waits until the notebook has so many cells. */
  async hasCells(count: number): Promise<void> {
    await waitUntil(async () => await this.page.locator(".jp-Notebook-cell").count() === count);
  }

  /** What stands in a cell. */
  async source(index: number): Promise<string> {
    return (await this.cell(index).locator(".cm-line").allInnerTexts()).join("\n");
  }

  /** Types at the end of a cell's text. */
  async type(index: number, text: string): Promise<void> {
    await this.cell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text);
  }

  /** Runs a cell by the keyboard. */
  async run(index: number): Promise<void> {
    await this.cell(index).scrollIntoViewIfNeeded();
    await this.cell(index).locator(".jp-InputPrompt").click();
    await this.page.keyboard.press("Control+Enter");
  }

  /** Runs a cell and waits for its end. */
  async runToEnd(index: number): Promise<void> {
    await this.run(index);
    await this.ended(index);
  }

  /** Waits until a cell has run. */
  async ended(index: number): Promise<void> {
    await this.cell(index).locator(".jp-InputPrompt").getByText(/\[\d+\]:/).waitFor();
  }

  /** The text of a cell's outputs. */
  async output(index: number): Promise<string> {
    return (await this.cell(index).locator(".jp-OutputArea-output").allInnerTexts()).join("\n");
  }

  /** Waits until a cell's outputs say something. */
  async says(index: number, text: string | RegExp): Promise<void> {
    await this.cell(index).locator(".jp-OutputArea-output").filter({ hasText: text }).first()
      .waitFor();
  }

  /** Presses the button that stops a running cell. */
  async stop(index: number): Promise<void> {
    await this.cell(index).getByRole("button", { name: "Stop" }).click();
  }

  /** Chooses a command by its name, in the palette. */
  async command(name: string): Promise<void> {
    await this.page.keyboard.press("Control+Shift+c");
    await this.page.locator(".lm-CommandPalette-input").fill(name);
    await this.page.locator(".lm-CommandPalette-item").filter({ hasText: name }).first().click();
  }

  /** Saves by the keyboard and waits until the server has written it. */
  async save(): Promise<void> {
    const written = this.page.waitForResponse((response) =>
      response.request().method() === "PUT" && response.url().includes("/api/contents/")
    );
    await this.page.keyboard.press("Control+s");
    await written;
  }

  /** Cuts the tab off from the lab, open connections included. */
  async loseConnection(): Promise<void> {
    await this.page.context().setOffline(true);
    for (const socket of this.#sockets.splice(0)) {
      await socket.close({ code: 4001, reason: "cut by a test" });
    }
  }

  /** Lets the tab reach the lab again. */
  async restoreConnection(): Promise<void> {
    await this.page.context().setOffline(false);
  }

  /** Closes the tab, in which nothing may have gone wrong. */
  async close(): Promise<void> {
    await this.page.close();
    assertEquals(this.problems, []);
    assertEquals(this.strangers, []);
  }
}
