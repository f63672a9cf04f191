// Runs cells one after another in the cell process, and broadcasts what comes of them.

import { decodeBase64, encodeBase64 } from "@std/encoding";
import type {
  AskEvent,
  CommMessage,
  DoneEvent,
  PublishEvent,
  RunMessage,
  Script,
} from "../cell/messages.ts";
import type { HelpQuery } from "../language/help_query.ts";
import { loadLanguage } from "../language/load.ts";
import type {
  ErrorOutput,
  ErrorReply,
  ExecuteReply,
  ExecuteRequest,
  MimeBundle,
} from "../protocol/content.ts";
import type { Header, Message } from "../protocol/message.ts";
import { Assistant } from "./assistant.ts";
import { CellProcess, type Ending } from "./cell_process.ts";
import type { CellSettings } from "./cell_settings.ts";
import { endingError } from "./ending.ts";
import { History } from "./history.ts";
import { historyFolder } from "./history_files.ts";
import { OpenComms } from "./open_comms.ts";
import { PrintedText } from "./printed_text.ts";

/** Where an executor's messages go. */
export interface Broadcaster {
  /** Broadcasts a message that `parent` caused. */
  broadcast(type: string, options: {
    content: object;
    parent: Header | Record<string, never>;
    metadata?: Record<string, unknown>;
    buffers?: Uint8Array[];
  }): void;
  /** Asks the user of the front end that sent `request`. */
  ask(event: AskEvent, request: Message): void;
  /** Resolves when front ends have caught up; undefined if they have. */
  relieved(): Promise<void> | undefined;
}

/** A cell that runs. */
interface Running {
  id: number;
  request: Message;
  /** Whether the history keeps it. */
  stored: boolean;
  /** Whether its result is shown to nobody. */
  silent: boolean;
}

/** Runs cells. */
export class Executor {
  readonly history = new History(historyFolder());
  readonly assistant: Assistant;
  readonly comms = new OpenComms();
  readonly #settings: CellSettings;
  readonly #out: Broadcaster;
  readonly #printed: PrintedText;
  #cell: CellProcess | undefined;
  #count = 0;
  #lastId = 0;
  #running: Running | undefined;
  /** Whether the cell process runs a cell, and so cannot look at its values. */
  #isBusy = false;
  /** What late output belongs to: the latest cell. */
  #parent: Header | Record<string, never> = {};
  #closed = false;

  constructor(settings: CellSettings, out: Broadcaster) {
    this.#settings = settings;
    this.#out = out;
    this.#printed = new PrintedText((name, text) => this.#broadcast("stream", { name, text }));
    this.#cell = this.#startCell();
    this.assistant = new Assistant({
      ...settings,
      look: (path, want) => this.#isBusy ? undefined : this.#cell?.look({ path, want }),
    });
  }

  /** The request whose cell is running; undefined between cells. */
  get running(): Message | undefined {
    return this.#running?.request;
  }

