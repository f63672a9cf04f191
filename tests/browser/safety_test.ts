// What the lab's page does so that no work is lost and no stranger's script runs.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { readNotebook } from "../../kernel/notebook/read.ts";
import { inLab } from "./testing/in_lab.ts";
import { NotebookPage } from "./testing/notebook_page.ts";
import { waitUntil } from "./testing/wait_until.ts";

inLab({
  "scripts in outputs from elsewhere do not run until the notebook is trusted": async (
    { lab, context },
  ) => {
    const html = "<b>shown</b><img src=none onerror='window.ran = true'>" +
      "<script>window.ran = true</script>";
    const path = await lab.write("foreign", [{
      source: "1",
      outputs: [{ output_type: "display_data", data: { "text/html": html }, metadata: {} }],
    }, {
      type: "markdown",
      source: "text <img src=none onerror='window.ran = true'>",
    }]);
    const tab = await NotebookPage.open(context, { lab, path });
    const ran = () => tab.page.evaluate("window.ran === true");
    await tab.says(0, "shown");
    await tab.page.waitForTimeout(500);
    assert(!await ran());
    await tab.page.getByRole("button", { name: "Trust this notebook" }).click();
    await tab.page.getByRole("dialog").getByRole("button", { name: "Trust" }).click();
    await waitUntil(async () => await ran() === true);
    await tab.save();
    // What is trusted once stays so.
    await tab.page.reload();
    await tab.ready();
    await waitUntil(async () => await ran() === true);
    assertEquals(await tab.page.locator(".dials-banner:not(.lm-mod-hidden)").count(), 0);
    await tab.page.close();
  },

  "a file that was changed on the disk is noticed before it is saved, and either can be kept":
    async ({ lab, context }) => {
      const path = await lab.write("changed", [{ source: "mine" }]);
      const tab = await NotebookPage.open(context, { lab, path });
      const first = async () => (await readNotebook(join(lab.folder, path))).cells[0].source;
      await tab.type(0, " 1");
      await new Promise((resolve) => setTimeout(resolve, 1_000)); // the time of files may be coarse
      await lab.write("changed", [{ source: "theirs" }]);
      await tab.page.keyboard.press("Control+s");
      await tab.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      assertEquals(await first(), "theirs");
      assertStringIncludes(await tab.source(0), "mine");
      await tab.page.keyboard.press("Control+s");
      await tab.page.getByRole("dialog").getByRole("button", { name: "Overwrite" }).click();
      await waitUntil(async () => (await first()).includes("mine"));
      await tab.type(0, " 2");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await lab.write("changed", [{ source: "theirs again" }]);
      await tab.page.keyboard.press("Control+s");
      await tab.page.getByRole("dialog").getByRole("button", { name: "Revert" }).click();
      await waitUntil(async () => await tab.source(0) === "theirs again");
      await tab.close();
    },

  "of two tabs with one notebook neither overwrites the other unasked": async (
    { lab, context },
  ) => {
    const path = await lab.write("twice", [{ source: "a" }]);
    const one = await NotebookPage.open(context, { lab, path });
    const other = await NotebookPage.open(context, { lab, path });
    await one.type(0, " first");
    await one.save();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await other.type(0, " second");
    await other.page.keyboard.press("Control+s");
    await other.page.getByRole("dialog").getByRole("button", { name: "Overwrite" }).waitFor();
    const { cells } = await readNotebook(join(lab.folder, path));
    assertStringIncludes(cells[0].source, "first");
    await other.page.getByRole("dialog").getByRole("button", { name: "Revert" }).click();
    await waitUntil(async () => (await other.source(0)).includes("first"));
    await one.close();
    await other.close();
  },

  "a save that fails says so, keeps the text, and can be tried again": async (
    { lab, context },
  ) => {
    const path = await lab.write("full", [{ source: "a" }]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.type(0, " text");
    await tab.page.route("**/api/contents/full.ipynb*", async (route) => {
      if (route.request().method() !== "PUT") return await route.fallback();
      const json = { message: "There is no room left on the disk.", reason: null };
      await route.fulfill({ status: 507, json });
    });
    await tab.page.keyboard.press("Control+s");
    await tab.page.getByText("There is no room left on the disk.").first().waitFor();
    await tab.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    assertStringIncludes(await tab.source(0), "text");
    await tab.page.unroute("**/api/contents/full.ipynb*");
    await tab.save();
    const { cells } = await readNotebook(join(lab.folder, path));
    assertStringIncludes(cells[0].source, "text");
    await tab.page.close();
  },

  "a notebook goes back to its checkpoint": async ({ lab, context }) => {
    const path = await lab.write("checkpoint", [{ source: "before" }]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.save();
    await tab.type(0, " after");
    await tab.command("Revert Notebook to Checkpoint");
    await tab.page.getByRole("dialog").getByRole("button", { name: "Revert" }).click();
    await waitUntil(async () => await tab.source(0) === "before");
    await tab.close();
  },
});
