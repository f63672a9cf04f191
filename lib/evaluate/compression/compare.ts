// The model beside compressors that have never seen its text: the same bytes, each as short as it can.

import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from "node:zlib";
import type { Transformer } from "../../model/transformer.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { type CompressionOptions, compressText } from "./compress.ts";

/** How short one compressor made a text. */
export interface CompressedSize {
  readonly compressor: string;
  /** Bytes of its result. */
  readonly bytes: number;
  /** Bits of the result for each byte of the text. */
  readonly bitsPerByte: number;
}

/** How short everybody made a text. */
export interface CompressionComparison {
  /** UTF-8 bytes of the text. */
  readonly textBytes: number;
  /** Shortest first. */
  readonly sizes: readonly CompressedSize[];
  /** Bytes of the model's parameters in float32, which whoever decompresses needs as well. */
  readonly parameterBytes: number;
}

/**
 * Compresses a text, best one that the model was not trained on, with the model and with gzip, zstd and brotli at
 * their strongest.
 *
 * @throws {ConfigError} as {@linkcode compressText}
 * @example
 * ```ts
 * const { sizes } = await compareCompressors(model, tokenizer, corpus.text.slice(-20_000));
 * barChart(sizes.map((s) => s.compressor), sizes.map((s) => s.bitsPerByte));
 * ```
 */
export async function compareCompressors(
  model: Transformer,
  tokenizer: Tokenizer,
  text: string,
  options: CompressionOptions = {},
): Promise<CompressionComparison> {
  const bytes = new TextEncoder().encode(text);
  const size = (compressor: string, { length }: Uint8Array): CompressedSize => ({
    compressor,
    bytes: length,
    bitsPerByte: bytes.length === 0 ? 0 : 8 * length / bytes.length,
  });
  const sizes = [
    size("the model", await compressText(model, tokenizer, text, options)),
    size("gzip", gzipSync(bytes, { level: 9 })),
    size("zstd", zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 22 } })),
    size(
      "brotli",
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    ),
  ];
  return {
    textBytes: bytes.length,
    sizes: sizes.toSorted((a, b) => a.bytes - b.bytes),
    parameterBytes: 4 * model.parameterCount,
  };
}
