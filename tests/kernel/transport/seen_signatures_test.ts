// A message is taken once.

import { assertThrows } from "@std/assert";
import { ReplayError, SeenSignatures } from "../../../kernel/transport/seen_signatures.ts";

Deno.test("a signature is new once", () => {
  const seen = new SeenSignatures();
  seen.expectNew("a");
  seen.expectNew("b");
  assertThrows(() => seen.expectNew("a"), ReplayError);
});

Deno.test("only the latest signatures are remembered", () => {
  const seen = new SeenSignatures(2);
  for (const signature of ["a", "b", "c", "a"]) seen.expectNew(signature);
  assertThrows(() => seen.expectNew("c"), ReplayError);
});
