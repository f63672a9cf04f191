import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { nextTokenProbabilities } from "../../../lib/plot/next_token.ts";
import { bytes, FakeModel } from "../generate/fakes.ts";

await tf.setBackend("cpu");

/** Says "a" with 0.5, " " with 0.3 and "b" with 0.2, whatever came before. */
const model = new FakeModel(() => {
  const scores = new Array(256).fill(-Infinity);
  for (const [character, probability] of [["a", 0.5], [" ", 0.3], ["b", 0.2]] as const) {
    scores[character.charCodeAt(0)] = Math.log(probability);
  }
  return scores;
});

Deno.test("the most likely next tokens are shown with their probabilities", async () => {
  const figure = await nextTokenProbabilities(model, bytes, { prompt: "The " });
  assertEquals(figure.summary, "After “The ”: a 50.0 %, ␣ 30.0 %, b 20.0 %");
  const two = await nextTokenProbabilities(model, bytes, { prompt: "The ", top: 2 });
  assertEquals(two.layout.yaxis?.ticktext, ["a", "␣"]);
});

Deno.test("with sampling options the figure shows what they leave to draw from", async () => {
  const figure = await nextTokenProbabilities(model, bytes, { prompt: "x", topK: 2 });
  assertEquals(figure.summary, "After “x”: a 62.5 %, ␣ 37.5 %");
});

Deno.test("showing no token at all is refused", async () => {
  await assertRejects(
    () => nextTokenProbabilities(model, bytes, { prompt: "x", top: 0 }),
    ConfigError,
  );
});
