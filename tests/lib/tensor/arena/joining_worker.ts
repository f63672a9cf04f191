// A worker that joins an arena, reads a tensor that lies there and doubles it in place.

import * as tf from "@tensorflow/tfjs";
import {
  arenaOwner,
  joinArena,
  regionView,
  tensorOver,
} from "../../../../lib/tensor/arena/regions.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = async ({ data: { memory, region } }) => {
  joinArena(memory);
  await useBackend("wasm");
  const sum = tf.sum(tensorOver(region, [2, 3])).dataSync()[0];
  const values = regionView(region);
  values.forEach((value, i) => values[i] = 2 * value);
  scope.postMessage({ sum, owner: arenaOwner() });
};