  /**
   * Runs the cell of an execute request and says how it went.
   *
   * @throws {TypeError} if the request has no code
   */
  async execute(request: Message, content: ExecuteRequest): Promise<ExecuteReply> {
    const { code, silent = false, store_history = !silent } = content;
    if (typeof code !== "string") {
      throw new TypeError("an execute_request needs its code as a string");
    }
    this.#parent = request.header;
    this.#running = { id: ++this.#lastId, request, stored: store_history && !silent, silent };
    if (content.allow_stdin) this.assistant.attend();
    if (!silent) {
      if (store_history) this.history.add(++this.#count, code);
      this.#broadcast("execute_input", { code, execution_count: this.#count });
    }
    const { helpQuery } = await loadLanguage();
    const query = silent ? undefined : helpQuery(code);
    if (query !== undefined) return await this.#help(query);
    const done = await this.#run(content, silent ? "In[silent]" : `In[${this.#count}]`);
    this.#running = undefined;
    this.#printed.flush();
    const execution_count = this.#count;
    if ("ename" in done) {
      if (!silent) this.#broadcast("error", done);
      return { status: "error", ...done, execution_count };
    }
    return { status: "ok", execution_count, payload: [], user_expressions: done.expressions };
  }

  /** Interrupts the running cell, if there is one. */
  interrupt(): void {
    if (this.#running !== undefined) this.#cell?.interrupt(this.#running.id);
  }

  /** Hands over what a front end says on a comm; resolves when that has been dealt with. */
  async hear(message: Message): Promise<void> {
    const { header, content, metadata, buffers } = message;
    this.comms.hear(header.msg_type, content);
    const before = this.#parent;
    // What comes of it belongs to it, unless a cell is running.
    if (this.#running === undefined) this.#parent = header;
    await this.#cell?.hear({
      messageType: header.msg_type as CommMessage["messageType"],
      content: content as CommMessage["content"],
      metadata,
      buffers: buffers.map((buffer) => encodeBase64(buffer)),
    });
    this.#printed.flush();
    if (this.#parent === header) this.#parent = before;
  }

  /** Hands over what the user typed for the cell that asked. */
  answer(value: string): void {
    this.#cell?.answer(value);
  }

  /** Ends the cell process. */
  async close(): Promise<void> {
    this.#closed = true;
    this.assistant.close();
    this.#cell?.kill();
    await this.#cell?.ended;
    this.#printed.end();
  }

  /** Answers a cell that asks what something is: front ends show a page beside the cell, or below it. */
  async #help(query: HelpQuery): Promise<ExecuteReply> {
    const data = await this.assistant.help(query);
    if (data === undefined) {
      const text = `Nothing is known of ${query.expression}.\n`;
      this.#broadcast("stream", { name: "stderr", text });
    }
    this.#running = undefined;
    const payload = data === undefined ? [] : [{ source: "page", data, start: 0 }];
    return { status: "ok", execution_count: this.#count, payload, user_expressions: {} };
  }

  /** Runs code in the cell process; what is returned is either how it ended or the error that ended it. */
  async #run(content: ExecuteRequest, name: string): Promise<DoneEvent | ErrorOutput> {
    const { id } = this.#running!;
    const script = await this.#compile(content.code, name);
    if ("ename" in script) return script;
    if (!content.silent) await this.#assist(content.code, name);
    const expressions: RunMessage["expressions"] = {};
    for (const [key, code] of Object.entries(content.user_expressions ?? {})) {
      const compiled = await this.#compile(code, key);
      expressions[key] = "ename" in compiled ? { status: "error", ...compiled } : compiled;
    }
    const cell = this.#cell ??= this.#startCell();
    this.#isBusy = true;
    const done = await cell.run({
      type: "run",
      id,
      script,
      expressions,
      allowStdin: content.allow_stdin ?? false,
    });
    this.#isBusy = false;
    if (done === undefined) return endingError(await cell.ended);
    return done.error ?? done;
  }

  /** A cell's JavaScript, or what is wrong with the cell. */
  async #compile(code: string, name: string): Promise<Script | Omit<ErrorReply, "status">> {
    const { CellSyntaxError, transformCell } = await loadLanguage();
    try {
      return { name, ...transformCell(code, name, this.#settings.config.compilerOptions) };
    } catch (error) {
      if (!(error instanceof CellSyntaxError)) throw error;
      const { name: ename, message: evalue, lines } = error;
      return { ename, evalue, traceback: [`\x1b[31m${ename}\x1b[39m: ${evalue}`, ...lines] };
    }
  }

  /** Tells the assistant of a cell that is about to run, and the user what it says of it. */
  async #assist(code: string, name: string): Promise<void> {
    const { problem } = this.#settings.config;
    const warning = problem === undefined || this.#lastId > 1 ? "" : `${problem}\n`;
    const text = warning + await this.assistant.check(code, name);
    if (text !== "") this.#broadcast("stream", { name: "stderr", text });
    this.assistant.learn(code);
  }

  #startCell(): CellProcess {
    const cell = new CellProcess(this.#settings, {
      print: (name, bytes) => this.#printed.print(name, bytes),
      publish: (event) => this.#publish(event),
      ask: (event) => this.#ask(event),
      relieved: () => this.#out.relieved(),
    });
    void cell.ended.then((ending) => this.#replace(ending));
    return cell;
  }

  /** A cell process has ended: another takes its place. */
  #replace(ending: Ending): void {
    this.#printed.end();
    if (this.#closed) return;
    this.assistant.forget();
    for (const comm_id of this.comms.clear()) this.#broadcast("comm_close", { comm_id, data: {} });
    if (this.#running === undefined) {
      const { evalue } = endingError(ending);
      this.#broadcast("stream", { name: "stderr", text: `${evalue}\n` });
    }
    // One that cannot even start is tried again only when a cell needs it.
    this.#cell = ending.wasReady ? this.#startCell() : undefined;
  }

  #publish({ messageType, content, metadata, buffers }: PublishEvent): void {
    this.#printed.flush();
    this.comms.hear(messageType, content);
    if (messageType === "execute_result") {
      if (this.#running?.silent) return;
      const { "text/plain": text } = content.data as MimeBundle;
      if (typeof text === "string" && this.#running?.stored) this.history.setOutput(text);
      content = { ...content, execution_count: this.#count };
    }
    this.#out.broadcast(messageType, {
      content,
      metadata,
      buffers: buffers?.map((buffer) => decodeBase64(buffer)),
      parent: this.#parent,
    });
  }

  #ask(event: AskEvent): void {
    this.#printed.flush();
    if (this.#running !== undefined) this.#out.ask(event, this.#running.request);
  }

  #broadcast(type: string, content: object): void {
    this.#out.broadcast(type, { content, parent: this.#parent });
  }
}
