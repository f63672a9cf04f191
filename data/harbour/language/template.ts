// The surface grammar's notation and its parser. A template is a line of prose with choices and slots:
//
//   [h] {ran|hurried} down [h.street] with a {small|enormous} [thing]. [@sea]
//
// `{a|b}` is one of several wordings (they nest, and one may be empty); `[h]` refers to whoever plays
// the part `h` by name or pronoun as fits; `[h.trade]` reads a property; `[@sea]` takes a line of the
// shared pool `sea`; `[^…]` capitalises. Capitals at the start of a sentence and `a`/`an` are left to
// the teller, so that any wording may stand anywhere.

/** A stretch of fixed text. */
export interface TextPiece {
  readonly type: "text";
  readonly text: string;
  /** The same with its first letter raised. */
  readonly capital: string;
  readonly hasLetter: boolean;
  /** Whether the next word begins a sentence. */
  readonly endsSentence: boolean;
}

/** The word `a` or `an`, decided by what follows. */
export interface ArticlePiece {
  readonly type: "article";
}

/** One of several wordings. */
export interface ChoicePiece {
  readonly type: "choice";
  readonly options: readonly Template[];
}

/** A reference to a bound part, or to one of its properties. */
export interface SlotPiece {
  readonly type: "slot";
  readonly part: string;
  readonly form: string;
  readonly capital: boolean;
}

/** A line of a shared pool. */
export interface PoolPiece {
  readonly type: "pool";
  readonly name: string;
  readonly capital: boolean;
}

/** One element of a template. */
export type Piece = TextPiece | ArticlePiece | ChoicePiece | SlotPiece | PoolPiece;

/** A parsed template: its pieces in order, and a number that stands for its wording. */
export interface Template {
  readonly pieces: readonly Piece[];
  /** The same for every template of the same wording; 0 for wordings too short to be noticed twice. */
  readonly wording: number;
}

/** How many letters a wording needs before hearing it twice in one document is tiresome. */
const NOTICEABLE = 9;

const wordings = new Map<string, number>();

/**
 * Parses one template.
 *
 * @param source the line of prose, in the notation above
 * @throws {SyntaxError} if a bracket is not closed, or closed without being open
 */
export function parseTemplate(source: string): Template {
  const reader = { source, at: 0 };
  const template = parseSequence(reader, false);
  if (reader.at < source.length) {
    throw new SyntaxError(`Template has a stray "${source[reader.at]}": ${source}`);
  }
  return startsSpeech(template) ? afterSpeaker(template) : template;
}

/** Whether the template is a line of a dialogue: "[h.name]: …". */
function startsSpeech({ pieces: [first, second] }: Template): boolean {
  return first?.type === "slot" && first.form === "name" && second?.type === "text" &&
    second.text.startsWith(": ");
}

/** The same line with a capital after the speaker's colon. */
function afterSpeaker({ pieces: [speaker, speech, ...rest], wording }: Template): Template {
  const text = speech as TextPiece;
  const said = text.text === ": "
    ? { ...text, endsSentence: true }
    : textPiece(": " + capitalise(text.text.slice(2)));
  return { pieces: [speaker, said, ...rest], wording };
}

/** How many different wordings have been parsed so far: the length of a table indexed by them. */
export function wordingCount(): number {
  return wordings.size + 1;
}

interface Reader {
  readonly source: string;
  at: number;
}

function parseSequence(reader: Reader, inChoice: boolean): Template {
  const { source } = reader;
  const start = reader.at;
  const pieces: Piece[] = [];
  let text = "";
  while (reader.at < source.length) {
    const c = source[reader.at];
    if (c === "}" || (c === "|" && inChoice)) break;
    reader.at++;
    if (c === "{") {
      pushText(pieces, text);
      text = "";
      pieces.push(parseChoice(reader));
    } else if (c === "[") {
      pushText(pieces, text);
      text = "";
      pieces.push(parseSlot(reader));
    } else text += c;
  }
  pushText(pieces, text);
  return { pieces, wording: wordingOf(source.slice(start, reader.at)) };
}

function parseChoice(reader: Reader): ChoicePiece {
  const options: Template[] = [];
  while (true) {
    options.push(parseSequence(reader, true));
    const c = reader.source[reader.at++];
    if (c === "}") return { type: "choice", options };
    if (c === undefined) throw new SyntaxError(`Template leaves "{" open: ${reader.source}`);
  }
}

function parseSlot(reader: Reader): SlotPiece | PoolPiece {
  const end = reader.source.indexOf("]", reader.at);
  if (end < 0) throw new SyntaxError(`Template leaves "[" open: ${reader.source}`);
  let name = reader.source.slice(reader.at, end);
  reader.at = end + 1;
  const capital = name.startsWith("^");
  if (capital) name = name.slice(1);
  if (name.startsWith("@")) return { type: "pool", name: name.slice(1), capital };
  const [part, form = ""] = name.split(".");
  return { type: "slot", part, form, capital };
}

/** Adds fixed text, its last word split off if that is an article which the next piece decides. */
function pushText(pieces: Piece[], text: string): void {
  if (text === "") return;
  const article = /(^|[\s"(])an? $/i.exec(text);
  const fixed = article ? text.slice(0, article.index + article[1].length) : text;
  if (fixed !== "") pieces.push(textPiece(fixed));
  if (article) pieces.push({ type: "article" });
}

/** Fixed text with what the teller has to know about it. */
export function textPiece(text: string): TextPiece {
  return {
    type: "text",
    text,
    capital: capitalise(text),
    hasLetter: /[A-Za-z0-9]/.test(text),
    endsSentence: /(\.["')]?|[!?])\s+["']?$/.test(text),
  };
}

/** `text` with its first letter raised, leading quotes passed over. */
export function capitalise(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 97 && c <= 122) {
      return text.slice(0, i) + String.fromCharCode(c - 32) + text.slice(i + 1);
    }
    if ((c >= 65 && c <= 90) || (c >= 48 && c <= 57)) return text;
  }
  return text;
}

function wordingOf(source: string): number {
  if (source.length < NOTICEABLE || !source.includes(" ")) return 0;
  const key = source.trim().toLowerCase();
  let number = wordings.get(key);
  if (number === undefined) {
    number = wordings.size + 1;
    wordings.set(key, number);
  }
  return number;
}
