// OpenBLAS, where this machine has it: the library that products are compared with.

const NAMES = [
  "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0",
  "libopenblas.so.0",
  "libopenblas.dll",
];

const ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112;

/** `c = a · b` on matrices stored by rows without gaps. */
export type Sgemm = (
  product: {
    a: Float32Array;
    b: Float32Array;
    c: Float32Array;
    m: number;
    n: number;
    k: number;
    transposeA: boolean;
    transposeB: boolean;
  },
) => void;

/** Opens OpenBLAS with one thread; undefined where there is none. */
export function openOpenBlas(): { sgemm: Sgemm; core: string } | undefined {
  for (const name of NAMES) {
    let library;
    try {
      library = Deno.dlopen(name, {
        cblas_sgemm: {
          parameters: [
            ...["i32", "i32", "i32", "i32", "i32", "i32", "f32"] as const,
            ...["buffer", "i32", "buffer", "i32", "f32", "buffer", "i32"] as const,
          ],
          result: "void",
        },
        openblas_set_num_threads: { parameters: ["i32"], result: "void" },
        openblas_get_corename: { parameters: [], result: "pointer" },
      });
    } catch {
      continue; // the next name may be right
    }
    const { cblas_sgemm, openblas_set_num_threads, openblas_get_corename } = library.symbols;
    openblas_set_num_threads(1);
    const core = Deno.UnsafePointerView.getCString(openblas_get_corename()!);
    return {
      core,
      sgemm({ a, b, c, m, n, k, transposeA, transposeB }) {
        cblas_sgemm(
          ...[ROW_MAJOR, transposeA ? TRANSPOSED : PLAIN, transposeB ? TRANSPOSED : PLAIN] as const,
          ...[m, n, k, 1] as const,
          ...[
            a as BufferSource,
            transposeA ? m : k,
            b as BufferSource,
            transposeB ? k : n,
          ] as const,
          ...[0, c as BufferSource, n] as const,
        );
      },
    };
  }
  return undefined;
}
