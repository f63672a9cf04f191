// Numbers that a document reckons with: two to add or compare, a few to count, a weekday and days to wait.

import type { Random } from "../../../lib/random.ts";
import { WEEKDAYS } from "../world/calendar.ts";

/**
 * Draws numbers for a purpose: `sum`, two to add; `wide`, two to compare, one of them even; `row`, some that follow each
 * other; `days`, a day of the week, counted from 0, and a number of days.
 *
 * @throws {RangeError} if the purpose is another
 */
export function drawNumbers(random: Random, purpose: string | undefined): number[] {
  switch (purpose) {
    case "sum":
      return [1 + random.integer(20), 1 + random.integer(20)];
    case "wide": {
      const [a, b] = [2 * (1 + random.integer(49)), 1 + 2 * random.integer(50)];
      return random.integer(2) === 0 ? [a, b] : [b, a];
    }
    case "row": {
      const first = 1 + random.integer(90);
      return Array.from({ length: 3 + random.integer(5) }, (_, i) => first + i);
    }
    case "days":
      return [random.integer(7), 2 + random.integer(9)];
  }
  throw new RangeError(`There are no numbers for "${purpose}".`);
}

/**
 * What numbers are, or make together, in figures.
 *
 * @throws {RangeError} if there is no such form
 */
export function describeNumbers(numbers: readonly number[], form: string): string {
  const [a, b] = numbers;
  switch (form) {
    case "":
      return numbers.join(", ");
    case "first":
      return String(a);
    case "second":
      return String(b);
    case "last":
      return String(numbers.at(-1));
    case "after":
      return String(numbers.at(-1)! + 1);
    case "sum":
      return String(a + b);
    case "larger":
      return String(Math.max(a, b));
    case "smaller":
      return String(Math.min(a, b));
    case "difference":
      return String(Math.abs(a - b));
    case "even":
      return String(numbers.find((number) => number % 2 === 0));
    case "weekday":
      return WEEKDAYS[a];
    case "counted":
      return Array.from({ length: b }, (_, i) => `${i + 1} ${WEEKDAYS[(a + i + 1) % 7]}`).join(
        ", ",
      );
    case "later":
      return WEEKDAYS[(a + b) % 7];
  }
  throw new RangeError(`Numbers have no form "${form}".`);
}
