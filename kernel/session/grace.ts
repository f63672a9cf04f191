// The time that a cell has to notice an interrupt. JavaScript of cells does within milliseconds, and libraries
// when they next wait for something; a native call does not before it returns, and may never.

/** Milliseconds where nobody says otherwise: more than a native call of ordinary length. */
const USUAL = 10_000;

/**
 * The milliseconds that DIALS_GRACE gives, in seconds, to cells that are interrupted.
 *
 * @throws {RangeError} if it is no number of seconds
 */
export function graceTime(): number {
  const text = Deno.env.get("DIALS_GRACE");
  if (text === undefined || text === "") return USUAL;
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 86_400)) {
    throw new RangeError(
      `the environment variable DIALS_GRACE is ${
        JSON.stringify(text)
      }; it should be the seconds after which ` +
        "a cell that does not notice its interrupt is ended, from 0 to 86400",
    );
  }
  return seconds * 1_000;
}

/** Counts the grace of one cell process. */
export class Grace {
  /** Its length, in milliseconds. */
  readonly length: number;
  readonly #over: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holds = 0;

  /** Calls `over` if `length` milliseconds pass in which an interrupt is not noticed. */
  constructor(length: number, over: () => void) {
    this.length = length;
    this.#over = over;
  }

  /** An interrupt is on its way; those that follow change nothing. */
  begin(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A cell whose printing has to wait cannot notice anything: that is not its fault.
      if (this.#holds > 0) this.begin();
      else this.#over();
    }, this.length);
  }

  /** The interrupt has been noticed, or has nothing left to stop. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The cell's printing waits until `relieved`. */
  async hold(relieved: Promise<void>): Promise<void> {
    this.#holds++;
    await relieved;
    this.#holds--;
  }
}
