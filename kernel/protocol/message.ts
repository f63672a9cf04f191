// The envelope of every Jupyter message: who sent it, what it answers, what it says. The contents of the
// message types are in content.ts, the bytes on the wire in wire.ts.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format

import type { Contents, MessageType } from "./content.ts";

/** The version of the messaging specification that is spoken here. */
export const PROTOCOL_VERSION = "5.4";

/** A message's own name and origin. */
export interface Header {
  /** Unique to the message. */
  msg_id: string;
  /** Unique to the sending process. */
  session: string;
  username: string;
  /** ISO 8601, when the message was made. */
  date: string;
  msg_type: string;
  /** The version of the messaging specification. */
  version: string;
  /** The subshell that a request is for, of kernels that have some; front ends may say null for none. */
  subshell_id?: string | null;
}

/** A message with content of type `Content`. */
export interface Message<Content = Record<string, unknown>> {
  /** ZeroMQ's routing prefix, or the topic on IOPub. */
  identities: Uint8Array[];
  header: Header;
  /** The header of the message that caused this one; empty where there is none. */
  parent_header: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  content: Content;
  /** Raw bytes that travel beside the JSON. */
  buffers: Uint8Array[];
}

/** What {@linkcode createMessage} needs beside the message's type. */
export interface MessageOptions<Content> {
  content: Content;
  /** The sending process's session. */
  session: string;
  username?: string;
  /** The header of the message that caused this one. */
  parent?: Header | Record<string, never>;
  identities?: Uint8Array[];
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/**
 * A new message of a type that the specification names, with a fresh id and the present date.
 *
 * @example
 * ```ts
 * const message = createMessage("status", { content: { execution_state: "busy" }, session: "s" });
 * ```
 */
export function createMessage<Type extends MessageType>(
  type: Type,
  options: MessageOptions<Contents[Type]>,
): Message<Contents[Type]> {
  return createCustomMessage(type, options);
}

/** A new message of any type: what a cell that broadcasts its own messages needs. */
export function createCustomMessage<Content>(
  type: string,
  {
    content,
    session,
    username = "kernel",
    parent = {},
    identities = [],
    metadata = {},
    buffers = [],
  }: MessageOptions<Content>,
): Message<Content> {
  const header: Header = {
    msg_id: crypto.randomUUID(),
    session,
    username,
    date: new Date().toISOString(),
    msg_type: type,
    version: PROTOCOL_VERSION,
  };
  return { identities, header, parent_header: parent, metadata, content, buffers };
}
