// The teller: turns scripts into prose. It knows who was spoken of last (and so where a pronoun is clear),
// which lines and wordings this document has used, how the last sentence began, and which facts it stated.

import type { Random } from "../../../lib/random.ts";
import type { Fact } from "../world/facts.ts";
import { kinship } from "../world/kinship.ts";
import { numberWord, possessive, takesAn, titleCase } from "./english.ts";
import { type Actor, describe, type Part, pronoun } from "./parts.ts";
import { holds, lineCount, type Pool, type Script, type Section } from "./script.ts";
import { capitalise, type SlotPiece, type Template, wordingCount } from "./template.ts";

/** How often a clear reference is a pronoun rather than a name. */
const PRONOUN_SHARE = 0.8;
/** How often a person's first mention is by full name. */
const FULL_NAME_SHARE = 0.35;
/** How many lines are tried for one that opens unlike the sentence before. */
const OPENING_TRIES = 5;

/** What has to be put back when a line is tried and dropped. */
interface Memory {
  readonly lastActor: LastActor;
  readonly facts: number;
}

/** Whom "she" and "he" would mean. */
interface LastActor {
  f: Actor | undefined;
  m: Actor | undefined;
}

/** Tells one document at a time; make one teller and `begin` it for each. */
export class Teller {
  readonly random: Random;
  readonly tags = new Set<string>();
  readonly #pools: ReadonlyMap<string, Pool>;
  readonly #parts = new Map<string, Part>();
  readonly #usedLines = new Uint32Array(lineCount());
  readonly #usedWordings = new Uint32Array(wordingCount());
  #document = 0;
  #facts: Fact[] = [];
  #text = "";
  #title: string | undefined;
  #paragraphIsEmpty = true;
  #opening = "";

  // The sentence being written.
  #out = "";
  #capital = true;
  #article = false;
  #sentence = 0;
  #lastActor: LastActor = { f: undefined, m: undefined };
  /** The sentence in which each actor was last spoken of. */
  #mentioned = new Map<unknown, number>();
  /** What this line changed in `#mentioned`: the actor, and the sentence before. */
  readonly #rementioned: [unknown, number | undefined][] = [];

  /**
   * @param random where every choice comes from
   * @param pools the shared pools, by name
   */
  constructor(random: Random, pools: ReadonlyMap<string, Pool>) {
    this.random = random;
    this.#pools = pools;
  }

  /** Forgets the last document. */
  begin(): void {
    this.#document++;
    this.tags.clear();
    this.#parts.clear();
    this.#facts = [];
    this.#text = "";
    this.#title = undefined;
    this.#paragraphIsEmpty = true;
    this.#opening = "";
    this.#sentence = 0;
    this.#lastActor = { f: undefined, m: undefined };
    this.#mentioned = new Map();
  }

  /** Binds a part, so that slots may name it. */
  bind(name: string, part: Part): void {
    this.#parts.set(name, part);
  }

