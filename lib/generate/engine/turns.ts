// The angles by which rotary positions turn pairs of coordinates, computed once for each position.

/** Cosines and sines of `position · frequency`. */
export class Turns {
  readonly #frequencies: Float64Array;
  #positions = 0;
  /** (position, frequency) */
  #cos = new Float32Array();
  #sin = new Float32Array();

  constructor(frequencies: Float64Array) {
    this.#frequencies = frequencies;
  }

  /** Computes the angles of the first `positions`, as far as they are missing. */
  reserve(positions: number): void {
    if (positions <= this.#positions) return;
    const count = this.#frequencies.length;
    if (positions * count > this.#cos.length) {
      const room = 2 * positions * count;
      const [cos, sin] = [new Float32Array(room), new Float32Array(room)];
      cos.set(this.#cos);
      sin.set(this.#sin);
      this.#cos = cos;
      this.#sin = sin;
    }
    for (let position = this.#positions; position < positions; position++) {
      for (let i = 0; i < count; i++) {
        const angle = position * this.#frequencies[i];
        this.#cos[position * count + i] = Math.cos(angle);
        this.#sin[position * count + i] = Math.sin(angle);
      }
    }
    this.#positions = positions;
  }

  /** Turns coordinates i and i + D/2 of the head that begins at `at`; the position must have been reserved. */
  turn(floats: Float32Array, at: number, position: number): void {
    const half = this.#frequencies.length;
    const angles = position * half;
    for (let i = 0; i < half; i++) {
      const first = floats[at + i];
      const second = floats[at + half + i];
      const cos = this.#cos[angles + i];
      const sin = this.#sin[angles + i];
      floats[at + i] = first * cos - second * sin;
      floats[at + half + i] = second * cos + first * sin;
    }
  }
}
