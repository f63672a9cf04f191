// A request that cannot be answered as asked.

/** The HTTP status codes that the lab answers with when something is wrong. */
export type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 413 | 500 | 501 | 507;

/** A request that cannot be answered as asked; the message says why in one sentence. */
export class RequestError extends Error {
  override name = "RequestError";
  /** The HTTP status that the client gets. */
  readonly status: ErrorStatus;

  constructor(status: ErrorStatus, message: string) {
    super(message);
    this.status = status;
  }
}
