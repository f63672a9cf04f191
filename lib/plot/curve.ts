// Curves made fit to be looked at: noise smoothed, and no more points than a figure can show.

/** A curve: y over x, x rising. */
export interface Curve {
  x: number[];
  y: number[];
}

/** Most points of one line in a figure. */
export const MOST_POINTS = 1000;

/**
 * The exponential moving average of a noisy curve. Its memory is a tenth of the way so far and at most
 * `memory`, so that the steep beginning is followed closely and the flat end is smooth.
 *
 * @param options.memory longest memory, in units of x
 */
export function smooth({ x, y }: Curve, { memory }: { memory: number }): Curve {
  const smoothed: number[] = [];
  let average = NaN;
  for (let i = 0; i < y.length; i++) {
    const since = i === 0 ? 0 : x[i] - x[i - 1];
    const reach = Math.max(Math.min(memory, 0.1 * (x[i] - x[0])), Number.MIN_VALUE);
    const kept = Number.isFinite(average) ? Math.exp(-since / reach) : 0;
    if (Number.isFinite(y[i])) {
      average = kept * (Number.isFinite(average) ? average : 0) + (1 - kept) * y[i];
    }
    smoothed.push(average);
  }
  return { x, y: smoothed };
}

/**
 * A curve in at most `most` points that looks the same: of each stretch the lowest and the highest
 * point stay, so that no spike is lost, and the first and the last of all.
 */
export function thin({ x, y }: Curve, { most = MOST_POINTS } = {}): Curve {
  if (x.length <= most) return { x, y };
  const stretches = Math.max(1, Math.floor((most - 2) / 2));
  const kept = [0];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = 1 + Math.floor(stretch * (x.length - 2) / stretches);
    const to = 1 + Math.floor((stretch + 1) * (x.length - 2) / stretches);
    let low = from;
    let high = from;
    for (let i = from + 1; i < to; i++) {
      if (y[i] < y[low]) low = i;
      if (y[i] > y[high]) high = i;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  kept.push(x.length - 1);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => y[i]) };
}
