// Every backend that works here against tfjs's own cpu backend, and the choice among them.

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { Random } from "../../../lib/random.ts";
import { type BackendName, useBackend } from "../../../lib/tensor/backend.ts";

const backends: BackendName[] = await working(["native", "wasm"]);

async function working(names: BackendName[]): Promise<BackendName[]> {
  const result: BackendName[] = [];
  for (const name of names) {
    try {
      await useBackend(name);
      result.push(name);
    } catch (error) {
      console.log(`Not tested here: ${(error as Error).message}`);
    }
  }
  return result;
}

type Run = () => tf.Tensor[];

/** Asserts that `run` gives on `backend` what it gives on cpu, and leaves no tensor behind. */
async function assertAgrees(backend: BackendName, run: Run): Promise<void> {
  const results: { shape: number[]; values: Float32Array }[][] = [];
  for (const name of ["cpu", backend] as const) {
    await useBackend(name);
    const before = tf.memory().numTensors;
    const tensors = tf.tidy(run);
    results.push(
      tensors.map((t) => ({ shape: t.shape, values: t.dataSync<"float32">().slice() })),
    );
    tf.dispose(tensors);
    assertEquals(tf.memory().numTensors, before, `${name} leaves tensors behind`);
  }
  const [expected, actual] = results;
  expected.forEach(({ shape, values }, i) => {
    assertEquals(actual[i].shape, shape);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    values.forEach((value, at) => {
      const difference = Math.abs(actual[i].values[at] - value);
      assert(difference <= 3e-6 * largest, `${actual[i].values[at]}, not ${value}`);
    });
  });
}

function normal(shape: number[], seed: number): tf.Tensor {
  const random = new Random(seed, "backend");
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length: size }, () => random.normal()), shape);
}

const TRANSPOSES = [[false, false], [false, true], [true, false], [true, true]];

/** A shape whose last two axes are (rows, columns), or the other way round. */
function matrixShape(batch: number[], size: [number, number], transpose: boolean): number[] {
  return [...batch, ...(transpose ? size.toReversed() : size)];
}

for (const backend of backends) {
  for (const [transposeA, transposeB] of TRANSPOSES) {
    Deno.test(`${backend}: matMul and its gradients agree with cpu, transposes ${transposeA} ${transposeB}`, async () => {
      // The last two shapes are worth code of their own, the others are small enough to do without.
      const cases: [number[], [number, number, number]][] = [
        [[], [5, 7, 3]],
        [[], [1, 65, 1]],
        [[3], [17, 9, 33]],
        [[2, 3], [4, 5, 6]],
        [[], [210, 180, 165]],
        [[12], [70, 80, 90]],
      ];
      for (const [batch, [m, k, n]] of cases) {
        await assertAgrees(backend, () => {
          const a = normal(matrixShape(batch, [m, k], transposeA), 1);
          const b = normal(matrixShape(batch, [k, n], transposeB), 2);
          const weights = normal([...batch, m, n], 3);
          const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);
          const gradients = tf.grads((a, b) => tf.sum(tf.mul(product(a, b), weights)))([a, b]);
          return [product(a, b), ...gradients];
        });
      }
    });

    Deno.test(`${backend}: one matrix for a whole batch, transposes ${transposeA} ${transposeB}`, async () => {
      for (const [batchA, batchB] of [[[4], [1]], [[1], [4]], [[2, 2], []], [[], [3]]]) {
        for (const [m, k, n] of [[6, 5, 7], [130, 120, 110]]) {
          await assertAgrees(backend, () => {
            const a = normal(matrixShape(batchA, [m, k], transposeA), 1);
            const b = normal(matrixShape(batchB, [k, n], transposeB), 2);
            return [tf.matMul(a, b, transposeA, transposeB)];
          });
        }
      }
    });
  }

  Deno.test(`${backend}: batches broadcast axis by axis`, async () => {
    await useBackend(backend);
    const a = normal([2, 1, 3, 4], 1);
    const b = normal([1, 3, 4, 5], 2);
    const whole = tf.matMul(a, b);
    assertEquals(whole.shape, [2, 3, 3, 5]);
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        const one = tf.matMul(tf.slice(a, [i, 0], [1, 1]), tf.slice(b, [0, j], [1, 1]));
        assertEquals(tf.slice(whole, [i, j], [1, 1]).dataSync(), one.dataSync());
      }
    }
  });

  Deno.test(`${backend}: a product with bias and activation agrees with cpu`, async () => {
    for (const activation of ["linear", "relu", "elu", "sigmoid", "leakyrelu"] as const) {
      for (const hasBias of [true, false]) {
        await assertAgrees(backend, () => [
          tf.fused.matMul({
            a: normal([6, 5], 1) as tf.Tensor2D,
            b: normal([4, 5], 2) as tf.Tensor2D,
            transposeB: true,
            bias: hasBias ? normal([4], 3) : undefined,
            activation,
          }),
        ]);
      }
    }
  });

  Deno.test(`${backend}: products give their memory back`, async () => {
    await useBackend(backend);
    const [a, b] = [normal([300, 300], 1), normal([300, 300], 2)];
    const step = () => tf.tidy(() => void tf.matMul(a, b).dataSync());
    for (let i = 0; i < 20; i++) step();
    const before = tf.memory();
    for (let i = 0; i < 200; i++) step();
    assertEquals(tf.memory().numTensors, before.numTensors);
    assertEquals(tf.memory().numDataBuffers, before.numDataBuffers);
    tf.dispose([a, b]);
  });
}

