// The map of Merrowick: workplaces and landmarks, each on a street, with what one sees and smells there.

/** A place with a name. */
export interface Place {
  readonly name: string;
  readonly street: string;
  /** What stands out about it, as a noun phrase. */
  readonly mark: string;
  /** What is in the air there, as a noun phrase. */
  readonly smell: string;
  /** What the place is next to. */
  readonly beside: string;
  /** Whether a child may hide, wait or loiter there. */
  readonly open: boolean;
}

const ROWS = `
the bakery | Rope Lane | a blue half door | warm yeast | the ropewalk |
the North Quay | Harbour Street | a row of iron bollards | fish scales and tar | the fish market | open
the net loft | Gull Steps | an outside staircase | tarred twine | the steps to the beach |
the schoolhouse | Chapel Row | a crooked weathervane | chalk and wet coats | the chapel |
the post office | Market Square | a red letter box | sealing wax | the corner shop |
the boatyard | Tar Yard Lane | a slipway of greased planks | pine shavings | the forge | open
the sail loft | Tar Yard Lane | a window as wide as the wall | new canvas | the boatyard |
the lighthouse | Lantern Hill | a white tower with one red band | lamp oil and brass polish | the weather house | open
the lamp house | Lantern Hill | a rack of spare lanterns | paraffin | the studio |
the Anchor Inn | Market Square | a gilded anchor over the door | onions and wood smoke | the well |
the windmill | Mill Path | four patched sails | dusty grain | the bee garden | open
the windmill dairy | Mill Path | a cool stone shelf | buttermilk | the windmill |
the East Jetty | Cockle Lane | a ladder green with weed | bait and bladderwrack | the oyster beds | open
the fish market | Harbour Street | a slate roof on ten pillars | ice and plaice | the North Quay | open
the chapel | Chapel Row | a round window of yellow glass | beeswax and hymn books | the schoolhouse | open
the chapel hall | Chapel Row | a piano with a missing key | floor polish | the chapel |
the chapel tower | Chapel Row | a clock with one hand | bell grease | the chapel |
the harbour office | Harbour Street | a flagpole with five flags | ink and pipe smoke | the customs house |
the corner shop | Market Square | a jar of striped humbugs in the window | tea and cardboard | the post office |
the surgery | Lantern Hill | a brass plate | carbolic soap | the dispensary |
the dispensary | Lantern Hill | three coloured bottles | peppermint and camphor | the surgery |
the weaving shed | Cockle Lane | a clatter one can hear from the road | wet wool | the candle shop |
the forge | Tar Yard Lane | a horseshoe nailed upside down | hot iron | the boatyard |
the ferry slip | Gull Steps | a bell on a post | river mud | the pilot station | open
the clock shop | Windy Corner | eleven clocks in one window | oil of cloves | the weather house |
the pilot station | Gull Steps | a lookout with a tin roof | coffee and oilskins | the ferry slip |
the fog bell | Harbour Street | a bronze bell in a wooden cage | verdigris | the end of the breakwater | open
the ropewalk | Rope Lane | a shed as long as the street | hemp and tar | the bakery |
the bee garden | Mill Path | twelve painted hives | clover and thyme | the windmill | open
the weather house | Windy Corner | a copper cockerel | old paper | the lighthouse |
the butcher's shop | Market Square | a striped awning | sawdust and sage | the bandstand |
the oyster beds | Cockle Lane | a line of withies in the mud | salt and mud | the East Jetty | open
the reading room | Chapel Row | a stove with a cat on it | leather and dust | the print shop |
the print shop | Chapel Row | a window full of old front pages | printer's ink | the reading room |
the studio | Lantern Hill | a skylight | turpentine | the lamp house |
the salt pans | Salt Pans Road | squares of still water | hot brine | the smokehouse | open
the smokehouse | Salt Pans Road | a black chimney | oak smoke | the salt pans |
the cobbler's shop | Rope Lane | a giant wooden boot | leather and glue | the tailor's shop |
the stables | Salt Pans Road | a green pump | hay and harness | the wash house | open
the wash house | Salt Pans Road | long lines of sheets | soap and steam | the stables |
the joiner's shop | Mill Path | a sawhorse by the door | cedar | the windmill |
the bandstand | Market Square | a pointed roof like a hat | cut grass | the butcher's shop | open
the salting shed | Gull Steps | a stack of tubs | brine | the net loft |
the candle shop | Cockle Lane | a beehive carved in the lintel | warm wax | the weaving shed |
the cooperage | Cockle Lane | a pyramid of barrels | toasted oak | the candle shop |
the hill farm | Mill Path | a dry stone wall | sheep and turf smoke | the top of Mill Path | open
the chandlery | Harbour Street | a wooden mermaid | rope and paraffin | the harbour office |
the stone yard | Lantern Hill | a lion that nobody ever bought | granite dust | the surgery | open
the tailor's shop | Rope Lane | a headless dummy in a waistcoat | hot wool | the cobbler's shop |
the pottery | Tar Yard Lane | a bottle kiln | damp clay | the sail loft |
the customs house | Harbour Street | two stone dolphins | floor wax | the harbour office |
the breakwater | Harbour Street | a bench made of a mast | spray | the fog bell | open
the old lime kiln | Salt Pans Road | an arch full of ferns | nettles | the salt pans | open
the well | Market Square | a bucket on a chain | wet stone | the Anchor Inn | open
the orchard | Mill Path | a swing made of ship's rope | windfall apples | the hill farm | open
Seal Rock | Gull Steps | a flat top that dries at low tide | seals | the river mouth | open
Cockle Beach | Cockle Lane | a hundred years of shells | seaweed | the East Jetty | open
`;

/** Every named place, by name. */
export const PLACES: ReadonlyMap<string, Place> = new Map(
  ROWS.trim().split("\n").map((row) => {
    const [name, street, mark, smell, beside, open] = row.split("|").map((cell) => cell.trim());
    return [name, { name, street, mark, smell, beside, open: open === "open" }];
  }),
);
