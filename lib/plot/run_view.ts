// Where a training run can be seen, and what there is to say about how it stands.
import type { TrainingPoint } from "../train/point.ts";

/** Where a run stands: under way, through all its steps, ended early by a signal, or by an error. */
export type RunState = "running" | "done" | "stopped" | "failed";

/** Somewhere a run can be seen. */
export interface RunView {
  /** Shows the run so far in place of what was shown before. */
  show(points: readonly TrainingPoint[], state: RunState): Promise<void>;
}
