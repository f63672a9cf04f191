// Words that mean nothing: whoever is to say one again has to look at its letters.

import type { Random } from "../../../lib/random.ts";

const BEGINNINGS = "b c d f g h j k l m n p r s t v w z br cl dr fl gr kn pl sk sp st tr th sh ch"
  .split(" ");
const VOWELS = "a e i o u a e i o oo ee ai ou".split(" ");
const ENDINGS = "n r l t s m nd st ck rn lt p d x".split(" ");

/** A word of two syllables, or of one, that nobody has heard. */
export function inventedWord(random: Random): string {
  const syllable = () => random.pick(BEGINNINGS) + random.pick(VOWELS);
  const before = random.integer(4) > 0 ? syllable() : "";
  return before + syllable() + random.pick(ENDINGS);
}
