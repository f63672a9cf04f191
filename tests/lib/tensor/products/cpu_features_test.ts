// What the processor says of itself, beside what Linux says of it.

import { assertEquals } from "@std/assert";
import {
  bestInstructionSet,
  readCpuFeatures,
} from "../../../../lib/tensor/products/cpu_features.ts";
import { openCodeLoader } from "../../../../lib/tensor/products/executable_memory.ts";

Deno.test({
  name: "CPUID agrees with /proc/cpuinfo",
  ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
  fn() {
    const cpuinfo = Deno.readTextFileSync("/proc/cpuinfo");
    const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)![1].trim().split(/\s+/));
    assertEquals(readCpuFeatures(openCodeLoader()), {
      avx2: flags.has("avx2"),
      fma: flags.has("fma"),
      avx512f: flags.has("avx512f"),
    });
  },
});

Deno.test("AVX-512 is taken first, AVX2 only with FMA", () => {
  const none = { avx2: false, fma: false, avx512f: false };
  assertEquals(bestInstructionSet({ avx2: true, fma: true, avx512f: true }), "AVX-512");
  assertEquals(bestInstructionSet({ ...none, avx2: true, fma: true }), "AVX2");
  assertEquals(bestInstructionSet({ ...none, avx2: true }), undefined);
  assertEquals(bestInstructionSet(none), undefined);
});
