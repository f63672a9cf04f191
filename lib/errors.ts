// The errors a user can meet. Each says in one sentence what was given, what is allowed and what to do.

/** A hyperparameter or option out of its range. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** A text source that cannot be read, or cannot be learned from. */
export class CorpusError extends Error {
  override name = "CorpusError";
}

/** A file whose content is not what its format says: truncated, lying about lengths, or of another kind. */
export class FormatError extends Error {
  override name = "FormatError";
}

/** A model that cannot be fetched: no network, no such model, or a file that arrived damaged. */
export class HubError extends Error {
  override name = "HubError";
}

/** A tensor whose shape does not fit the operation. */
export class ShapeError extends Error {
  override name = "ShapeError";
}