  /** The document so far. */
  finish(): { title: string | undefined; text: string; facts: readonly Fact[] } {
    return { title: this.#title, text: this.#text, facts: this.#facts };
  }

  /** Tells a whole script. */
  tell(script: Script): void {
    for (const group of script.variants) {
      const variant = this.random.pick(group);
      for (const tag of variant.tags) this.tags.add(tag);
      for (const [name, template] of variant.bindings) {
        this.bind(name, { is: "text", value: this.#phrase(template) });
      }
    }
    for (const section of script.sections) this.#tellSection(section);
  }

  #tellSection(section: Section): void {
    if (section.optional && this.random.uniform() < 0.5) return;
    const pool = section.shared === undefined ? section.lines : this.#pool(section.shared);
    if (section.name === "title") {
      this.#say(pool);
      this.#title = this.#text = titleCase(this.#text);
      this.breakParagraph();
      return;
    }
    for (let i = 0; i < section.count; i++) {
      if (section.paragraph === "every" || (section.paragraph === "first" && i === 0)) {
        this.breakParagraph();
      }
      this.#say(pool);
    }
  }

  /** Starts a new paragraph, if the last one has anything in it. */
  breakParagraph(): void {
    if (this.#paragraphIsEmpty) return;
    this.#text += "\n";
    this.#paragraphIsEmpty = true;
    this.#sentence += 2; // a name, not a pronoun, opens a paragraph
    this.#opening = "";
  }

  /** Adds a line of `pool` that fits and that this document has not told yet; none may be left. */
  #say(pool: Pool): void {
    const memory = this.#remember();
    for (let attempt = 1;; attempt++) {
      const index = this.#choose(pool);
      if (index < 0) return;
      const line = pool[index];
      const sentences = this.#compose(line.template);
      const opening = openingOf(sentences, 0);
      if (opening === this.#opening && attempt < OPENING_TRIES && pool.length > 1) {
        this.#recall(memory);
        continue;
      }
      this.#usedLines[line.id] = this.#document;
      for (const tag of line.effects) this.tags.add(tag);
      if (sentences === "") return;
      this.#text += this.#paragraphIsEmpty ? sentences : " " + sentences;
      this.#paragraphIsEmpty = false;
      const last = sentences.lastIndexOf(". ", sentences.length - 3);
      this.#opening = last < 0 ? opening : openingOf(sentences, last + 2);
      return;
    }
  }

  /** The index of a line whose conditions hold and that is not used up, or -1. */
  #choose(pool: Pool): number {
    const start = this.random.integer(pool.length);
    // A stride that shares no factor with the length visits every line, in an order of its own.
    const stride = pool.length < 3
      ? 1
      : coprime(1 + this.random.integer(pool.length - 1), pool.length);
    for (let i = 0, at = start; i < pool.length; i++, at = (at + stride) % pool.length) {
      const line = pool[at];
      if (this.#usedLines[line.id] !== this.#document && holds(line, this.tags)) return at;
    }
    return -1;
  }

  /** Renders sentences, from a fresh start. */
  #compose(template: Template): string {
    this.#out = "";
    this.#capital = true;
    this.#article = false;
    this.#sentence++;
    this.#render(template);
    return this.#out;
  }

  /** Renders a phrase for use inside a sentence. */
  #phrase(template: Template): string {
    this.#out = "";
    this.#capital = false;
    this.#article = false;
    this.#render(template);
    return this.#out;
  }

  #render(template: Template): void {
    for (const piece of template.pieces) {
      switch (piece.type) {
        case "text":
          if (this.#article) this.#emit(piece.text);
          else if (this.#capital && piece.hasLetter) this.#out += piece.capital;
          else this.#out += piece.text;
          if (piece.hasLetter) this.#capital = false;
          if (piece.endsSentence) {
            this.#capital = true;
            this.#sentence++;
          }
          break;
        case "article":
          this.#article = true;
          break;
        case "choice":
          this.#render(this.#wording(piece.options));
          break;
        case "slot":
          if (piece.capital) this.#capital = true;
          this.#emit(this.#fill(piece));
          break;
        case "pool": {
          if (piece.capital) this.#capital = true;
          const pool = this.#pool(piece.name);
          const index = this.#choose(pool);
          if (index < 0) {
            throw new RangeError(`The pool "${piece.name}" has no line left that fits.`);
          }
          this.#usedLines[pool[index].id] = this.#document;
          this.#render(pool[index].template);
        }
      }
    }
  }

  /** Adds words, with the article or the capital that waits for them. */
  #emit(words: string): void {
    if (words === "") return;
    let text = words;
    if (this.#article) {
      this.#article = false;
      text = (takesAn(words) ? "an " : "a ") + words;
    }
    this.#out += this.#capital ? capitalise(text) : text;
    this.#capital = false;
  }

