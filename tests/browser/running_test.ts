// Cells that run for long in the lab's page: stopped, followed, and found again.

import { assertEquals, assertMatch } from "@std/assert";
import { inLab } from "./testing/in_lab.ts";
import { NotebookPage } from "./testing/notebook_page.ts";
import { waitUntil } from "./testing/wait_until.ts";

/** A training that is small, and would go on for minutes. */
const TRAINING = [
  {
    source:
      "const layers = 2; // blocks (1 to 12)\nconst steps = 100_000; // how often (10 to 200_000)",
    tags: ["parameters"],
  },
  {
    source:
      `import { CharTokenizer, generateText, tokenizeCorpus, train, Transformer, watch } from "dials";
const text = "The old boat lay in the harbour, and nobody knew whose it was. ".repeat(40);
const tokenizer = CharTokenizer.train(text);
const data = tokenizeCorpus({ name: "boat", text }, tokenizer);
const model = Transformer.create({
  vocabularySize: tokenizer.vocabularySize, layers, heads: 2, width: 32, context: 16,
});
await watch(train(model, data, { steps, batch: 4 }));`,
  },
  {
    source: `const written = await generateText(model, tokenizer, { prompt: "The ", tokens: 20 });
console.log(layers, written.length > 0 ? "it writes" : "it is silent");`,
  },
];

