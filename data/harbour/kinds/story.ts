// Stories: a problem, attempts at it, a turn and an end, told in the past by somebody who was not there.

import { ANIMALS_ASTRAY } from "../plots/animals_astray.ts";
import { AT_SEA } from "../plots/at_sea.ts";
import { AT_WORK } from "../plots/at_work.ts";
import { BRAVE } from "../plots/brave.ts";
import { FEASTS } from "../plots/feasts.ts";
import { LOST_AND_FOUND } from "../plots/lost_and_found.ts";
import { NEIGHBOURS } from "../plots/neighbours.ts";
import { WISHES } from "../plots/wishes.ts";
import type { Kind } from "./kind.ts";

/** Stories. */
export const STORY: Kind = {
  name: "story",
  weight: 26,
  plans: [
    ...LOST_AND_FOUND,
    ...ANIMALS_ASTRAY,
    ...AT_SEA,
    ...AT_WORK,
    ...NEIGHBOURS,
    ...FEASTS,
    ...BRAVE,
    ...WISHES,
  ],
};
