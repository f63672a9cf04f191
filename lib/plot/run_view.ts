// Where a run can be seen, and what there is to say about how it stands.
import type { Figure } from "./figure.ts";

/** Where a run stands: under way, through all its steps, ended early by a signal, or by an error. */
export type RunState = "running" | "done" | "stopped" | "failed";

/** What every kind of run tells at each of its points. */
export interface Progress {
  /** Steps done, from 1. */
  readonly step: number;
  /** Steps that the run will do. */
  readonly steps: number;
  /** Time spent so far. */
  readonly seconds: number;
}

/** How a kind of run looks. */
export interface RunLooks<P> {
  /** The picture of the run so far. */
  chart(points: readonly P[]): Figure;
  /** Its figures in one line. */
  line(points: readonly P[], state: RunState): string;
  /** Whether a point tells something that must not be passed over. */
  isNews(point: P): boolean;
}

/** Somewhere a run can be seen. */
export interface RunView<P> {
  /** Shows the run so far in place of what was shown before. */
  show(points: readonly P[], state: RunState): Promise<void>;
}