inLab({
  "the form of parameters edits the code, and the code edits the form": async (
    { lab, context },
  ) => {
    const path = await lab.write("dials", [{
      source: 'const layers = 4; // blocks (1 to 12)\nconst kind: "a" | "b" = "a";\n' +
        'const on = true;\nconst rates = [1, 2];\nconst prompt = "Dear ";',
      tags: ["parameters"],
    }, { source: "[layers, kind, on, rates, prompt].join()" }]);
    const tab = await NotebookPage.open(context, { lab, path });
    const form = tab.page.locator(".dials-form");
    await form.getByRole("slider", { name: "layers" }).focus();
    await tab.page.keyboard.press("ArrowRight");
    await form.getByRole("radio", { name: "b" }).click();
    await form.getByRole("switch", { name: "on" }).click();
    await form.getByRole("textbox", { name: "rates" }).fill("[3]");
    await form.getByRole("textbox", { name: "prompt" }).fill('"Hello"');
    await tab.cell(0).getByText('const prompt = "\\"Hello\\"";').waitFor();
    assertEquals(
      await tab.source(0),
      'const layers = 5; // blocks (1 to 12)\nconst kind: "a" | "b" = "b";\n' +
        'const on = false;\nconst rates = [3];\nconst prompt = "\\"Hello\\"";',
    );
    await form.getByRole("textbox", { name: "rates" }).fill("[3");
    await form.locator(".dials-invalid").waitFor();
    assertMatch(await tab.source(0), /rates = \[3\];/);
    await tab.cell(0).locator(".cm-line").first().click();
    await tab.page.keyboard.press("Home");
    for (let times = 0; times < "const layers = ".length; times++) {
      await tab.page.keyboard.press("ArrowRight");
    }
    await tab.page.keyboard.press("Delete");
    await tab.page.keyboard.type("9");
    await waitUntil(async () =>
      await form.getByRole("textbox", { name: "layers" }).inputValue() === "9"
    );
    await form.getByRole("button", { name: "Run the notebook" }).click();
    await tab.says(1, '9,b,false,3,"Hello"');
    await tab.close();
  },

  "a training shows its chart live, is found again after a reload, and stopping it keeps the model":
    async ({ lab, context }) => {
      const path = await lab.write("training", TRAINING);
      const tab = await NotebookPage.open(context, { lab, path });
      await tab.page.getByRole("textbox", { name: "layers" }).fill("1");
      await tab.cell(0).getByText("const layers = 1;").waitFor();
      await tab.runToEnd(0);
      await tab.run(1);
      const line = () =>
        tab.cell(1).locator(".main-svg .lines path.js-line").first().getAttribute("d");
      const changes = async () => {
        await tab.cell(1).locator(".main-svg .lines path.js-line").first().waitFor();
        const before = await line();
        await waitUntil(async () => await line() !== before);
      };
      await changes();
      await tab.page.reload();
      await tab.ready();
      await tab.cell(1).locator(".jp-InputPrompt").getByText("[*]:").waitFor();
      // It has been running since before the reload.
      await tab.cell(1).locator(".dials-elapsed").getByText(/^0:0[3-9]|^0:[1-9]|^[1-9]/).waitFor();
      await changes();
      await tab.stop(1);
      await tab.ended(1);
      assertMatch(await tab.output(1), /Interrupted: .*variables are kept/);
      await tab.runToEnd(2);
      assertEquals((await tab.output(2)).trim(), "1 it writes");
      await tab.close();
    },

  "a busy loop is stopped and its variables are kept": async ({ lab, context }) => {
    const path = await lab.write("loop", [
      { source: "let count = 0;\nwhile (true) count++;" },
      { source: "count > 1000" },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.run(0);
    await tab.stop(0);
    await tab.ended(0);
    assertMatch(await tab.output(0), /Interrupted/);
    await tab.runToEnd(1);
    assertEquals(await tab.output(1), "true");
    await tab.close();
  },

  "a cell that is run before the page knows what ran earlier goes on showing that it runs": async (
    { lab, context },
  ) => {
    const path = await lab.write("early", [{ source: "while (true);" }]);
    const running = Promise.withResolvers<void>();
    await context.route(/\/recording\b/, async (route) => {
      await running.promise;
      await route.continue();
    });
    const tab = await NotebookPage.open(context, { lab, path });
    const known = tab.page.waitForResponse(/\/recording\b/);
    await tab.run(0);
    await tab.cell(0).getByRole("button", { name: "Stop" }).waitFor();
    running.resolve();
    await known;
    await tab.page.waitForTimeout(1_000);
    assertEquals(await tab.cell(0).locator(".jp-InputPrompt").innerText(), "[*]:");
    await tab.stop(0);
    await tab.ended(0);
    await tab.close();
  },

  "cells that wait for another show that they wait, and no button to stop them": async (
    { lab, context },
  ) => {
    const path = await lab.write("waiting", [
      { source: "await new Promise(() => {})" },
      { source: "1 + 1" },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.run(0);
    await tab.run(1);
    await tab.cell(0).getByRole("button", { name: "Stop" }).waitFor();
    await tab.page.waitForTimeout(1_000);
    assertEquals(await tab.cell(1).getByRole("button", { name: "Stop" }).count(), 0);
    assertEquals(await tab.cell(1).locator(".jp-InputPrompt").innerText(), "[*]:");
    await tab.stop(0);
    await tab.ended(0);
    await tab.close();
  },

  "a restart forgets the variables, and the notebook can be run again from the top": async (
    { lab, context },
  ) => {
    const path = await lab.write("restart", [
      { source: "const kept = Math.random();" },
      { source: "typeof kept" },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.runToEnd(0);
    await tab.runToEnd(1);
    assertEquals(await tab.output(1), '"number"');
    await tab.page.getByRole("button", { name: /^Restart the kernel$/ }).click();
    await tab.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
    // A cell that is run before the kernel has gone may be lost with it.
    await waitUntil(async () => {
      await tab.run(1);
      await tab.page.waitForTimeout(500);
      return await tab.output(1) === '"undefined"';
    });
    await tab.page.getByRole("button", { name: /and run all/i }).click();
    await tab.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await tab.says(1, '"number"');
    await tab.close();
  },

  "outputs that came while the page was closed are found by the next, in the right cells": async (
    { lab, context },
  ) => {
    const path = await lab.write("away", [
      { source: 'console.log("first")' },
      {
        source:
          `const show = (text) => ({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": text }) });
await Deno.jupyter.display(show("<b>begun</b>"), { display_id: "d" });
await new Promise((resolve) => setTimeout(resolve, 3_000));
await Deno.jupyter.display(show("<b>ended</b>"), { display_id: "d", update: true });
console.log("second")`,
      },
      { source: 'console.log("third")' },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    for (const index of [0, 1, 2]) await tab.run(index);
    await tab.says(1, "begun");
    await tab.page.close();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const next = await NotebookPage.open(context, { lab, path });
    await next.says(2, "third");
    assertEquals((await next.output(0)).trim(), "first");
    assertEquals((await next.output(1)).trim().split(/\s+/), ["ended", "second"]);
    await next.close();
  },

  "a kernel that dies says so, and cells run again": async ({ lab, context }) => {
    const path = await lab.write("dies", [
      { source: "const here = 1;" },
      { source: 'Deno.kill(Deno.ppid, "SIGKILL"); await new Promise(() => {})' },
      { source: "typeof here" },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.runToEnd(0);
    await tab.run(1);
    await tab.page.locator(".dials-banner").getByText(/The kernel died/).waitFor();
    await tab.page.getByText("| Idle").waitFor();
    await tab.runToEnd(2);
    assertEquals(await tab.output(2), '"undefined"');
    await tab.page.close();
  },

  "a connection that is lost is said to be, and comes back with what was missed": async (
    { lab, context },
  ) => {
    const path = await lab.write("offline", [{
      source: `for (let i = 1; i <= 8; i++) {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  console.log(i);
}`,
    }]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.run(0);
    await tab.says(0, "1");
    await tab.loseConnection();
    await tab.page.locator(".dials-banner").getByText(/connection to the lab is lost/).waitFor();
    await tab.restoreConnection();
    await tab.page.locator(".dials-banner").getByText("Connected again.").waitFor();
    await tab.ended(0);
    const lines = (await tab.output(0)).trim().split("\n");
    assertEquals(lines, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    await tab.page.close();
  },
});
