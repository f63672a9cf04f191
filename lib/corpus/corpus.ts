// What every source of text comes to.

/** A text to learn from. */
export interface Corpus {
  /** Its short name: `harbour`, or a file's, folder's or URL's last part. */
  readonly name: string;
  /** Where it comes from, in words. */
  readonly source: string;
  /** The whole text. */
  readonly text: string;
  /** What stands between two documents, if it is known to consist of documents. */
  readonly separator?: string;
}
