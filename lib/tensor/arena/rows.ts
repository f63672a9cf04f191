// Kernels on arrays seen as rows of equal length, which several operations share.

import type { KernelCode, Vector } from "../vectors/code.ts";
import type { KernelDefinition } from "../vectors/kernels.ts";

/** The arithmetic of two operands that tfjs's binary kernels have in the arena. */
export type Arithmetic = "add" | "subtract" | "multiply" | "divide";

/** y = a ∘ b, element by element. Arguments: size, a, b, y. */
export function elementwise(operation: Arithmetic): KernelDefinition {
  return {
    name: `${operation} elements`,
    write(code) {
      const size = code.count();
      const [a, b, y] = [code.pointer(), code.pointer(), code.pointer()];
      code.columns(size, () => code.store(y, code[operation](code.load(a), code.load(b))));
    },
  };
}

/** y = a ∘ b for each row of `a` and the one row `b`. Arguments: rows, width, a, b, y. */
export function rowwise(operation: Arithmetic): KernelDefinition {
  return {
    name: `${operation} a row`,
    write(code) {
      const [rows, width] = [code.count(), code.count()];
      const [a, b, y] = [code.pointer(), code.pointer(), code.pointer()];
      const bytes = code.bytes(width);
      code.repeat(rows, () => {
        code.columns(width, () => code.store(y, code[operation](code.load(a), code.load(b))));
        for (const pointer of [a, y]) code.advance(pointer, bytes);
      });
    },
  };
}

/** y = a ∘ b for all of `a` and the one number at `b`. Arguments: size, a, b, y. */
export function numberwise(operation: Arithmetic): KernelDefinition {
  return {
    name: `${operation} a number`,
    write(code) {
      const size = code.count();
      const [a, b, y] = [code.pointer(), code.pointer(), code.pointer()];
      const number = code.broadcast(b);
      code.columns(size, () => code.store(y, code[operation](code.load(a), number)));
    },
  };
}

/** y = a + b for each row of `a` and the one row `b`. Arguments: rows, width, a, b, y. */
export const addRow = rowwise("add");

/** The sum of all rows. Arguments: rows, width, x, y. */
export const sumRows: KernelDefinition = {
  name: "sum of rows",
  write(code) {
    const [rows, width] = [code.count(), code.count()];
    const [x, y] = [code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.columns(width, () => code.store(y, code.constant(0)));
    code.repeat(rows, () => {
      code.columns(width, () => code.store(y, code.add(code.load(y), code.load(x))));
      code.advance(x, bytes);
    });
  },
};

/** One number for each row. Arguments: rows, width, x, y. */
export const sumAlongRows = alongRows("sum along rows", {
  start: 0,
  column: (code, sum, x) => code.gather(sum, x),
  finish: (code, sum) => code.sum(sum),
});

/** The largest of each row. Arguments: rows, width, x, y. */
export const largestAlongRows = alongRows("largest along rows", {
  start: -Infinity,
  column: (code, most, x) => code.gatherMax(most, x),
  finish: (code, most) => code.largest(most),
});

/** Copies. Arguments: size, x, y. */
export const copy: KernelDefinition = {
  name: "copy",
  write(code) {
    const [size, x, y] = [code.count(), code.pointer(), code.pointer()];
    code.columns(size, () => code.store(y, code.load(x)));
  },
};

/** Exchanges the middle axes of (A, B, C, D). Arguments: A, B, C, D, x, y. */
export const exchangeMiddle: KernelDefinition = {
  name: "exchange the middle axes",
  write(code) {
    const [outer, from, to, width] = [code.count(), code.count(), code.count(), code.count()];
    const [x, y] = [code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    const rowBytes = code.product(bytes, to);
    code.repeat(outer, () => {
      const column = code.copy(x);
      code.repeat(to, () => {
        const source = code.copy(column);
        code.repeat(from, () => {
          code.columns(width, () => code.store(y, code.load(source)));
          code.advance(source, rowBytes);
          code.advance(y, bytes);
        });
        code.advance(column, bytes);
      });
      code.advance(x, code.product(rowBytes, from));
    });
  },
};

function alongRows(
  name: string,
  { start, column, finish }: {
    start: number;
    column: (code: KernelCode, gathered: Vector, x: Vector) => void;
    finish: (code: KernelCode, gathered: Vector) => Vector;
  },
): KernelDefinition {
  return {
    name,
    write(code) {
      const [rows, width] = [code.count(), code.count()];
      const [x, y] = [code.pointer(), code.pointer()];
      const bytes = code.bytes(width);
      code.repeat(rows, () => {
        const gathered = code.variable(start);
        code.columns(width, () => column(code, gathered, code.load(x)));
        code.storeFirst(y, finish(code, gathered));
        code.advance(x, bytes);
        code.advance(y, 4);
      });
    },
  };
}
