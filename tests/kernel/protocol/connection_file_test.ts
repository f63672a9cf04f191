// A connection file is believed only if a kernel can use it.

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  channelAddress,
  ConnectionFileError,
  parseConnectionFile,
  readConnectionFile,
} from "../../../kernel/protocol/connection_file.ts";

const GOOD = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1001,
  iopub_port: 1002,
  stdin_port: 1003,
  control_port: 1004,
  hb_port: 1005,
  key: "k",
  signature_scheme: "hmac-sha256",
};

const parse = (fields: unknown) => parseConnectionFile(JSON.stringify(fields), { path: "c.json" });

Deno.test("a connection file gives each channel its address", () => {
  const connection = parse(GOOD);
  assertEquals(channelAddress(connection, "shell"), "tcp://127.0.0.1:1001");
  assertEquals(channelAddress(connection, "hb"), "tcp://127.0.0.1:1005");
  assertEquals(channelAddress({ ...connection, ip: "::1" }, "shell"), "tcp://[::1]:1001");
  assertEquals(
    channelAddress({ ...connection, transport: "ipc", ip: "/tmp/k" }, "iopub"),
    "ipc:///tmp/k-1002",
  );
});

Deno.test("a connection file without an address means this machine alone", () => {
  const { ip: _, transport: __, ...rest } = GOOD;
  assertEquals(channelAddress(parse(rest), "shell"), "tcp://127.0.0.1:1001");
});

Deno.test("a connection file that lacks a port, or gives a wrong one, is refused by name", () => {
  const { stdin_port: _, ...rest } = GOOD;
  assertThrows(() => parse(rest), ConnectionFileError, "has no stdin_port");
  for (const port of [0, 65536, 1.5, "1001", null]) {
    assertThrows(
      () => parse({ ...GOOD, shell_port: port }),
      ConnectionFileError,
      "says shell_port",
    );
  }
});

Deno.test("a connection file with an unknown transport or signature scheme is refused", () => {
  assertThrows(() => parse({ ...GOOD, transport: "carrier" }), ConnectionFileError, "transport");
  assertThrows(() => parse({ ...GOOD, signature_scheme: "md5" }), ConnectionFileError, "md5");
});

Deno.test("a connection file that is missing or not JSON is refused in one sentence", async () => {
  await assertRejects(
    () => readConnectionFile("/nowhere/c.json"),
    ConnectionFileError,
    "no such file",
  );
  assertThrows(
    () => parseConnectionFile("{", { path: "c.json" }),
    ConnectionFileError,
    "c.json is not JSON",
  );
  assertThrows(() => parse([]), ConnectionFileError, "JSON object");
});
