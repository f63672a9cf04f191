// A cell that asks what something is, as IPython's users do: `name?` or `?name`, and with two question marks for
// the source as well. None of these is TypeScript, so no cell changes its meaning.

/** What is asked about. */
export interface HelpQuery {
  /** A name, or names that lead on from it. */
  expression: string;
  /** Whether the source is wanted too. */
  long: boolean;
}

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;

const QUERY = new RegExp(
  String.raw`^\s*(\?{1,2})?\s*(${NAME}(?:\.${NAME})*)(\?{1,2})?\s*;?\s*$`,
  "u",
);

/** What `code` asks about; undefined if it is anything else. */
export function helpQuery(code: string): HelpQuery | undefined {
  const [, before, expression, after] = QUERY.exec(code) ?? [];
  const marks = before ?? after;
  if (marks === undefined || (before !== undefined && after !== undefined)) return undefined;
  return { expression, long: marks.length === 2 };
}

/** The code with the marks that begin a query as spaces, so that the rest can be completed as TypeScript. */
export function withoutHelpMarks(code: string): string {
  return code.replace(/^\s*\?{1,2}/, (marks) => marks.replaceAll("?", " "));
}
