// The connection file: where a front end tells its kernel which addresses to listen on and which key signs
// the messages.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files

/** A connection file that cannot be used. */
export class ConnectionFileError extends Error {
  override name = "ConnectionFileError";
}

/** What a connection file says. */
export interface ConnectionInfo {
  transport: "tcp" | "ipc";
  /** The address to listen on; for `ipc`, the path that the ports are appended to. */
  ip: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
  signature_scheme: "hmac-sha256";
  /** Signs every message; empty means unsigned. */
  key: string;
  kernel_name?: string;
}

/** The five channels, by the names of their ports. */
export type Channel = "shell" | "control" | "iopub" | "stdin" | "hb";

/** All channels, in the order of the specification. */
export const CHANNELS: readonly Channel[] = ["shell", "iopub", "stdin", "control", "hb"];

/** Where a channel is: a port, or the path of a Unix socket. */
export type Address = { hostname: string; port: number } | { path: string };

/** Where a channel is to be listened on or connected to. */
export function channelEnd(connection: ConnectionInfo, channel: Channel): Address {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  if (transport === "ipc") return { path: `${ip}-${port}` };
  // ZeroMQ's word for all interfaces.
  return { hostname: ip === "*" ? "0.0.0.0" : ip, port };
}

/** The ZeroMQ address of one channel, such as `tcp://127.0.0.1:50001`. */
export function channelAddress(connection: ConnectionInfo, channel: Channel): string {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  if (transport === "ipc") return `ipc://${ip}-${port}`;
  return `tcp://${ip.includes(":") ? `[${ip}]` : ip}:${port}`;
}

/**
 * Reads and checks a connection file.
 *
 * @throws {ConnectionFileError} if there is none at `path`, or it does not say what a kernel needs
 */
export async function readConnectionFile(path: string): Promise<ConnectionInfo> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound ? "there is no such file" : String(error);
    throw new ConnectionFileError(
      `cannot read the connection file ${path}: ${reason}; a Jupyter front end writes one and passes its path`,
    );
  }
  return parseConnectionFile(text, { path });
}

/**
 * Checks the text of a connection file; `path` is for the message.
 *
 * @throws {ConnectionFileError} if it does not say what a kernel needs
 */
export function parseConnectionFile(text: string, { path }: { path: string }): ConnectionInfo {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConnectionFileError(
      `the connection file ${path} is not JSON: ${(error as Error).message}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConnectionFileError(`the connection file ${path} should hold a JSON object`);
  }
  const fields = value as Record<string, unknown>;
  const fail = (field: string, allowed: string): never => {
    const given = field in fields
      ? `says ${field}: ${JSON.stringify(fields[field])}`
      : `has no ${field}`;
    throw new ConnectionFileError(`the connection file ${path} ${given}; it should be ${allowed}`);
  };
  const port = (channel: Channel): number => {
    const number = fields[`${channel}_port`];
    if (typeof number === "number" && Number.isInteger(number) && number >= 1 && number <= 65535) {
      return number;
    }
    return fail(`${channel}_port`, "a port between 1 and 65535");
  };
  const transport = fields.transport ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc") return fail("transport", '"tcp" or "ipc"');
  const ip = fields.ip ?? "127.0.0.1";
  if (typeof ip !== "string" || ip === "") return fail("ip", "an address to listen on");
  const scheme = fields.signature_scheme ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") return fail("signature_scheme", '"hmac-sha256"');
  const key = fields.key ?? "";
  if (typeof key !== "string") return fail("key", "a string");
  return {
    transport,
    ip,
    shell_port: port("shell"),
    control_port: port("control"),
    iopub_port: port("iopub"),
    stdin_port: port("stdin"),
    hb_port: port("hb"),
    signature_scheme: scheme,
    key,
    ...(typeof fields.kernel_name === "string" ? { kernel_name: fields.kernel_name } : {}),
  };
}
