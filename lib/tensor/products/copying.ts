// Copies that are made along with the sums of a block, so that memory is waited for while there is
// arithmetic to do.

import { RAX, RDX, type Register, RSI, RSP } from "./assembler.ts";
import { CALL, type Emitter, LINE, UNROLL } from "./sums.ts";

/** What is copied along with a block of sums; each slot holds an address. */
export interface Copies {
  /** To where the panel of B is copied, packed. */
  readonly panel?: { readonly slot: number };
  readonly next?: NextPanel;
  readonly lines?: NextLines;
}

/** A part of the panel beside this one, copied bit by bit: memory gives only so much at once. */
export interface NextPanel {
  /** The slots of where its first row lies, and of where this is copied to. */
  readonly from: number;
  readonly to: number;
  /** Floats from one row, as it lies in memory, to the next. */
  readonly row: number;
  /** How many rows are copied, each after so many rounds of the sums. */
  readonly rows: number;
  readonly rounds: number;
}

/** Rows of the panel beside this one as they lie transposed in memory: they are only asked for. */
export interface NextLines {
  /** The slot of where the first of them begins. */
  readonly from: number;
  /** Floats from one row, as it lies in memory, to the next. */
  readonly row: number;
  readonly rows: number;
}

/** What the sums are made of. */
interface Sources {
  /** Steps along k. */
  readonly k: number;
  readonly vectors: number;
  /** The panel of B at the current round, and floats from one of its rows to the next. */
  readonly b: Register;
  readonly rowB: number;
  /** A vector register that is free between two steps. */
  readonly spare: number;
}

const FLOAT = 4;
/** So many steps take about as long as the third-level cache. */
const PREFETCH_STEPS = 16;
/** Rows of the next panel follow each other more slowly. */
const PREFETCH_ROWS = 8;

const PANEL_TO = RAX;
const NEXT_FROM = RSI, NEXT_TO = RDX;
/** These belong to the function around the sums. */
const BORROWED = [NEXT_FROM, NEXT_TO];

/** Emits copies at the places that the loop along k has for them. */
export class CopyEmitter {
  readonly #emitter: Emitter;
  readonly #copies: Copies;
  readonly #sources: Sources;

  constructor(emitter: Emitter, copies: Copies, sources: Sources) {
    this.#emitter = emitter;
    this.#copies = copies;
    this.#sources = sources;
  }

  /** How often there is something to do beside the sums, each time after so many rounds. */
  pace(): { times: number; rounds: number } {
    const { next, lines } = this.#copies;
    if (next) return { times: next.rows, rounds: next.rounds };
    return { times: lines ? Math.floor(this.#sources.k / LINE) : 0, rounds: LINE / UNROLL };
  }

  /** Before the loop. */
  begin(): void {
    const { assembler } = this.#emitter;
    const { panel, next, lines } = this.#copies;
    if (panel) assembler.load64(PANEL_TO, { base: RSP, offset: panel.slot + CALL });
    const from = next?.from ?? lines?.from;
    if (from === undefined) return;
    BORROWED.forEach((register) => assembler.push(register));
    const pushed = CALL + 8 * BORROWED.length;
    assembler.load64(NEXT_FROM, { base: RSP, offset: from + pushed });
    if (next) assembler.load64(NEXT_TO, { base: RSP, offset: next.to + pushed });
  }

  /** A row of the panel of B, which has been loaded into registers from `first` on. */
  panelRow(step: number, first: number): void {
    if (!this.#copies.panel) return;
    const { assembler, vector, unit } = this.#emitter;
    const { vectors, b, rowB } = this.#sources;
    for (let v = 0; v < vectors; v++) {
      // Rows that are copied are seen for the first time, and often lie in a page each.
      const ahead = FLOAT * ((step + PREFETCH_STEPS) * rowB + v * unit.lanes);
      assembler.prefetch({ base: b, offset: ahead });
      const offset = FLOAT * (step * vectors + v) * unit.lanes;
      vector.store({ base: PANEL_TO, offset }, first + v);
    }
  }

  /** After a round of so many steps. */
  round(steps: number): void {
    const { assembler, unit } = this.#emitter;
    if (this.#copies.panel) {
      assembler.add(PANEL_TO, FLOAT * steps * this.#sources.vectors * unit.lanes);
    }
  }

  /** What is done beside the sums, at its {@linkcode pace}. */
  beside(): void {
    const { next, lines } = this.#copies;
    if (next) this.#copyRow(next);
    if (lines) this.#fetchLines(lines);
  }

  #fetchLines({ rows, row }: NextLines): void {
    const { assembler } = this.#emitter;
    for (let i = 0; i < rows; i++) {
      assembler.prefetch({ base: NEXT_FROM, offset: FLOAT * i * row });
    }
    assembler.add(NEXT_FROM, FLOAT * LINE);
  }

  /** A row of the next panel. */
  #copyRow({ row }: NextPanel): void {
    const { assembler, vector, unit } = this.#emitter;
    const { vectors, spare } = this.#sources;
    const width = vectors * unit.lanes;
    for (let column = 0; column < width; column += unit.lanes) {
      const ahead = FLOAT * (PREFETCH_ROWS * row + column);
      assembler.prefetch({ base: NEXT_FROM, offset: ahead });
      vector.load(spare, { base: NEXT_FROM, offset: FLOAT * column });
      vector.store({ base: NEXT_TO, offset: FLOAT * column }, spare);
    }
    assembler.add(NEXT_FROM, FLOAT * row);
    assembler.add(NEXT_TO, FLOAT * width);
  }

  /** After the loop. */
  end(): void {
    if (!this.#copies.next && !this.#copies.lines) return;
    for (const register of BORROWED.toReversed()) this.#emitter.assembler.pop(register);
  }
}
