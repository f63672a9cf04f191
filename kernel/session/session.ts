// One kernel's conversation: takes requests, answers them, and tells everybody when it is busy. Cells wait
// for one another; everything else is answered at once, also while a cell runs.

import { loadLanguage } from "../language/load.ts";
import type { Contents, ErrorReply, ExecuteRequest, MessageType } from "../protocol/content.ts";
import {
  createCustomMessage,
  createMessage,
  type Header,
  type Message,
} from "../protocol/message.ts";
import type { Receiver, RoutedChannel, Sockets } from "../transport/sockets.ts";
import type { CellSettings } from "./cell_settings.ts";
import { type Broadcaster, Executor } from "./executor.ts";
import { kernelInfo } from "./kernel_info.ts";

/** How long requests sent together with a cell may take through the socket after it, in milliseconds. */
const ARRIVAL = 5;

/** Somebody wants a subshell. */
class SubshellError extends Error {
  override name = "SubshellError";

  constructor() {
    super(
      "this kernel has no subshells and does not list them among its features; it answers everything but cells " +
        "while a cell runs",
    );
  }
}

/** The types of messages on comms. */
const COMM_TYPES: ReadonlySet<string> = new Set(["comm_open", "comm_msg", "comm_close"]);

/** A kernel in conversation with its front ends. */
export class Session implements Broadcaster, Receiver {
  readonly #id = crypto.randomUUID();
  readonly #sockets: Sockets;
  readonly #executor: Executor;
  /** Execute requests that wait for their turn. */
  readonly #queue: Message[] = [];
  #working = false;
  /** Whether an interrupt has come since the running cell began. */
  #interrupted = false;
  readonly #shutDown = Promise.withResolvers<void>();

  constructor(sockets: Sockets, settings: CellSettings) {
    this.#sockets = sockets;
    this.#executor = new Executor(settings, this);
  }

  /** Serves until a front end ends the kernel. */
  async serve(): Promise<void> {
    this.broadcast("status", { content: { execution_state: "starting" }, parent: {} });
    await Promise.race([this.#shutDown.promise, this.#sockets.serve(this)]);
    await this.#executor.close();
    await this.#sockets.close();
  }

  /** Interrupts the running cell, and takes back those that wait behind it. */
  interrupt(): void {
    this.#interrupted = true;
    this.#executor.interrupt();
  }

  /** Ends the kernel. */
  close(): void {
    this.#shutDown.resolve();
  }

  broadcast(
    type: string,
    { content, ...options }: Parameters<Broadcaster["broadcast"]>[1],
  ): void {
    const message = createCustomMessage(type, { content, session: this.#id, ...options });
    message.identities = [new TextEncoder().encode(type)];
    this.#sockets.publish(message);
  }

  ask(
    { prompt, password }: { prompt: string; password: boolean },
    { identities, header }: Message,
  ): void {
    const message = createMessage("input_request", {
      content: { prompt, password },
      session: this.#id,
      identities,
      parent: header,
    });
    this.#sockets.send("stdin", message);
  }

  relieved(): Promise<void> | undefined {
    return this.#sockets.relieved();
  }

  receive(channel: RoutedChannel, message: Message): void {
    const type = message.header.msg_type;
    if (channel === "shell" && typeof message.header.subshell_id === "string") {
      this.#refuseSubshell(message);
    } else if (channel === "stdin") {
      if (type === "input_reply") this.#executor.answer(String(message.content.value));
    } else if (type === "execute_request" && channel === "shell") {
      this.#queue.push(message);
      if (!this.#working) void this.#work();
    } else if (COMM_TYPES.has(type) && channel === "shell") {
      void this.#serveComm(message);
    } else {
      void this.#serveAside(message, channel);
    }
  }

  /** Greets whoever subscribes: from then on a front end misses nothing. */
  welcome(subscription: string): Message<unknown> {
    return createMessage("iopub_welcome", {
      content: { subscription },
      session: this.#id,
      identities: [new TextEncoder().encode(subscription)],
    });
  }

  /** Runs the cells in the queue. */
  async #work(): Promise<void> {
    this.#working = true;
    for (let request = this.#queue.shift(); request; request = this.#queue.shift()) {
      const content = request.content as unknown as ExecuteRequest;
      this.#status("busy", request.header);
      this.#interrupted = false;
      const reply = await this.#executor.execute(request, content).catch(failure);
      const failed = reply.status === "error" && content.stop_on_error !== false;
      const aborts = failed || this.#interrupted;
      const behind = aborts ? await this.#takeQueued() : [];
      this.#reply(request, { channel: "shell", type: "execute_reply", content: reply });
      this.#status("idle", request.header);
      behind.forEach((waiting) => this.#abort(waiting));
    }
    this.#working = false;
  }

  /** The requests that wait behind a cell that failed; those sent once that is known are not among them. */
  async #takeQueued(): Promise<Message[]> {
    await new Promise((resolve) => setTimeout(resolve, ARRIVAL));
    return this.#queue.splice(0);
  }

  /** Answers a request that is not carried out because one before it failed. */
  #abort(request: Message): void {
    this.#status("busy", request.header);
    const content = { status: "aborted" as const };
    this.#reply(request, { channel: "shell", type: "execute_reply", content });
    this.#status("idle", request.header);
  }

  /** Answers everything that is no cell. */
  async #serveAside(request: Message, channel: "shell" | "control"): Promise<void> {
    const type = request.header.msg_type;
    const answer = Object.hasOwn(this.#answers, type) ? this.#answers[type] : undefined;
    if (answer === undefined) {
      console.error(`dials: ignored on ${channel}: a message of unknown type ${type}`);
      return;
    }
    this.#status("busy", request.header);
    let content: object;
    try {
      content = await answer(request.content);
    } catch (error) {
      content = failure(error);
    }
    this.#reply(request, { channel, type: type.replace("_request", "_reply"), content });
    this.#idleAside(request);
    if (type === "shutdown_request") this.#shutDown.resolve();
  }

  /** Answers a request for a subshell, of which there is none. */
  #refuseSubshell(request: Message): void {
    const type = request.header.msg_type;
    this.#status("busy", request.header);
    if (type.endsWith("_request")) {
      const content = failure(new SubshellError());
      this.#reply(request, { channel: "shell", type: type.replace("_request", "_reply"), content });
    }
    this.#idleAside(request);
  }

  /** Passes on what a front end says on a comm, which has no reply. */
  async #serveComm(message: Message): Promise<void> {
    this.#status("busy", message.header);
    await this.#executor.hear(message);
    this.#idleAside(message);
  }

  /** A request that is no cell has been served. */
  #idleAside(request: Message): void {
    this.#status("idle", request.header);
    // Front ends show the latest status, whatever it was about: the cell is still running.
    const running = this.#executor.running;
    if (running !== undefined) this.#status("busy", running.header);
  }

