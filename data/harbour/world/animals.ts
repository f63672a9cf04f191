// The animals of Merrowick: whose they are, how they look, what they love and what they do wrong.

import type { Person } from "./people.ts";

/** An animal with a name and an owner. */
export interface Animal {
  readonly name: string;
  readonly sex: "f" | "m";
  readonly kind: string;
  readonly colour: string;
  readonly owner: Person;
  /** What it loves, as a noun phrase. */
  readonly likes: string;
  /** Its bad habit, as a gerund phrase. */
  readonly habit: string;
}

const ROWS = `
Biscuit | m | dog | brown | Tilly | bacon rind | burying shoes
Captain | m | cat | ginger | Winifred | warm lamps | sleeping on charts
Duchess | f | goat | white | Hester | washing lines | opening gates
Mustard | m | donkey | yellowish | Eli | peppermints | sitting down on bridges
Clementine | f | hen | speckled | Agnes | currants | laying eggs in hats
Admiral | m | parrot | green | Isaac | ginger nuts | giving orders
Smut | m | cat | black | Bertram | the top of the forge bellows | walking through ash
Pepper | f | dog | black and white | Duncan | old gloves | herding children
Old Tom | m | seal | grey | Walter | mackerel | barking at noon
Treacle | f | cat | tortoiseshell | Philippa | the stove | sitting on open books
Rocket | m | tortoise | brown | Jem | dandelions | arriving late
Nutmeg | f | pony | chestnut | Alice | apple cores | nibbling sleeves
Boatswain | m | dog | shaggy grey | Augusta | wet rope | shaking himself near visitors
Pippa | f | rabbit | grey | Ida | parsley | thumping at night
Solomon | m | owl | tawny | Gideon | the highest beam | hooting during sermons
Mrs Feathers | f | goose | white | Rebecca | muddy puddles | chasing the postman
Tinker | m | dog | tan | Gwen | rattling tins | barking at hammers
Moth | f | cat | pale grey | Hannah | balls of wool | unravelling scarves
Barnacle | m | crab | brown | Davy | raw mussel | pinching thumbs
Jericho | m | horse | bay | Oswald | the sound of clocks | stopping at every inn
Whiskers | m | cat | striped | Minnie | plaice tails | stealing from the slab
Bluebell | f | cow | dun | Posy | salt licks | standing in the lane
Scout | m | dog | white | Martin | long walks | carrying letters to wrong doors
Figaro | m | canary | yellow | Olive | hemp seed | singing over hymns
Marmalade | f | cat | orange | Cecily | gravy | sleeping in the bread basket
Turnip | m | pig | pink | Ned | potato peel | escaping on Fridays
Lark | f | dog | golden | Nell | thrown sticks | swimming after ferries
Magpie Jack | m | jackdaw | black | Peter | shiny buttons | stealing teaspoons
Snowdrop | f | lamb | white | Maisie | bottle milk | following people to school
Gulliver | m | gull | grey and white | Rufus | fried potatoes | tapping on windows
Bramley | m | hedgehog | brown | Adam | beetles | snoring under the shed
Velvet | f | cat | dark grey | Charity | cream | leaving mice on pillows
Hector | m | dog | black | Abel | granite dust | guarding the wrong gate
Juniper | f | donkey | grey | Martha | clean sheets | braying before rain
Pickle | m | terrier | white and brown | Victor | slippers | digging under fences
Queenie | f | cat | white | Constance | lace cushions | refusing to move
Bellows | m | ox | red | Jory | brine | leaning on walls
Dot | f | mouse | white | Ruth | cheese crumbs | living in pockets
Ferdinand | m | duck | mottled | Kit | pond weed | crossing the road slowly
Sailor | m | pigeon | blue grey | Leonard | split peas | coming home a day late
Misty | f | cat | smoky | Edith | damp clay | leaving paw prints on bowls
Thunder | m | bull calf | black | Callum | turnip tops | being afraid of sheep
`;

/** Builds the list of animals. */
export function buildAnimals(person: (name: string) => Person): readonly Animal[] {
  return ROWS.trim().split("\n").map((row) => {
    const [name, sex, kind, colour, owner, likes, habit] = row.split("|").map((c) => c.trim());
    return { name, sex: sex as "f" | "m", kind, colour, owner: person(owner), likes, habit };
  });
}
