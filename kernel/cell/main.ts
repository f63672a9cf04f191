// The cell process: runs what the kernel process sends, one cell after another, and reports in frames on
// its standard output. If it dies, the kernel process starts another.

import { stripVTControlCharacters } from "node:util";
import { decodeHex } from "@std/encoding";
import type { ErrorReply, ExpressionValue, MimeBundle } from "../protocol/content.ts";
import { bundleOf } from "./bundle.ts";
import { closeStdin } from "./closed_stdin.ts";
import { Comms } from "./comms.ts";
import { Dialogs } from "./dialogs.ts";
import { describeError } from "./errors.ts";
import { Evaluator } from "./evaluator.ts";
import { installHelpers, LastValue } from "./helpers.ts";
import { installExit } from "./exit.ts";
import { type ForwardedMessage, openInput } from "./input.ts";
import { Interrupts } from "./interrupts.ts";
import { createJupyterApi } from "./jupyter.ts";
import { reportLateErrors } from "./late_errors.ts";
import type { DoneEvent, RunMessage, StartMessage } from "./messages.ts";
import { Looker } from "./look.ts";
import { Modules } from "./modules.ts";
import { createOutput, type Output } from "./output.ts";
import { SourceMaps } from "./source_maps.ts";
import { installStackTraces } from "./stack.ts";

const memory = openInput(receive);
const interrupts = new Interrupts(memory.control, (id) => output.send({ type: "noticed", id }));
const lastValue = new LastValue();
const maps = new SourceMaps();
const evaluator = new Evaluator(maps);

/** There once the kernel process has said how to talk. */
let output: Output;
let dialogs: Dialogs;
let looker: Looker;
let comms: Comms;

closeStdin();
installStackTraces(maps);
reportLateErrors();
// A terminal's Ctrl-C goes to all its processes; the kernel process passes it on as an interrupt.
if (Deno.build.os !== "windows") Deno.addSignalListener("SIGINT", () => {});

function receive(message: ForwardedMessage): void {
  if (message.type === "start") start(message);
  else if (message.type === "run") runCell(message);
  else if (message.type === "look") looker.look(message).then((looked) => output.send(looked));
  else if (message.type === "comm") comms.receive(message);
  else interrupts.deliver();
}

function start({ nonce, folder, notebook, maySys }: StartMessage): void {
  if (!maySys) Deno.permissions.revokeSync({ name: "sys" });
  output = createOutput(decodeHex(nonce));
  dialogs = new Dialogs(memory, output);
  dialogs.install();
  installExit(output);
  installHelpers(memory.control, {
    interrupts,
    modules: new Modules({ folder, notebook }),
    lastValue,
  });
  comms = new Comms(output);
  Reflect.set(Deno, "jupyter", createJupyterApi(output, comms));
  looker = new Looker(evaluator);
  output.send({ type: "ready" });
}

async function runCell({ id, script, expressions, allowStdin }: RunMessage): Promise<void> {
  interrupts.begin(id);
  dialogs.allowed = allowStdin;
  const done: DoneEvent = { type: "done", id, expressions: {} };
  try {
    interrupts.stop(); // Interrupted before it began.
    lastValue.take();
    await evaluator.run(script);
    await showResult(lastValue.take());
    done.expressions = await evaluateExpressions(expressions);
  } catch (error) {
    done.error = describeError(error);
  }
  interrupts.end();
  output.mark({ type: "mark", id });
  output.send(done);
}

/** Shows the value of the cell's last expression; the kernel process adds the number of the cell. */
async function showResult(value: unknown): Promise<void> {
  if (value === undefined) return;
  const data = await interrupts.until(bundleOf(value));
  output.send({ type: "publish", messageType: "execute_result", content: { data, metadata: {} } });
}

/** Front ends put the values of expressions into sentences. */
function withoutColours(data: MimeBundle): MimeBundle {
  const text = data["text/plain"];
  return typeof text === "string"
    ? { ...data, "text/plain": stripVTControlCharacters(text) }
    : data;
}

async function evaluateExpressions(
  expressions: RunMessage["expressions"],
): Promise<DoneEvent["expressions"]> {
  const values: Record<string, ExpressionValue | ErrorReply> = {};
  for (const [key, script] of Object.entries(expressions)) {
    if ("status" in script) {
      values[key] = script;
      continue;
    }
    try {
      await evaluator.run(script);
      const data = await interrupts.until(bundleOf(lastValue.take()));
      values[key] = { status: "ok", data: withoutColours(data), metadata: {} };
    } catch (error) {
      values[key] = { status: "error", ...describeError(error) };
    }
  }
  return values;
}