  /** The answers, by the type of the request. */
  readonly #answers: Answers = answers({
    kernel_info_request: kernelInfo,
    connect_request: () => ({}),
    comm_info_request: (request) => this.#executor.comms.info(request),
    history_request: (request) => ({
      status: "ok",
      history: this.#executor.history.find(request),
    }),
    is_complete_request: async ({ code }) => (await loadLanguage()).isComplete(String(code)),
    complete_request: (request) => this.#executor.assistant.complete(request),
    inspect_request: (request) => this.#executor.assistant.inspect(request),
    interrupt_request: () => {
      this.interrupt();
      return { status: "ok" };
    },
    create_subshell_request: refuseSubshells,
    delete_subshell_request: refuseSubshells,
    list_subshell_request: refuseSubshells,
    shutdown_request: ({ restart }) => ({ status: "ok", restart }),
  });

  #reply(
    request: Message,
    { channel, type, content }: { channel: RoutedChannel; type: string; content: object },
  ): void {
    const message = createCustomMessage(type, {
      content,
      session: this.#id,
      identities: request.identities,
      parent: request.header,
    });
    this.#sockets.send(channel, message);
  }

  #status(execution_state: "busy" | "idle", parent: Header): void {
    this.broadcast("status", { content: { execution_state }, parent });
  }
}

/** Answers by the type of the request; what cannot be answered throws. */
type Answers = Record<string, (content: Record<string, unknown>) => object | Promise<object>>;

/** The reply that belongs to a request. */
type ReplyTo<Request extends string> = Request extends `${infer Name}_request`
  ? Contents[`${Name}_reply` & MessageType]
  : never;

/** Checks that each answer is what the specification gives its request. */
function answers<Request extends MessageType & `${string}_request`>(
  table: { [Type in Request]: (content: Contents[Type]) => ReplyTo<Type> | Promise<ReplyTo<Type>> },
): Answers {
  return table as unknown as Answers;
}

/** @throws {SubshellError} always: they are an optional feature of the specification, which this kernel lacks */
function refuseSubshells(): never {
  throw new SubshellError();
}

/** The reply to a request that could not be answered. */
function failure(error: unknown): ErrorReply & { execution_count: number } {
  const [ename, evalue] = error instanceof Error
    ? [error.name, error.message]
    : ["Error", String(error)];
  return { status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`], execution_count: 0 };
}
