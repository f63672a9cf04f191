// The feasts of Merrowick: when, where, what is done, what is eaten, and how each began.

/** A feast that comes every year. */
export interface Festival {
  readonly name: string;
  readonly month: number;
  readonly day: number;
  readonly place: string;
  /** What is done, as a gerund phrase. */
  readonly custom: string;
  readonly food: string;
  /** How it began, as a clause in the past. */
  readonly origin: string;
  /** Who leads it: a first name. */
  readonly leader: string;
}

const ROWS = `
First Light | 1 | 1 | the breakwater | greeting the new sun with kettle lids | ginger porridge | a fisherman once slept through midnight and begged the town to begin again | Augusta
Candle Night | 2 | 2 | the candle shop | setting a candle in every window | honey cakes | the lighthouse lamp failed and every house lit a candle instead | Prudence
Net Blessing | 3 | 12 | the North Quay | hanging ribbons on the nets | barley bread | a bride tied her ribbon to a net and the catch was the best in years | Laurence
Pancake Race | 2 | 20 | Market Square | running up Gull Steps with a frying pan | lemon pancakes | a cook heard the school bell and ran with the pan still in her hand | Cecily
Lamb Sunday | 4 | 8 | the hill farm | leading the first lamb through the chapel door | mint dumplings | a lamb walked into chapel during a long sermon and nobody minded | Duncan
May Morning | 5 | 1 | the orchard | dancing barefoot round the oldest tree | rhubarb tart | two families ended a quarrel under that tree | Sophia
Blessing of the Boats | 5 | 20 | the harbour mouth | rowing in a ring with flowers on the oars | salmon rolls | every boat came home from a great storm | Matilda
Midsummer Fair | 6 | 24 | Market Square | selling things that are no use to anybody | strawberry ices | a pedlar could not sell his goods and gave a party instead | Henry
Regatta Day | 7 | 14 | the breakwater | racing anything that floats | mutton pies | a barrel maker bet that his tub could beat a yacht | Hugo
Salt Day | 8 | 5 | the salt pans | giving a pinch of salt to every neighbour | salt caramel | the salt saved one whole winter's fish | Jory
Bell Sunday | 8 | 26 | the chapel tower | letting every child ring one bell | seed cake | the old bell was raised from the sea bed | Joseph
Herring Supper | 9 | 21 | the fish market | eating at one table two hundred feet long | fried herring | the herring came in such numbers that nobody could carry them home | Malachi
Apple Howl | 10 | 13 | the orchard | shouting at the trees to make them grow | baked apples | a boy shouted at a tree and it dropped every apple at once | Rebecca
Lantern Walk | 11 | 11 | Lantern Hill | carrying paper lanterns up to the lighthouse | treacle buns | a lost child was found by forty lanterns | Amos
Quiet Day | 12 | 6 | Market Square | speaking only in whispers until noon | onion soup | a new baby slept for the first time and the street kept still for her | Charity
Midwinter Supper | 12 | 21 | the Anchor Inn | telling the longest story of the year | plum pudding | snow shut every road and everybody had to stay | Cecily
`;

/** Every feast, in the order of the year. */
export const FESTIVALS: readonly Festival[] = ROWS.trim().split("\n").map((row) => {
  const [name, month, day, place, custom, food, origin, leader] = row.split("|").map((c) =>
    c.trim()
  );
  return { name, month: Number(month), day: Number(day), place, custom, food, origin, leader };
}).sort((a, b) => a.month - b.month || a.day - b.day);
