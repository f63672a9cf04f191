// The boats of Merrowick: kind, colours, owner and berth.

import type { Person } from "./people.ts";

/** A boat. Boats are spoken of as "she". */
export interface Boat {
  /** The name without an article: "Silver Wren". */
  readonly name: string;
  readonly kind: string;
  /** The colour of the hull. */
  readonly colour: string;
  /** The colour of her sails, or "no" for a boat that is rowed. */
  readonly sails: string;
  readonly owner: Person;
  readonly berth: string;
  /** What people know her by. */
  readonly mark: string;
}

const ROWS = `
Silver Wren | skiff | green | white | Tobias | the North Quay | a patch on the bow shaped like a fish
Patient Mary | lugger | black | brown | Malachi | the North Quay | a horseshoe on the mast
Kittiwake | dinghy | white | red | Finn | the East Jetty | a rudder made from a cupboard door
Good Intent | smack | blue | tan | Jack | the North Quay | a cracked ship's bell
Marigold | ferry | yellow | no | Dan | the ferry slip | a brass rail that everybody touches for luck
Old Thunder | tug | red | no | Augusta | Harbour Street steps | a whistle that can be heard inland
Plover | pilot cutter | grey | white | Matilda | the pilot station | a number nine on the sail
Seventh Wave | ketch | dark blue | cream | Isaac | the breakwater | a carved wave under the bowsprit
Button | rowing boat | orange | no | Sam | the East Jetty | a seat cushion stuffed with feathers
Lobster Quadrille | punt | pink | no | Walter | the East Jetty | crab pots stacked taller than a man
Honest Bess | barge | brown | tan | Jory | the salt pans wharf | a load that glitters
Sea Thistle | yawl | purple | white | Beatrix | the boatyard | the best cut sails in town
Tall Folly | sloop | unpainted | patched | Hugo | the boatyard | a mast two feet too tall
Pudding | coracle | black | no | Oliver | Cockle Beach | a habit of going round in circles
Nightjar | yawl | black | grey | Roderick | the customs house steps | a shaded lantern
Blue Bonnet | dinghy | sky blue | white | Alice | the East Jetty | a bonnet painted on the stern
Two Brothers | lugger | green | brown | Ezra | the North Quay | a name painted by two different hands
Corncrake | skiff | mustard | red | Arthur | the East Jetty | iron rowlocks made at the forge
Pearl Button | oyster smack | cream | tan | Ewan | the oyster beds | a mother-of-pearl compass
Storm Petrel | lifeboat | white | no | Joseph | the lifeboat slip | a red stripe from stem to stern
Gentle Annie | trawler | rust red | brown | Zachary | the North Quay | a kettle lashed to the mast
Bramble | rowing boat | dark green | no | Nell | the ferry slip | a basket for blackberries under the seat
Heron | punt | grey | no | Cornelius | the river mouth | a rain gauge nailed to the bow
Merry Andrew | ketch | scarlet | white | Felix | the breakwater | a fiddle hook in the cabin
Tea Kettle | launch | copper | no | Leonard | Harbour Street steps | a funnel that whistles on the boil
Wandering Star | schooner | white | cream | Vera | the North Quay | a star of brass nails
Thimble | dinghy | silver | blue | Esther | the East Jetty | a sail sewn from shirt linen
Patchwork | lugger | green and white | patchwork | Nancy | the North Quay | not two planks of the same colour
Lady Turnip | barge | dull violet | brown | Eli | the salt pans wharf | a smell of vegetables
Grey Goose | cutter | pale grey | white | Humphrey | the chandlery steps | gold letters with a shadow
Cinnamon | sloop | reddish brown | cream | Henry | the North Quay | tea chests in the hold
Quickstep | skiff | lilac | white | Sophia | the breakwater | a painted dancer on each oar
Dauntless | rowing boat | navy blue | no | Bram | the East Jetty | a flag made from a pillowcase
Little Auk | dinghy | black and white | white | Wren | the salt pans wharf | an auk on the tiller
Hopeful | smack | lemon | red | Giles | the North Quay | barrels for fenders
Whisper | canoe | birch white | no | Clara | the boatyard | a paddle carved with leaves
Temperance | barge | slate | black | Gideon | the mill wharf | flour in every crack
Moon Daisy | yawl | white | yellow | Rebecca | the mill wharf | a hive painted on the cabin
Stout Heart | trawler | maroon | no | Minnie | the North Quay | a frying pan for a dinner gong
Snail | houseboat | moss green | no | Ottilie | the river mouth | geraniums on the roof
Fiddler's Rest | rowing boat | walnut | no | Laura | the breakwater | a music stand in the stern
Periwinkle | dinghy | violet blue | white | Grace | the boatyard | a row of tiles along the seat
`;

/** Builds the fleet. */
export function buildBoats(person: (name: string) => Person): readonly Boat[] {
  return ROWS.trim().split("\n").map((row) => {
    const [name, kind, colour, sails, owner, berth, mark] = row.split("|").map((c) => c.trim());
    return { name, kind, colour, sails, owner: person(owner), berth, mark };
  });
}
