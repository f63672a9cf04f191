// A worker that counts pieces: told the split once, it answers each list of texts with their counts.

import { packCounts } from "./packed_counts.ts";
import { PieceCounter } from "./piece_counts.ts";
import type { SplitName } from "./split.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

scope.onmessage = ({ data: split }: MessageEvent<SplitName>) => {
  scope.onmessage = ({ data: texts }: MessageEvent<string[]>) => {
    const counter = new PieceCounter(split, { mostBytes: Infinity });
    counter.count(texts);
    const reply = packCounts(counter.counts);
    scope.postMessage({ reply }, [reply.lengths.buffer, reply.counts.buffer]);
  };
};
