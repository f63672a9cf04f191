// Text to the screen while it is being written.

/**
 * Writes pieces of text to standard output as they come.
 *
 * @param pieces text in pieces, such as {@linkcode generate} gives
 * @example
 * ```ts
 * await stream(generate(model, tokenizer, { prompt: "The ", tokens: 200, echo: true }));
 * ```
 */
export async function stream(pieces: AsyncIterable<string>): Promise<void> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    const bytes = encoder.encode(piece);
    for (let written = 0; written < bytes.length;) {
      written += await Deno.stdout.write(bytes.subarray(written));
    }
  }
}
