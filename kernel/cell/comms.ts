// Comms: conversations between a cell's objects and those of a front end, such as widgets. Either side opens one
// for a target that the other has registered; then both send messages until one closes it.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages

import { decodeBase64, encodeBase64 } from "@std/encoding";
import { describeError } from "./errors.ts";
import type { CommMessage } from "./messages.ts";
import type { Output } from "./output.ts";

/** What one side says to the other. */
export interface CommData {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** Raw bytes beside the JSON. */
  buffers: Uint8Array[];
}

/** Hears one side. */
export type CommHandler = (message: CommData) => void | Promise<void>;

/** An open conversation. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Called with every message of the front end. */
  onMessage?: CommHandler;
  /** Called when the front end has closed it. */
  onClose?: CommHandler;
  /** Sends a message to the front end. */
  send(data: Record<string, unknown>, options?: Partial<Omit<CommData, "data">>): void;
  /** Ends the conversation. */
  close(data?: Record<string, unknown>): void;
}

/** Called when the front end opens a comm for a target. */
export type CommTarget = (comm: Comm, message: CommData) => void | Promise<void>;

/** `Deno.jupyter.comms`. */
export interface CommsApi {
  /** Opens a comm for a target that the front end knows. */
  open(target: string, message?: Partial<CommData>): Comm;
  /** Answers for a target that front ends may open comms for. */
  register(target: string, opened: CommTarget): void;
}

/** The comms of a cell process. */
export class Comms implements CommsApi {
  readonly #output: Output;
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, CommTarget>();

  constructor(output: Output) {
    this.#output = output;
  }

  open(target: string, message: Partial<CommData> = {}): Comm {
    const comm = this.#create(crypto.randomUUID(), target);
    this.#send("comm_open", { comm_id: comm.id, target_name: target }, message);
    return comm;
  }

  register(target: string, opened: CommTarget): void {
    this.#targets.set(target, opened);
  }

  /** Hands over what a front end sent; an error of the one who hears it is printed. */
  async receive({ id, messageType, content, metadata, buffers }: CommMessage): Promise<void> {
    const { comm_id, target_name, data } = content;
    const message: CommData = { data: data ?? {}, metadata, buffers: buffers.map(decodeBase64) };
    try {
      if (messageType === "comm_open") await this.#opened(comm_id, target_name ?? "", message);
      else if (messageType === "comm_msg") await this.#open.get(comm_id)?.onMessage?.(message);
      else {
        const comm = this.#open.get(comm_id);
        this.#open.delete(comm_id);
        await comm?.onClose?.(message);
      }
    } catch (error) {
      console.error(describeError(error).traceback.join("\n"));
    }
    this.#output.send({ type: "heard", id });
  }

  async #opened(id: string, target: string, message: CommData): Promise<void> {
    const opened = this.#targets.get(target);
    // What nobody answers for is closed at once, as the specification asks.
    if (opened === undefined) this.#send("comm_close", { comm_id: id }, {});
    else await opened(this.#create(id, target), message);
  }

  #create(id: string, target: string): Comm {
    const comm: Comm = {
      id,
      target,
      send: (data, options) => {
        if (!this.#open.has(id)) {
          throw new Error(`the comm ${id} for ${target} is closed; open another to send messages`);
        }
        this.#send("comm_msg", { comm_id: id }, { data, ...options });
      },
      close: (data) => {
        if (this.#open.delete(id)) this.#send("comm_close", { comm_id: id }, { data });
      },
    };
    this.#open.set(id, comm);
    return comm;
  }

  #send(
    messageType: CommMessage["messageType"],
    content: Record<string, unknown>,
    { data = {}, metadata, buffers }: Partial<CommData>,
  ): void {
    this.#output.send({
      type: "publish",
      messageType,
      content: { ...content, data },
      metadata,
      buffers: buffers?.map((buffer) => encodeBase64(buffer)),
    });
  }
}
