// A worker that counts pieces: told the split once, it answers each list of texts with their counts.

import { PieceCounter, type PieceCounts } from "./piece_counts.ts";
import type { SplitName } from "./split.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

scope.onmessage = ({ data: split }: MessageEvent<SplitName>) => {
  scope.onmessage = ({ data: texts }: MessageEvent<string[]>) => {
    const counter = new PieceCounter(split, { mostBytes: Infinity });
    counter.count(texts);
    const { bytes, ends, counts } = counter.counts;
    // Copies of exactly what counts: the views would take their whole arrays along.
    const reply: PieceCounts = { bytes: bytes.slice(), ends: ends.slice(), counts: counts.slice() };
    const { buffer } = reply.bytes;
    scope.postMessage({ reply }, [buffer, reply.ends.buffer, reply.counts.buffer]);
  };
};
