// Ports for kernels.

import { assert, assertEquals } from "@std/assert";
import { freePorts } from "../../../kernel/client/free_ports.ts";

Deno.test("kernels that start at once get ports that differ, are free, and go to no connection", () => {
  const ports = Array.from({ length: 40 }, () => freePorts(5)).flat();
  assertEquals(new Set(ports).size, 200);
  for (const port of ports) {
    assert(port < 32_768, "from there on, Linux gives ports to outgoing connections");
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  }
});
