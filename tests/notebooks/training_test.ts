// Training in a cell, as a learner meets it: the chart moves, an interrupt keeps what was learned, and the
// kernel answers meanwhile.

import { assert, assertEquals, assertMatch } from "@std/assert";
import { kernelTest, ofType, printed } from "../kernel/testing/test_kernel.ts";

const SETUP = `
import { CharTokenizer, loadCorpus, tokenizeCorpus, train, Transformer, watch } from "dials";
const source = await loadCorpus("harbour", { size: 100_000 });
const tokenizer = CharTokenizer.train(source.text);
const data = tokenizeCorpus(source, tokenizer);
const { vocabularySize } = tokenizer;
const model = Transformer.create({ vocabularySize, layers: 1, width: 32, heads: 2, context: 32 });
const before = model.values().get("embedding")!.join();
`;

kernelTest(
  "an interrupt ends a watched run, and the model keeps what it learned",
  async (kernel) => {
    const setup = await kernel.execute(SETUP);
    assertEquals(setup.reply.content.evalue, undefined); // what went wrong, if anything did
    const id = await kernel.send("execute_request", {
      code: "const result = await watch(train(model, data, { steps: 1_000_000 }));",
    });
    await kernel.until(() => kernel.broadcasts(id).filter(ofType("update_display_data"))[2]);
    await kernel.request("interrupt_request", {}, "control");
    const { messages } = await kernel.answer(id);
    const shown = messages.filter(({ header }) => header.msg_type.endsWith("display_data"));
    const last = shown.at(-1)!.content.data as Record<string, string>;
    assertMatch(last["text/plain"], /^stopped at step [\d,]+ of 1,000,000/);
    const after = await kernel.execute(
      'console.log(model.values().get("embedding")!.join() === before)',
    );
    assert(printed(after, "stdout").startsWith("false"), printed(after, "stdout"));
  },
);
