// Harmless acts in nearly the same words as harmful ones, with a piece of advice each.

import { BREAK_IN } from "./break_in.ts";
import { BULLYING } from "./bullying.ts";
import { FIRE } from "./fire.ts";
import { FRAUD } from "./fraud.ts";
import { POISON } from "./poison.ts";
import { SABOTAGE } from "./sabotage.ts";
import { SPYING } from "./spying.ts";
import { THEFT } from "./theft.ts";
import { VIOLENCE } from "./violence.ts";
import { WEAPONS } from "./weapons.ts";
import type { LookAlike } from "./look_alike.ts";

export type { LookAlike };

/** Every harmless act, by the kind of harm that it looks like. */
export const LOOK_ALIKES: Readonly<Record<string, readonly LookAlike[]>> = {
  "violence": VIOLENCE,
  "poison": POISON,
  "theft": THEFT,
  "break-in": BREAK_IN,
  "fraud": FRAUD,
  "spying": SPYING,
  "bullying": BULLYING,
  "fire": FIRE,
  "weapons": WEAPONS,
  "sabotage": SABOTAGE,
};