Deno.test("auto takes the fastest backend that works", async () => {
  const report = await useBackend();
  assertEquals(report.name, backends[0] ?? "cpu");
  assert(report.line.startsWith(`${report.name}: `), report.line);
  assertStringIncludes(report.line, tf.version_core);
});

Deno.test("a tensor survives a change of backend and back", async () => {
  const x = normal([3, 3], 1);
  const values = x.dataSync().slice();
  for (const name of ["cpu", ...backends, "cpu", ...backends] as BackendName[]) {
    assertEquals((await useBackend(name)).name, name);
    assertEquals((await useBackend(name)).name, name);
    assertEquals(tf.mul(x, 1).dataSync(), values);
  }
});

Deno.test("starts that overlap all succeed, and the last one counts", async () => {
  const reports = await Promise.all(
    [useBackend("cpu"), useBackend("wasm"), useBackend("auto"), useBackend("cpu")],
  );
  assertEquals(reports.map(({ name }) => name), ["cpu", "wasm", backends[0], "cpu"]);
  assertEquals(tf.getBackend(), "cpu");
});

Deno.test("an unknown backend is refused with the list of those there are", async () => {
  await assertRejects(
    () => useBackend("gpu" as BackendName),
    ConfigError,
    'There is no backend "gpu"; choose one of auto, native, wasm, webgpu, cpu.',
  );
});

Deno.test("without --allow-ffi, auto falls back and says why", async () => {
  const printed = await output(`console.log((await useBackend()).line);`);
  assertEquals(
    printed.trim(),
    "wasm: WebAssembly; not native because Deno was started without --allow-ffi " +
      `(tfjs ${tf.version_core})`,
  );
});

Deno.test("who asks for a slower backend hears of the faster one", async () => {
  const { line, reason } = await useBackend("wasm");
  assertEquals(
    line,
    `wasm: WebAssembly; native is faster where it works (tfjs ${tf.version_core})`,
  );
  assertEquals(reason, "asked for");
});

Deno.test("a backend that does not work is refused with the reason", async () => {
  const printed = await output(
    `await useBackend("native").catch((error) => console.log(String(error)));`,
  );
  assertStringIncludes(
    printed,
    "ConfigError: The backend native does not work here: " +
      "not native because Deno was started without --allow-ffi",
  );
});

Deno.test("backends start in silence", async () => {
  const program = `for (const name of ["auto", "wasm", "cpu", "wasm"]) await useBackend(name);`;
  assertEquals(await output(program), "");
});

/** Runs a program that may use `useBackend`, without --allow-ffi, and returns all it prints. */
async function output(program: string): Promise<string> {
  const root = new URL("../../../", import.meta.url);
  const module = new URL("lib/tensor/backend.ts", root);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-read", "--allow-env", "--allow-sys", "-"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const source = `import { useBackend } from ${JSON.stringify(module.href)};\n${program}`;
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  const { stdout, stderr } = await child.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}
