// Evaluates scripts one after another in the global scope, as the console of a browser does: V8's inspector,
// in this process, in REPL mode. That gives top-level await and `let` declared again.

import { Session } from "node:inspector";
import v8 from "node:v8";
import type { Script } from "./messages.ts";
import type { SourceMaps } from "./source_maps.ts";

/** A script that V8 refuses to compile, although the TypeScript compiler found nothing. */
export class ScriptSyntaxError extends SyntaxError {
  override name = "SyntaxError";
}

/** The part of the inspector's answers that is used here. */
interface Evaluation {
  result: { objectId?: string };
  exceptionDetails?: ExceptionDetails;
}

interface ExceptionDetails {
  scriptId?: string;
  lineNumber: number; // from 0
  columnNumber: number; // from 0
  stackTrace?: { callFrames: { scriptId: string }[] };
  exception?: {
    className?: string;
    description?: string;
    objectId?: string;
    value?: unknown;
    unserializableValue?: string;
    type: string;
  };
}

/** Evaluates scripts in this process. */
export class Evaluator {
  readonly #session = new Session();
  readonly #maps: SourceMaps;
  /** The promise of the script that runs. */
  #promise: Promise<unknown> | undefined;
  /** Where the inspector hands over a value: what a script threw, or what a variable holds. */
  #handed: unknown;

  constructor(maps: SourceMaps) {
    this.#maps = maps;
    this.#session.connect();
    Object.defineProperty(globalThis, "$dialsHand", {
      value: (value: unknown) => {
        this.#handed = value;
      },
    });
  }

  /**
   * Runs a script to its end, awaits at its top level included.
   *
   * @throws whatever the script throws
   */
  async run({ name, code, map }: Script): Promise<void> {
    this.#maps.add(name, map);
    const { result, exceptionDetails } = await this.#evaluate(`${code}\n//# sourceURL=${name}`);
    if (result.objectId !== undefined) await this.#release(result.objectId);
    if (exceptionDetails !== undefined) throw await this.#errorOf(exceptionDetails, name);
  }

  /** The variables of all cells. */
  async names(): Promise<string[]> {
    const { names } = await this.#post<{ names: string[] }>("Runtime.globalLexicalScopeNames", {});
    return names;
  }

  /**
   * The value of a variable of some cell, or of a global name: in a box, since a promise would run a `then` of it.
   *
   * @throws if there is none of that name, or it has no value yet
   */
  async valueOf(name: string): Promise<{ value: unknown }> {
    const { result, exceptionDetails } = await this.#post<Evaluation>("Runtime.evaluate", {
      expression: `$dialsHand(${name})`,
    });
    if (result.objectId !== undefined) await this.#release(result.objectId);
    const value = this.#handed;
    this.#handed = undefined;
    if (exceptionDetails !== undefined) throw new ReferenceError(`${name} has no value`);
    return { value };
  }

  /**
   * Evaluates a script in REPL mode, which makes it an asynchronous function. V8's inspector waits for that one's
   * promise without holding it; were it collected, Deno would not survive being told so. It is the first promise
   * that comes into being, and is held here until the inspector has answered.
   */
  #evaluate(expression: string): Promise<Evaluation> {
    const { promise, resolve, reject } = Promise.withResolvers<Evaluation>();
    const stop = v8.promiseHooks.onInit((first) => {
      this.#promise = first;
      stop();
    });
    this.#session.post(
      "Runtime.evaluate",
      { expression, replMode: true, awaitPromise: true },
      (error, result) => {
        this.#promise = undefined;
        if (error) reject(error);
        else resolve(result as Evaluation);
      },
    );
    stop();
    return promise;
  }

  async #errorOf(details: ExceptionDetails, name: string): Promise<unknown> {
    const { exception } = details;
    if (exception?.objectId === undefined) return primitive(exception);
    await this.#post("Runtime.callFunctionOn", {
      functionDeclaration: 'function () { "use strict"; $dialsHand(this); }',
      objectId: exception.objectId,
    });
    await this.#release(exception.objectId);
    const thrown = this.#handed;
    this.#handed = undefined;
    if (!isCompileError(details)) return thrown;
    // Such an error knows its place only here.
    const place = this.#maps.original(name, {
      line: details.lineNumber + 1,
      column: details.columnNumber + 1,
    });
    const error = new ScriptSyntaxError((thrown as Error).message);
    error.stack = `SyntaxError: ${error.message}\n    at ${name}:${place.line}:${place.column}`;
    return error;
  }

  #release(objectId: string): Promise<unknown> {
    return this.#post("Runtime.releaseObject", { objectId });
  }

  #post<Result>(method: string, parameters: object): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#session.post(method, parameters, (error, result) => {
        if (error) reject(error);
        else resolve(result as Result);
      });
    });
  }
}

/** Whether the script itself did not compile, rather than threw a SyntaxError from somewhere. */
function isCompileError({ exception, scriptId, stackTrace }: ExceptionDetails): boolean {
  return exception?.className === "SyntaxError" && scriptId !== undefined &&
    !stackTrace?.callFrames.some((frame) => frame.scriptId === scriptId);
}

/** A thrown value that is not an object. */
function primitive(exception: ExceptionDetails["exception"]): unknown {
  const { unserializableValue: text } = exception ?? {};
  if (text === undefined) return exception?.value;
  return text.endsWith("n") && text !== "NaN" ? BigInt(text.slice(0, -1)) : Number(text);
}
