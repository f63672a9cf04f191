// Small rules of English that need no grammar: articles, numbers, times of day, possessives, titles.

import { capitalise } from "./template.ts";

const ONES =
  ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
    "sixteen seventeen eighteen nineteen").split(" ");
const TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A whole number from 0 to 99 in words. */
export function numberWord(n: number): string {
  if (n < 20) return ONES[n];
  const rest = n % 10;
  return rest === 0 ? TENS[Math.floor(n / 10)] : `${TENS[Math.floor(n / 10)]}-${ONES[rest]}`;
}

/** Whether `phrase` takes `an`: it begins with the sound of a vowel, which spelling shows nearly always. */
export function takesAn(phrase: string): boolean {
  const first = phrase.charCodeAt(0) | 32;
  // a, e, i, o, u
  if (first === 97 || first === 105) return true;
  if (first === 101) return !phrase.startsWith("eu") && !phrase.startsWith("ewe");
  if (first === 111) return !/^(one|once)\b/.test(phrase);
  if (first === 117) return !/^(uni|use|usual|usel)/.test(phrase);
  if (first === 104) return /^(hour|honest|heir|honour)/.test(phrase);
  return phrase.startsWith("8") || /^(11|18)\b/.test(phrase);
}

/** A text in which every article "a" has become "an" where the next word wants it. */
export function withArticles(text: string): string {
  return text.replaceAll(
    /\b([Aa]) (?=(\w[\w-]*))/g,
    (article, a: string, next: string) => takesAn(next) ? `${a}n ` : article,
  );
}

/** The possessive of a name. */
export function possessive(name: string): string {
  return `${name}'s`;
}

const HOURS = (" one two three four five six seven eight nine ten eleven twelve").split(" ");

/** A time of day in words, to the quarter of an hour: "half past four in the afternoon". */
export function clockWords(minutes: number): string {
  const quarter = Math.round(minutes / 15) % 96;
  const hour = Math.floor(quarter / 4);
  const part = quarter % 4;
  const next = part === 3 ? hour + 1 : hour;
  const name = HOURS[((next + 11) % 12) + 1];
  const phrase = ["", "a quarter past ", "half past ", "a quarter to "][part] + name;
  const day = hour < 4
    ? "at night"
    : hour < 12
    ? "in the morning"
    : hour < 18
    ? "in the afternoon"
    : hour < 21
    ? "in the evening"
    : "at night";
  if (quarter === 0) return "midnight";
  if (quarter === 48) return "noon";
  return `${phrase} ${day}`;
}

const SMALL_WORDS = new Set(
  "a an and as at but by for from in into is it its of on or over round so the to was with".split(
    " ",
  ),
);

/** Capitals as in a title: every word but the small ones, which keep theirs at the start. */
export function titleCase(title: string): string {
  return title.split(" ").map((word, i) => i > 0 && SMALL_WORDS.has(word) ? word : capitalise(word))
    .join(" ");
}
