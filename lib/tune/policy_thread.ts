// A thread that practises: told where the models lie, it joins the shared memory and does what it is asked.

import type { WorkerAnswer } from "../answering_worker.ts";
import { ConfigError } from "../errors.ts";
import type { ModelConfig } from "../model/config.ts";
import { parameterSpecs } from "../model/parameters.ts";
import { Transformer } from "../model/transformer.ts";
import { arenaOwner, joinArena, tensorOver } from "../tensor/arena/regions.ts";
import { useBackend } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import { tokenizerFromJson } from "../tokenizer/tokenizer.ts";
import type { PolicyOrders, PolicyReply, PolicyRequest } from "./policy_crew.ts";
import { type Lesson, PolicyWork } from "./policy_work.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<PolicyOrders & PolicyRequest>) => void;
  postMessage(message: WorkerAnswer<PolicyReply>): void;
};

scope.onmessage = ({ data: orders }: MessageEvent<PolicyOrders>) => {
  const opened = open(orders);
  scope.onmessage = async ({ data: request }: MessageEvent<PolicyRequest>) => {
    try {
      scope.postMessage({ reply: await answer(await opened, request) });
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof RangeError)) throw error;
      scope.postMessage({ refusal: error.message });
    }
  };
};

async function open(
  { memory, backend, config, model, reference, tokenizer, options }: PolicyOrders,
): Promise<PolicyWork> {
  joinArena(memory);
  await useBackend(backend);
  const work = new PolicyWork({
    model: modelOver(config, model),
    reference: reference && modelOver(config, reference),
    tokenizer: tokenizerFromJson(tokenizer),
  }, options);
  if (reference !== undefined) await work.learn(REHEARSAL);
  return work;
}

/**
 * A lesson to begin with, from which nothing comes. Where the first one follows the first answers, V8 drops the code that
 * it compiled for writing, and from then on compiles it time and again: writing took half as long again.
 */
const REHEARSAL: Lesson = {
  experience: [{
    rows: { inputs: Int32Array.of(0), targets: Int32Array.of(0), batch: 1, context: 1 },
    advantages: Float32Array.of(0),
    mask: Float32Array.of(1),
    share: 1,
  }],
};

async function answer(work: PolicyWork, request: PolicyRequest): Promise<PolicyReply> {
  switch (request.kind) {
    case "join":
      return arenaOwner();
    case "write":
      return await work.write(request.beginnings, request.writing);
    case "learn":
      return await work.learn(request.lesson);
  }
}

/** A model whose parameters are the numbers that lie in `regions`. */
function modelOver(config: ModelConfig, regions: readonly Region[]): Transformer {
  const tensors = parameterSpecs(config).map(({ name, shape }, i) =>
    [name, tensorOver(regions[i], [...shape])] as const
  );
  const model = Transformer.over(config, new Map(tensors));
  for (const [, tensor] of tensors) tensor.dispose();
  return model;
}
