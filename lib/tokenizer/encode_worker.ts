// A worker that encodes: told the tokenizer once, it answers each portion of text with its ids.

import { ConfigError } from "../errors.ts";
import { encodePortion, type Portion } from "./encode_all.ts";
import { tokenizerFromJson, type TokenizerJson } from "./tokenizer.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

scope.onmessage = ({ data }: MessageEvent<TokenizerJson>) => {
  const tokenizer = tokenizerFromJson(data);
  scope.onmessage = ({ data: portion }: MessageEvent<Portion>) => {
    try {
      const reply = encodePortion(portion, tokenizer);
      scope.postMessage({ reply }, reply.map(({ buffer }) => buffer as ArrayBuffer));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      scope.postMessage({ refusal: error.message });
    }
  };
};
