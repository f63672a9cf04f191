// The matrix products of a transformer's training step.

/** One product C = A · B of (m, k) and (k, n). */
export interface Shape {
  readonly what: string;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Which operand lies transposed in memory. */
  readonly transposes: "none" | "A" | "B";
}

/** The three products of a linear layer from `inputs` to `outputs` numbers, for so many rows. */
export function linearLayer(
  what: string,
  { rows, inputs, outputs }: { rows: number; inputs: number; outputs: number },
): Shape[] {
  const sides = `${what}, ${rows} rows`;
  return [
    { what: sides, m: rows, k: inputs, n: outputs, transposes: "none" },
    { what: `${sides}: dX`, m: rows, k: outputs, n: inputs, transposes: "B" },
    { what: `${sides}: dW`, m: inputs, k: rows, n: outputs, transposes: "A" },
  ];
}

/** Every product that models of the given sizes have. */
export function modelProducts(
  { widths, rows, vocabularies }: {
    widths: readonly number[];
    rows: readonly number[];
    vocabularies: readonly number[];
  },
): Shape[] {
  return widths.flatMap((width) =>
    rows.flatMap((rows) => [
      ...linearLayer(`${width} → ${width}`, { rows, inputs: width, outputs: width }),
      ...linearLayer(`${width} → ${4 * width}`, { rows, inputs: width, outputs: 4 * width }),
      ...linearLayer(`${4 * width} → ${width}`, { rows, inputs: 4 * width, outputs: width }),
      ...vocabularies.flatMap((outputs) =>
        linearLayer(`${width} → ${outputs} tokens`, { rows, inputs: width, outputs })
      ),
    ])
  );
}
