// Says when the kernel has died.

import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import { DisposableDelegate, type IDisposable } from "@lumino/disposable";
import { Banner } from "./banner.ts";

/** Watches a session's kernel; speaks through `banner`. */
export function watchKernel(
  context: ISessionContext,
  { banner, onRunAll }: { banner: Banner; onRunAll: () => void },
): IDisposable {
  const update = (_: ISessionContext, status: Kernel.Status) => {
    if (status === "autorestarting") {
      banner.say({
        text: "The kernel died, and another one has taken its place: the variables are gone.",
        kind: "problem",
        actions: { "Run all cells again": onRunAll },
      });
    } else if (status === "dead") {
      banner.say({
        text: "The kernel died and did not come back. Your text and outputs are all here.",
        kind: "problem",
        actions: { "Start it again": () => void context.restartKernel() },
      });
    } else if (status === "restarting") {
      banner.end();
    }
  };
  context.statusChanged.connect(update);
  return new DisposableDelegate(() => context.statusChanged.disconnect(update));
}
