// A worker of a training run: told all it needs, it joins the shared memory and goes through the loop.

import { useBackend } from "../tensor/backend.ts";
import { arenaOwner, joinArena } from "../tensor/arena/regions.ts";
import { tokenizerFromJson } from "../tokenizer/tokenizer.ts";
import { AbandonedError } from "./barrier.ts";
import { drawnFromRing } from "./batch_ring.ts";
import { drawnFromTokens } from "./batch_source.ts";
import { wordsOf } from "./run_memory.ts";
import { trainLoop } from "./train_loop.ts";
import type { WorkerMessage, WorkerOrders } from "./worker_group.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<WorkerOrders>) => void;
  postMessage(message: WorkerMessage): void;
};

scope.onmessage = async ({ data: { memory, backend, setup, data, tokenizer } }) => {
  try {
    joinArena(memory);
    await useBackend(backend);
    scope.postMessage({ kind: "joined", owner: arenaOwner() });
    const options = { ...setup.options, workers: setup.workers };
    const source = "ring" in data
      ? drawnFromRing(data.ring, { options, words: wordsOf(setup.memory) })
      : drawnFromTokens(data, options);
    const tools = { source, tokenizer: tokenizerFromJson(tokenizer) };
    for await (const report of trainLoop(setup, tools)) scope.postMessage(report);
    scope.postMessage({ kind: "ended" });
  } catch (error) {
    if (error instanceof AbandonedError) scope.postMessage({ kind: "ended" });
    else scope.postMessage({ kind: "broken", error: error as Error });
  }
};
