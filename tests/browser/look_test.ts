// How the lab's page looks: dark and light, on a phone, and with widgets.

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { inLab } from "./testing/in_lab.ts";
import { NotebookPage } from "./testing/notebook_page.ts";
import { waitUntil } from "./testing/wait_until.ts";

/** A slider as ipywidgets has it, made of messages alone, and a cell that hears of it. */
const SLIDER = `
const controls = { _model_module: "@jupyter-widgets/controls", _model_module_version: "2.0.0",
  _view_module: "@jupyter-widgets/controls", _view_module_version: "2.0.0" };
const base = { _model_module: "@jupyter-widgets/base", _model_module_version: "2.0.0",
  _view_module: "@jupyter-widgets/base", _view_module_version: "2.0.0", _view_name: "LayoutView" };
const widget = (state) => Deno.jupyter.comms.open("jupyter.widget", {
  data: { state, buffer_paths: [] }, metadata: { version: "2.1.0" },
});
const layout = widget({ ...base, _model_name: "LayoutModel" });
const style = widget({ ...controls, _model_name: "SliderStyleModel", _view_name: "StyleView",
  _view_module: "@jupyter-widgets/base" });
const slider = widget({ ...controls, _model_name: "IntSliderModel", _view_name: "IntSliderView",
  layout: "IPY_MODEL_" + layout.id, style: "IPY_MODEL_" + style.id,
  description: "heads", value: 3, min: 0, max: 10, step: 1, readout: true });
let value = 3;
slider.onMessage = ({ data }) => { value = data.state?.value ?? value; };
await Deno.jupyter.display({ [Symbol.for("Jupyter.display")]: () => ({
  "application/vnd.jupyter.widget-view+json":
    { version_major: 2, version_minor: 0, model_id: slider.id },
  "text/plain": "a slider",
}) });`;

inLab({
  "a widget shows, tells the cell what the user does, and is moved by the cell": async (
    { lab, context },
  ) => {
    const path = await lab.write("widgets", [
      { source: SLIDER },
      { source: 'slider.send({ method: "update", state: { value: 7 }, buffer_paths: [] })' },
      { source: "value" },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.runToEnd(0);
    const readout = tab.cell(0).locator(".widget-readout");
    await readout.getByText("3").waitFor();
    await tab.runToEnd(1);
    await readout.getByText("7").waitFor();
    await tab.cell(0).locator(".noUi-handle").focus();
    await tab.page.keyboard.press("ArrowRight");
    await readout.getByText("8").waitFor();
    await tab.runToEnd(2);
    assertEquals(await tab.output(2), "8");
    await tab.close();
  },

  "the page follows the system's colours until the user changes them": async (
    { lab, context },
  ) => {
    const tab = new NotebookPage(await context.newPage(), lab);
    await tab.page.emulateMedia({ colorScheme: "dark" });
    await tab.page.goto(lab.address);
    await tab.page.locator(".dials-lesson").first().waitFor();
    const colour = () =>
      tab.page.evaluate("getComputedStyle(document.querySelector('.dials-start')).backgroundColor");
    const dark = await colour();
    await tab.page.emulateMedia({ colorScheme: "light" });
    await waitUntil(async () => await colour() !== dark);
    const light = await colour();
    await tab.page.getByTitle("Change to dark").click();
    await waitUntil(async () => await colour() === dark);
    await tab.page.reload();
    await tab.page.locator(".dials-lesson").first().waitFor();
    assertEquals(await colour(), dark);
    assertNotEquals(dark, light);
    await tab.close();
  },

  "a notebook can be read and run on a phone": async ({ lab, context }) => {
    const tab = await NotebookPage.open(context, { lab, path: "notebooks/05_generation.ipynb" });
    await tab.page.setViewportSize({ width: 390, height: 800 });
    const text = tab.cell(0).locator("p").first();
    await waitUntil(async () => {
      const box = await text.boundingBox();
      return box !== null && box.width > 250 && box.x + box.width <= 390;
    });
    const width = await tab.page.evaluate("document.documentElement.scrollWidth");
    assert(Number(width) <= 390);
    await tab.cell(1).locator(".dials-form").getByRole("slider").first().waitFor();
    await tab.close();
  },

  "the keys are told": async ({ lab, context }) => {
    const tab = new NotebookPage(await context.newPage(), lab);
    await tab.page.goto(lab.address);
    await tab.page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    const dialog = tab.page.getByRole("dialog");
    await dialog.getByText("Run the cell and go to the next").waitFor();
    await dialog.getByText("Stop the running cell").waitFor();
    assert(await dialog.locator("kbd").count() > 20);
    await dialog.getByRole("button", { name: "Close" }).click();
    await tab.close();
  },
});
