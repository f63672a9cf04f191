// Two customs of rotary positions: the pairs that are turned together are coordinates i and i + D/2 of a head (Hugging
// Face, and here), or 2i and 2i + 1 (Meta's own code, llama2.c, llama.cpp's Llama). Reordering the rows of the
// weights that make queries and keys leads from one to the other.

/**
 * The rows of a weight (out, in), or the numbers of a bias, so ordered that neighbours are turned together.
 *
 * @param options.rows the number of rows, a multiple of `headWidth`
 */
export function interleaved(
  values: Float32Array,
  { rows, headWidth }: { rows: number; headWidth: number },
): Float32Array {
  const columns = values.length / rows;
  const half = headWidth / 2;
  const ordered = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const within = row % headWidth;
    const from = row - within + (within % 2) * half + Math.floor(within / 2);
    ordered.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return ordered;
}
