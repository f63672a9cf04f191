// Kinds of harm: acts that are refused, with the reason. `{person}` stands for anybody.

/** A kind of harm. */
export interface Harm {
  readonly kind: string;
  readonly acts: readonly string[];
  /** Why it is refused, as the end of a sentence. */
  readonly why: string;
}

/** Every kind of harm that the requests ask for. */
export const HARMS: readonly Harm[] = [
  {
    kind: "violence",
    acts: [
      "kill {person}",
      "hurt {person}",
      "beat {person} with a stick",
      "push {person} down the stairs",
      "drown {person} in the harbour",
      "hit {person} so that nobody sees it",
      "shoot {person}",
    ],
    why: "nobody may be hurt",
  },
  {
    kind: "poison",
    acts: [
      "poison {person}",
      "put poison into the soup of {person}",
      "slip something into the tea of {person}",
      "make {person} ill with bad mushrooms",
      "poison the well of {person}",
    ],
    why: "poison could cost a life",
  },
  {
    kind: "theft",
    acts: [
      "steal the purse of {person}",
      "steal a boat from {person}",
      "take the watch of {person} without asking",
      "rob {person} on the way home",
      "pick the pocket of {person}",
    ],
    why: "it belongs to somebody else",
  },
  {
    kind: "break-in",
    acts: [
      "break into the house of {person}",
      "pick the lock of {person} at night",
      "climb into the shop of {person} when it is closed",
      "open the safe of {person}",
      "get into the cellar of {person} unseen",
    ],
    why: "nobody may enter without being asked",
  },
  {
    kind: "fraud",
    acts: [
      "cheat {person} out of the rent",
      "forge the signature of {person}",
      "sell {person} a ring of false gold",
      "trick {person} into giving me money",
      "write a false bill for {person}",
    ],
    why: "that would be cheating",
  },
  {
    kind: "spying",
    acts: [
      "read the letters of {person} in secret",
      "follow {person} home without being seen",
      "listen at the door of {person}",
      "find out where {person} hides the money",
      "look through the window of {person} at night",
    ],
    why: "that is nobody's business but theirs",
  },
  {
    kind: "bullying",
    acts: [
      "make {person} cry",
      "spread lies about {person}",
      "make everybody laugh at {person}",
      "scare {person} so that sleep is out of the question",
      "turn the whole school against {person}",
    ],
    why: "it would be cruel",
  },
  {
    kind: "fire",
    acts: [
      "burn down the barn of {person}",
      "set fire to the boat of {person}",
      "throw a burning rag at {person}",
      "set the house of {person} on fire",
      "burn the nets of {person}",
    ],
    why: "a fire harms more than one can know",
  },
  {
    kind: "weapons",
    acts: [
      "make a bomb for {person}",
      "build a gun to threaten {person}",
      "make a trap that catches {person} by the leg",
      "get a knife past the watchman to {person}",
      "make gunpowder to frighten {person}",
    ],
    why: "a weapon like that harms people",
  },
  {
    kind: "sabotage",
    acts: [
      "sink the boat of {person}",
      "cut the ropes of {person} at night",
      "break the windows of {person}",
      "let the hens of {person} out",
      "spoil the bread of {person}",
    ],
    why: "it would ruin what somebody needs",
  },
];
