// Every kind of document.

import type { Kind } from "./kind.ts";
import { ALMANAC } from "./almanac.ts";
import { DIALOGUE } from "./dialogue.ts";
import { DIARY } from "./diary.ts";
import { ESSAY } from "./essay.ts";
import { FABLE } from "./fable.ts";
import { GAME } from "./game.ts";
import { HOWTO } from "./howto.ts";
import { INVENTORY } from "./inventory.ts";
import { LETTER } from "./letter.ts";
import { LESSON } from "./lesson.ts";
import { NOTICE } from "./notice.ts";
import { PORTRAIT } from "./portrait.ts";
import { REGISTER } from "./register.ts";
import { SHIP_LOG } from "./ship_log.ts";
import { STORY } from "./story.ts";

/** All kinds. */
export const KINDS: readonly Kind[] = [
  STORY,
  DIARY,
  LETTER,
  DIALOGUE,
  NOTICE,
  HOWTO,
  ALMANAC,
  PORTRAIT,
  SHIP_LOG,
  FABLE,
  ESSAY,
  REGISTER,
  LESSON,
  INVENTORY,
  GAME,
];
