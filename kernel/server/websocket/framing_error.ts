// What comes over a WebSocket and is no message.

/** Data that is no message in the form that was agreed on. */
export class FramingError extends Error {
  override name = "FramingError";
}
