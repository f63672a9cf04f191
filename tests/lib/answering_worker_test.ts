// A worker that is asked: it answers in order, may refuse, and is heard of when it fails.

import { assertEquals, assertRejects } from "@std/assert";
import { AnsweringWorker } from "../../lib/answering_worker.ts";
import { ConfigError } from "../../lib/errors.ts";

/** Doubles numbers; refuses 0, and dies of 13. */
const DOUBLER = new URL(
  "data:text/javascript," + encodeURIComponent(`
  onmessage = ({ data: factor }) => {
    onmessage = ({ data: number }) => {
      if (number === 13) throw new Error("thirteen");
      postMessage(number === 0 ? { refusal: "0 is too little." } : { reply: factor * number });
    };
  };
`),
);

Deno.test("a worker answers in the order of the requests, and refuses in its own words", async () => {
  const worker = new AnsweringWorker<number, number>(DOUBLER, { name: "A doubler", setup: 2 });
  const [one, none, three] = [1, 0, 3].map((number) => worker.ask(number));
  assertEquals(await one, 2);
  await assertRejects(() => none, ConfigError, "0 is too little.");
  assertEquals(await three, 6);
  worker.end();
});

Deno.test("whoever asked a worker that fails hears of it, and whoever asks it then", async () => {
  const worker = new AnsweringWorker<number, number>(DOUBLER, { name: "A doubler", setup: 2 });
  await assertRejects(() => worker.ask(13), Error, "A doubler failed: Uncaught Error: thirteen");
  await assertRejects(() => worker.ask(1), Error, "A doubler failed");
  worker.end();
});
