// tfjs clones a tensor whenever a gradient wants to find it again. Its wasm backend copies the numbers
// for that, although its memory counts references; here a clone is one reference more, as on `cpu`.

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-wasm";

tf.unregisterKernel(tf.Identity, "wasm");
tf.registerKernel({
  kernelName: tf.Identity,
  backendName: "wasm",
  kernelFunc({ inputs, backend }) {
    const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
    (backend as BackendWasm).incRef(dataId);
    return { dataId, shape, dtype };
  },
});
