// MathML's `mathvariant` for letters, as the Unicode characters it stands for: MathML Core, which browsers
// follow, dropped the attribute, and without this a calligraphic L would be a plain one.

/** The first capital of each alphabet; the 26 small letters follow the 26 capitals. */
const ALPHABETS: Record<string, number> = {
  "bold": 0x1d400,
  "bold-italic": 0x1d468,
  "script": 0x1d49c,
  "fraktur": 0x1d504,
  "double-struck": 0x1d538,
  "sans-serif": 0x1d5a0,
  "monospace": 0x1d670,
};

/** Letters that Unicode had before it had their alphabet, by the place left empty for them there. */
const ELSEWHERE: Record<number, string> = {
  0x1d49d: "ℬ",
  0x1d4a0: "ℰ",
  0x1d4a1: "ℱ",
  0x1d4a3: "ℋ",
  0x1d4a4: "ℐ",
  0x1d4a7: "ℒ",
  0x1d4a8: "ℳ",
  0x1d4ad: "ℛ",
  0x1d4ba: "ℯ",
  0x1d4bc: "ℊ",
  0x1d4c4: "ℴ",
  0x1d506: "ℭ",
  0x1d50b: "ℌ",
  0x1d50c: "ℑ",
  0x1d515: "ℜ",
  0x1d51d: "ℨ",
  0x1d53a: "ℂ",
  0x1d53f: "ℍ",
  0x1d545: "ℕ",
  0x1d547: "ℙ",
  0x1d548: "ℚ",
  0x1d549: "ℝ",
  0x1d551: "ℤ",
};

/**
 * MathML with its lettered variants spelt in Unicode.
 *
 * @see https://www.w3.org/TR/mathml-core/#new-text-transform-mappings
 */
export function spellVariants(mathml: string): string {
  return mathml.replaceAll(
    /<mi mathvariant="([a-z-]+)">([A-Za-z]+)<\/mi>/g,
    (element, variant: string, letters: string) =>
      variant in ALPHABETS ? `<mi>${spell(letters, ALPHABETS[variant])}</mi>` : element,
  );
}

function spell(letters: string, firstCapital: number): string {
  return letters.replaceAll(/./g, (letter) => {
    const place = letter <= "Z" ? letter.charCodeAt(0) - 65 : letter.charCodeAt(0) - 97 + 26;
    return ELSEWHERE[firstCapital + place] ?? String.fromCodePoint(firstCapital + place);
  });
}
