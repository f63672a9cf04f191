// Every kind of document, and how often each comes.

import type { Kind } from "./kind.ts";
import { DIALOGUE } from "./dialogue.ts";
import { DIARY } from "./diary.ts";
import { HOWTO } from "./howto.ts";
import { LETTER } from "./letter.ts";
import { NOTICE } from "./notice.ts";
import { STORY } from "./story.ts";

export const KINDS: readonly Kind[] = [STORY, DIARY, LETTER, DIALOGUE, NOTICE, HOWTO];