  /** One of the wordings, rather one that this document has not used. */
  #wording(options: readonly Template[]): Template {
    let option = this.random.pick(options);
    for (let i = 0; i < 3 && this.#usedWordings[option.wording] === this.#document; i++) {
      option = this.random.pick(options);
    }
    if (option.wording !== 0) this.#usedWordings[option.wording] = this.#document;
    return option;
  }

  #pool(name: string): Pool {
    const pool = this.#pools.get(name);
    if (pool === undefined) throw new RangeError(`There is no shared pool "${name}".`);
    return pool;
  }

  #fill({ part: name, form }: SlotPiece): string {
    if (name.charCodeAt(0) === 35) { // "#2-9": a number in words
      const [low, high] = name.slice(1).split("-").map(Number);
      return numberWord(low + this.random.integer(high - low + 1));
    }
    const part = this.#parts.get(name);
    if (part === undefined) throw new RangeError(`Nothing is bound to "${name}".`);
    if (part.is === "person" || part.is === "animal") return this.#fillActor(part, form);
    const { words, fact } = describe(part, form);
    if (fact) this.#facts.push(fact);
    return words;
  }

  #fillActor(actor: Actor, form: string): string {
    switch (form) {
      case "":
        return this.#refer(actor, "he", actor.value.name);
      case "o":
        return this.#refer(actor, "him", actor.value.name);
      case "p":
        return this.#refer(actor, "his", possessive(actor.value.name));
      case "name's":
        this.#mention(actor);
        return possessive(actor.value.name);
      case "he":
      case "him":
      case "his":
      case "hers":
      case "himself":
        return pronoun(actor, form);
      case "rel":
        return this.#relation(actor);
    }
    if (form === "name" || form === "full" || form === "mr") this.#mention(actor);
    const { words, fact } = describe(actor, form);
    if (fact) this.#facts.push(fact);
    return words;
  }

  /** A pronoun where it is clear whom it means, otherwise the name. */
  #refer(actor: Actor, form: "he" | "him" | "his", name: string): string {
    const { sex } = actor.value;
    const last = this.#mentioned.get(actor.value);
    const clear = last !== undefined && this.#sentence - last <= 1 &&
      this.#lastActor[sex]?.value === actor.value;
    const words = pronoun(actor, form);
    const repeats = this.#capital && this.#opening.toLowerCase() === words;
    if (clear && !repeats && (last === this.#sentence || this.random.uniform() < PRONOUN_SHARE)) {
      this.#place(actor);
      return words;
    }
    this.#mention(actor);
    const first = last === undefined && actor.is === "person" && form !== "his";
    return first && this.random.uniform() < FULL_NAME_SHARE ? actor.value.fullName : name;
  }

  #mention(actor: Actor): void {
    this.#place(actor);
    this.#lastActor[actor.value.sex] = actor;
  }

  #place(actor: Actor): void {
    this.#rementioned.push([actor.value, this.#mentioned.get(actor.value)]);
    this.#mentioned.set(actor.value, this.#sentence);
  }

  /** What the actor is to the hero: "sister". */
  #relation(actor: Actor): string {
    const hero = this.#parts.get("h");
    if (actor.is !== "person" || hero?.is !== "person") {
      throw new RangeError("Only people are kin to a hero.");
    }
    const relation = kinship(actor.value, hero.value);
    if (relation === undefined) {
      return actor.value.isChild ? "friend" : "neighbour";
    }
    this.#facts.push([hero.value.fullName, relation, actor.value.fullName]);
    return relation;
  }

  #remember(): Memory {
    this.#rementioned.length = 0;
    return { lastActor: { ...this.#lastActor }, facts: this.#facts.length };
  }

  #recall(memory: Memory): void {
    this.#lastActor = { ...memory.lastActor };
    this.#facts.length = memory.facts;
    for (const [actor, sentence] of this.#rementioned.reverse()) {
      if (sentence === undefined) this.#mentioned.delete(actor);
      else this.#mentioned.set(actor, sentence);
    }
    this.#rementioned.length = 0;
  }
}

/** The first word of the sentence at `from`. */
function openingOf(text: string, from: number): string {
  const space = text.indexOf(" ", from);
  return space < 0 ? text.slice(from) : text.slice(from, space);
}

function coprime(stride: number, length: number): number {
  let candidate = stride;
  while (gcd(candidate, length) !== 1) candidate = (candidate % (length - 1)) + 1;
  return candidate;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
