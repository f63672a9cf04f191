// The lab, judged by clients that were written for Jupyter's own server.

import { fromFileUrl, join } from "@std/path";
import { startLab } from "../../kernel/server/lab.ts";
import { type Counts, judge } from "./judge.ts";
import { writeShortForm } from "./short_form.ts";

const HERE = fromFileUrl(new URL(".", import.meta.url));
const NOTEBOOK = fromFileUrl(new URL("../../notebooks/01_tokenization.ipynb", import.meta.url));

/** Starts a lab in `folder` and has both clients judge it. */
export async function judgeLab(
  { python, folder, env }: { python: string; folder: string; env: Record<string, string> },
): Promise<Counts[]> {
  const served = join(folder, "served");
  await Deno.mkdir(served);
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  const lab = await startLab({
    folder: served,
    port: 0,
    pageFolder: () => Promise.resolve(served),
    trustFolder: join(folder, "trust"),
  });
  try {
    console.log("The lab by @jupyterlab/services:");
    const script = join(HERE, "jupyterlab_services.ts");
    const services = await judge(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, lab.url, lab.token],
      env,
    });
    console.log("The lab by Jupyter Server's gateway client and nbclient:");
    const notebook = await writeShortForm(NOTEBOOK, folder);
    const gateway = await judge(python, {
      args: [join(HERE, "through_the_lab.py"), lab.url, lab.token, notebook],
      env,
    });
    return [services, gateway];
  } finally {
    await lab.close();
  }
}
