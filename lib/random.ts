// The one source of chance in Dials: small, fast, seedable, the same on every machine. Initial
// parameters, batches, samples and the shipped corpus all draw from it, so a seed names a whole run.

/**
 * A pseudo-random generator (sfc32: 128 bits of state, passes PractRand).
 *
 * @example
 * ```ts
 * const random = new Random(1, "batches");
 * random.integer(6); // 0 to 5, the same on every machine
 * ```
 * @see Doty-Humphrey, "PractRand", the `sfc` family
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spareNormal: number | undefined;

  /**
   * @param seed any number; its 32 low bits count, so use integers
   * @param stream a name, so that different uses of one seed draw different numbers
   */
  constructor(seed: number, stream: string | number = "") {
    this.#a = Math.trunc(seed) | 0;
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0;
    this.#c = hash(String(stream));
    for (let i = 0; i < 15; i++) this.uint32(); // let the seed reach every bit of the state
  }

  /** The next 32 random bits, as an integer from 0 to 2³² − 1. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded). */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer from 0 to `bound` − 1; the bias is below 2⁻³² · `bound`. */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** A draw from the standard normal distribution (Box & Muller 1958). */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** One of `items`, each as likely as any other. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)];
  }

  /** Brings `items` into an order where every one is as likely, in place (Fisher & Yates). */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}

/** FNV-1a over the UTF-16 units of `text`. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
