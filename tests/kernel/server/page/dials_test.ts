// The dials of the lab's page: what a cell of parameters shows, and what code a turn of a dial makes.

import { assertEquals } from "@std/assert";
import { readDials, toLiteral } from "../../../../kernel/server/page/browser/dials/dial.ts";
import { formatNumber, scaleOf } from "../../../../kernel/server/page/browser/dials/scale.ts";

const CELL = `const steps = 1_000; // how often (10 to 10_000)
const seed = 1; // another seed, another run
const on = true;
const kind: "a" | "b" = 'b'; // one of two
const prompt = "Dear ";
const rates = [1e-3, 1e-2];
const size = 4 * 128;
const later = Date.now();
`;

Deno.test("each kind of parameter gets the control that suits it", async () => {
  const dials = await readDials(CELL);
  assertEquals(dials.map(({ name, help, control }) => [name, help, control]), [
    ["steps", "how often", { kind: "slider", range: { min: 10, max: 10_000 }, value: 1000 }],
    ["seed", "another seed, another run", { kind: "number", value: 1 }],
    ["on", "", { kind: "switch", value: true }],
    ["kind", "one of two", { kind: "choice", choices: ["a", "b"], value: "b" }],
    ["prompt", "", { kind: "text", value: "Dear " }],
    ["rates", "", { kind: "code", value: "[1e-3, 1e-2]" }],
    ["size", "", { kind: "code", value: "4 * 128" }],
  ]);
  const [steps] = dials;
  assertEquals(CELL.slice(steps.start, steps.end), "1_000");
});

Deno.test("what is typed becomes code, if it is a value of the parameter's kind", async () => {
  const [steps, , , , prompt, rates] = await readDials(CELL);
  assertEquals(await toLiteral(steps, "2_500"), "2_500");
  assertEquals(await toLiteral(steps, "many"), undefined);
  assertEquals(await toLiteral(steps, '"2"'), undefined);
  assertEquals(await toLiteral(prompt, 'say "so"\n'), '"say \\"so\\"\\n"');
  assertEquals(await toLiteral(rates, "[3, 4]"), "[3, 4]");
  assertEquals(await toLiteral(rates, "[3, 4"), undefined);
  assertEquals(await toLiteral(rates, "alert()"), undefined);
});

Deno.test("a slider goes evenly over a narrow range and by orders of magnitude over a wide one", () => {
  const layers = scaleOf({ min: 1, max: 12 }, { whole: true });
  assertEquals([layers.places, layers.toPlace(4), layers.toValue(4)], [11, 3, 5]);
  const width = scaleOf({ min: 32, max: 512, step: 32 }, { whole: true });
  assertEquals([width.places, width.toValue(0), width.toValue(15)], [15, 32, 512]);
  const chance = scaleOf({ min: 0, max: 1, step: 0.05 }, { whole: false });
  assertEquals(chance.toValue(3), 0.15);
  const rate = scaleOf({ min: 1e-5, max: 1e-1 }, { whole: false });
  assertEquals([0, 0.5, 1].map((share) => rate.toValue(share * rate.places)), [1e-5, 1e-3, 0.1]);
  assertEquals(Math.round(rate.toPlace(1e-3) / rate.places * 100), 50);
  assertEquals(layers.toPlace(40), 11);
});

Deno.test("numbers are written as the code has them", () => {
  assertEquals(formatNumber(3e-3, "1e-3"), "3e-3");
  assertEquals(formatNumber(2_000_000, "100_000"), "2_000_000");
  assertEquals(formatNumber(0.0001, "0.5"), "1e-4");
  assertEquals([formatNumber(512, "64"), formatNumber(0.25, "1")], ["512", "0.25"]);
});
