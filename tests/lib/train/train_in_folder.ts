// A program that trains in a folder, going on from what is there, to be killed by a test.
import { useBackend } from "../../../lib/tensor/backend.ts";
import { train } from "../../../lib/train/train.ts";
import { data, smallModel } from "./tide.ts";

await useBackend("auto");
const [folder, options] = Deno.args;
for await (
  const { step } of train(smallModel(), data, {
    ...JSON.parse(options),
    workers: 1,
    folder,
    resume: true,
  })
) {
  console.log(step);
}
