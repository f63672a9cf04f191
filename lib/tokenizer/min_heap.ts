// A binary heap over two typed arrays: training takes the most frequent pair from it, encoding a
// long piece the pair that was merged earliest.

/** A priority queue of entries (key, tie): the smallest key first, the smallest tie among equal keys. */
export class MinHeap {
  #keys = new Float64Array(64);
  #ties = new Float64Array(64);
  #size = 0;

  /** The number of entries. */
  get size(): number {
    return this.#size;
  }

  /** The first entry's key; meaningless in an empty heap. */
  get key(): number {
    return this.#keys[0];
  }

  /** The first entry's tie; meaningless in an empty heap. */
  get tie(): number {
    return this.#ties[0];
  }

  /** Adds an entry. */
  push(key: number, tie: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const ties = this.#ties;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent] < key || (keys[parent] === key && ties[parent] <= tie)) break;
      keys[at] = keys[parent];
      ties[at] = ties[parent];
      at = parent;
    }
    keys[at] = key;
    ties[at] = tie;
  }

  /** Takes the first entry out. */
  pop(): void {
    const keys = this.#keys;
    const ties = this.#ties;
    const size = --this.#size;
    const key = keys[size];
    const tie = ties[size];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const sibling = child + 1;
      if (
        sibling < size && (keys[sibling] < keys[child] ||
          (keys[sibling] === keys[child] && ties[sibling] < ties[child]))
      ) child = sibling;
      if (key < keys[child] || (key === keys[child] && tie <= ties[child])) break;
      keys[at] = keys[child];
      ties[at] = ties[child];
      at = child;
    }
    keys[at] = key;
    ties[at] = tie;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    const ties = new Float64Array(2 * this.#size);
    keys.set(this.#keys);
    ties.set(this.#ties);
    this.#keys = keys;
    this.#ties = ties;
  }
}
