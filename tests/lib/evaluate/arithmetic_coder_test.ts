import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../../lib/errors.ts";
import {
  ArithmeticDecoder,
  ArithmeticEncoder,
  MOST_TOTAL,
} from "../../../lib/evaluate/compression/arithmetic_coder.ts";
import { TokenShares } from "../../../lib/evaluate/compression/shares.ts";
import { Random } from "../../../lib/random.ts";

function write(
  tokens: readonly number[],
  probabilities: (place: number) => Float32Array,
): Uint8Array {
  const shares = new TokenShares(probabilities(0).length);
  const encoder = new ArithmeticEncoder();
  for (const [place, token] of tokens.entries()) {
    shares.set(probabilities(place));
    encoder.encode(shares.of(token));
  }
  return encoder.finish();
}

function read(
  bytes: Uint8Array,
  { count, probabilities }: { count: number; probabilities: (place: number) => Float32Array },
): number[] {
  const shares = new TokenShares(probabilities(0).length);
  const decoder = new ArithmeticDecoder(bytes);
  return Array.from({ length: count }, (_, place) => {
    shares.set(probabilities(place));
    const token = shares.at(decoder.position(shares.total));
    decoder.advance(shares.of(token));
    return token;
  });
}

/** Probabilities that change from place to place, as those of a model do. */
function changing({ size, seed, sharpness }: { size: number; seed: number; sharpness: number }) {
  return (place: number): Float32Array => {
    const random = new Random(seed, place);
    const weights = Float32Array.from(
      { length: size },
      () => Math.exp(Math.min(80, sharpness * random.normal())),
    );
    const sum = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / sum);
  };
}

Deno.test("what was written is read again, whatever was thought likely", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }).chain((size) =>
        fc.record({
          size: fc.constant(size),
          tokens: fc.array(fc.integer({ min: 0, max: size - 1 }), { maxLength: 200 }),
          seed: fc.integer(),
          sharpness: fc.constantFrom(0, 1, 10, 40),
        })
      ),
      ({ size, tokens, seed, sharpness }) => {
        const probabilities = changing({ size, seed, sharpness });
        const bytes = write(tokens, probabilities);
        assertEquals(read(bytes, { count: tokens.length, probabilities }), tokens);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("the length is what the probabilities say, but for two bytes and a thousandth", () => {
  const probabilities = changing({ size: 64, seed: 3, sharpness: 2 });
  const random = new Random(5, "tokens");
  let bits = 0;
  const tokens = Array.from({ length: 20_000 }, (_, place) => {
    const chances = probabilities(place);
    let left = random.uniform();
    const token = Math.max(0, chances.findIndex((chance) => (left -= chance) < 0));
    bits -= Math.log2(chances[token]);
    return token;
  });
  const { length } = write(tokens, probabilities);
  assert(8 * length >= bits * 0.999 - 16, `${8 * length} bits of ${bits}`);
  assert(8 * length <= bits * 1.001 + 16, `${8 * length} bits of ${bits}`);
});

Deno.test("a certain token costs nearly nothing, an impossible one can be written all the same", () => {
  const certain = () => Float32Array.of(1, 0, 0);
  assert(write(Array(10_000).fill(0), certain).length < 10);
  const impossible = write([0, 2, 1, 0], certain);
  assertEquals(read(impossible, { count: 4, probabilities: certain }), [0, 2, 1, 0]);
});

Deno.test("every token has a share, and shares lie side by side", () => {
  const shares = new TokenShares(1_000);
  shares.set(changing({ size: 1_000, seed: 1, sharpness: 5 })(0));
  let end = 0;
  for (let token = 0; token < 1_000; token++) {
    const share = shares.of(token);
    assertEquals(share.start, end);
    assert(share.end > share.start);
    assertEquals([shares.at(share.start), shares.at(share.end - 1)], [token, token]);
    end = share.end;
  }
  assertEquals(end, shares.total);
  assert(shares.total <= MOST_TOTAL);
});

Deno.test("bytes that were cut off are refused, not read for ever", () => {
  const probabilities = changing({ size: 256, seed: 1, sharpness: 0 });
  const bytes = write(Array.from({ length: 500 }, (_, i) => i % 256), probabilities);
  assertThrows(
    () => read(bytes.subarray(0, 20), { count: 500, probabilities }),
    FormatError,
    "ends too early",
  );
});
