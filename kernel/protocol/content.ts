// The content of each message type, in the words and the order of the specification: first what travels on
// the shell and control channels, then IOPub, then stdin.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html

/** A representation per MIME type: text for text types, JSON for JSON types, base64 for binary ones. */
export type MimeBundle = Record<string, unknown>;

/** No fields at all. */
export type Empty = Record<string, never>;

/** A request went well. */
export interface Ok {
  status: "ok";
}

/** A request, or a cell, failed. */
export interface ErrorReply {
  status: "error";
  /** The error's name. */
  ename: string;
  /** The error's message. */
  evalue: string;
  /** Lines to show, coloured by ANSI escapes. */
  traceback: string[];
}

/** A request was not carried out because one before it failed. */
export interface AbortedReply {
  status: "aborted";
}

/** Run a cell. */
export interface ExecuteRequest {
  code: string;
  /** Broadcast nothing, count nothing, keep no history. */
  silent?: boolean;
  /** Keep the cell in the history. On unless silent. */
  store_history?: boolean;
  /** Expressions to evaluate after the cell, by a name for each. */
  user_expressions?: Record<string, string>;
  /** Whether the front end can answer an input request. */
  allow_stdin?: boolean;
  /** Whether an error aborts the requests that wait behind this one. */
  stop_on_error?: boolean;
}

/** A user expression's value. */
export interface ExpressionValue extends Ok {
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** A cell ran. */
export interface ExecuteOk extends Ok {
  execution_count: number;
  payload: Record<string, unknown>[];
  user_expressions: Record<string, ExpressionValue | ErrorReply>;
}

/** A cell failed, or was never run. */
export type ExecuteReply =
  | ExecuteOk
  | (ErrorReply & { execution_count: number })
  | (AbortedReply & Partial<ErrorReply> & { execution_count?: number });

/** What is known about the code at the cursor. */
export interface InspectRequest {
  code: string;
  /** In Unicode code points. */
  cursor_pos: number;
  detail_level: 0 | 1;
}

/** The answer to an inspect request. */
export interface InspectOk extends Ok {
  found: boolean;
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** How the code at the cursor may go on. */
export interface CompleteRequest {
  code: string;
  /** In Unicode code points. */
  cursor_pos: number;
}

/** The answer to a complete request: `matches` replace the code from `cursor_start` to `cursor_end`. */
export interface CompleteOk extends Ok {
  matches: string[];
  cursor_start: number;
  cursor_end: number;
  metadata: Record<string, unknown>;
}

/** Cells of the past. */
export interface HistoryRequest {
  output: boolean;
  raw: boolean;
  hist_access_type: "range" | "tail" | "search";
  session?: number;
  start?: number;
  stop?: number;
  n?: number;
  pattern?: string;
  unique?: boolean;
}

/** A cell of the past: its session's number, its own number and its source, with the output if it was asked for. */
export type HistoryItem = [number, number, string | [string, string | null]];

/** The answer to a history request. */
export interface HistoryOk extends Ok {
  history: HistoryItem[];
}

/** Whether code can be run as it stands. */
export interface IsCompleteRequest {
  code: string;
}

/** The answer to an is_complete request. */
export type IsCompleteReply =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete"; indent: string };

/** Which comms are open. */
export interface CommInfoRequest {
  target_name?: string;
}

/** The answer to a comm_info request, by comm id. */
export interface CommInfoOk extends Ok {
  comms: Record<string, { target_name: string }>;
}

/** A conversation between an object of the kernel and one of a front end begins. */
export interface CommOpen {
  comm_id: string;
  target_name: string;
  data: Record<string, unknown>;
}

/** One side says something. */
export interface CommMsg {
  comm_id: string;
  data: Record<string, unknown>;
}

/** The conversation is over. */
export type CommClose = CommMsg;

/** The language a kernel runs. */
export interface LanguageInfo {
  name: string;
  version: string;
  mimetype: string;
  file_extension: string;
  pygments_lexer?: string;
  codemirror_mode?: string | Record<string, unknown>;
  nbconvert_exporter?: string;
}

/** What kernel this is. */
export interface KernelInfoOk extends Ok {
  protocol_version: string;
  implementation: string;
  implementation_version: string;
  language_info: LanguageInfo;
  banner: string;
  debugger?: boolean;
  help_links: { text: string; url: string }[];
  supported_features?: string[];
}

/** End the kernel. */
export interface ShutdownRequest {
  /** Whether another kernel takes its place. */
  restart: boolean;
}

/** The kernel ends. */
export interface ShutdownOk extends Ok {
  restart: boolean;
}

/** Text that a cell printed. */
export interface Stream {
  name: "stdout" | "stderr";
  text: string;
}

/** Something to show. */
export interface DisplayData {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  transient?: { display_id?: string };
}

/** Something to show in place of what an earlier display of the same id showed. */
export interface UpdateDisplayData extends DisplayData {
  transient: { display_id: string };
}

/** A cell starts to run. */
export interface ExecuteInput {
  code: string;
  execution_count: number;
}

/** The value of a cell's last expression. */
export interface ExecuteResult extends DisplayData {
  execution_count: number;
}

/** The error that ended a cell. */
export interface ErrorOutput {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What the kernel is doing. That it restarts, or is dead, whoever started it says in its name. */
export interface Status {
  execution_state: "busy" | "idle" | "starting" | "restarting" | "dead";
}

/** Take away what the cell has shown so far; with `wait`, only once something new comes. */
export interface ClearOutput {
  wait: boolean;
}

/** Ask the user for a line. */
export interface InputRequest {
  prompt: string;
  password: boolean;
}

/** What the user typed. */
export interface InputReply {
  value: string;
}

/** The content of every message type. */
export interface Contents {
  // Shell and control.
  execute_request: ExecuteRequest;
  execute_reply: ExecuteReply;
  inspect_request: InspectRequest;
  inspect_reply: InspectOk | ErrorReply;
  complete_request: CompleteRequest;
  complete_reply: CompleteOk | ErrorReply;
  history_request: HistoryRequest;
  history_reply: HistoryOk | ErrorReply;
  is_complete_request: IsCompleteRequest;
  is_complete_reply: IsCompleteReply;
  connect_request: Empty;
  connect_reply: Record<string, unknown>;
  comm_info_request: CommInfoRequest;
  comm_info_reply: CommInfoOk | ErrorReply;
  kernel_info_request: Empty;
  kernel_info_reply: KernelInfoOk | ErrorReply;
  shutdown_request: ShutdownRequest;
  shutdown_reply: ShutdownOk | ErrorReply;
  interrupt_request: Empty;
  interrupt_reply: Ok | ErrorReply;
  create_subshell_request: Empty;
  create_subshell_reply: ErrorReply;
  delete_subshell_request: { subshell_id: string };
  delete_subshell_reply: ErrorReply;
  list_subshell_request: Empty;
  list_subshell_reply: ErrorReply;
  // Both ways: from a front end on shell, from the kernel on IOPub.
  comm_open: CommOpen;
  comm_msg: CommMsg;
  comm_close: CommClose;
  // IOPub.
  stream: Stream;
  display_data: DisplayData;
  update_display_data: UpdateDisplayData;
  execute_input: ExecuteInput;
  execute_result: ExecuteResult;
  error: ErrorOutput;
  status: Status;
  clear_output: ClearOutput;
  iopub_welcome: { subscription: string };
  // Stdin.
  input_request: InputRequest;
  input_reply: InputReply;
}

/** The name of a message type that the specification describes. */
export type MessageType = keyof Contents;
