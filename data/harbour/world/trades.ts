// The trades of Merrowick: where each is done, with what, how the work looks, and what comes of it.

/** A trade as the documents speak of it. */
export interface Trade {
  readonly name: string;
  /** The name of the place where it is done, as in places.ts. */
  readonly place: string;
  /** A tool with its article. */
  readonly tool: string;
  /** The work as a gerund phrase. */
  readonly task: string;
  /** What comes of the work, as a plural or mass noun. */
  readonly makes: string;
}

const ROWS = `
baker | the bakery | a long wooden peel | shaping loaves before sunrise | bread and currant buns
fisherman | the North Quay | a coil of line | hauling nets over the side | herring and whiting
net mender | the net loft | a bone needle | knotting torn mesh | mended nets
schoolteacher | the schoolhouse | a stub of chalk | marking sums in red ink | tidy handwriting
postman | the post office | a leather satchel | sorting letters by street | letters and parcels
boatbuilder | the boatyard | a spokeshave | bending steamed planks | dinghies and skiffs
sailmaker | the sail loft | a brass palm thimble | stitching heavy canvas | sails and awnings
lighthouse keeper | the lighthouse | a chamois cloth | polishing the great lens | steady light
lamplighter | the lamp house | a hooked pole | trimming wicks at dusk | lit lamps
innkeeper | the Anchor Inn | a ring of keys | drawing cider from the barrel | warm beds and suppers
cook | the Anchor Inn | a copper ladle | stirring chowder | chowder and dumplings
miller | the windmill | a worn sack hook | setting the stones | flour and bran
cheesemaker | the windmill dairy | a wire cutter | turning cheeses on their shelf | round white cheeses
crab catcher | the East Jetty | a willow pot | baiting pots with fish heads | brown crabs
fishmonger | the fish market | a thin knife | laying plaice on crushed ice | fresh fish
minister | the chapel | a pair of spectacles | writing next Sunday's sermon | sermons and tea
music teacher | the chapel hall | a tuning fork | counting time with one finger | scales and hymns
harbourmaster | the harbour office | a brass telescope | logging every arrival | berths and rules
clerk | the harbour office | a steel pen | copying figures into a ledger | neat accounts
grocer | the corner shop | a set of scales | weighing raisins into paper cones | tea and sugar
draper | the corner shop | a brass yardstick | measuring ribbon along the counter | ribbons and buttons
doctor | the surgery | a stethoscope | listening to chests | good advice
chemist | the dispensary | a pestle and mortar | grinding powders | syrups and ointments
weaver | the weaving shed | a boxwood shuttle | throwing the shuttle across the loom | blankets and cloth
dyer | the weaving shed | a stained paddle | lifting wool out of the vat | red and blue yarn
blacksmith | the forge | a heavy hammer | beating iron on the anvil | hooks and hinges
tinsmith | the forge | a soldering iron | folding bright tin | pails and lanterns
ferryman | the ferry slip | a boat hook | carrying passengers over the river | safe crossings
ticket seller | the ferry slip | a paper punch | counting pennies into rolls | tickets
clockmaker | the clock shop | an eyeglass | fitting tiny wheels | clocks that agree
seamstress | the clock shop | a tin of pins | letting down hems | shirts and petticoats
pilot | the pilot station | a lead line | guiding ships past the sandbar | safe arrivals
fog bell keeper | the fog bell | a knotted bell rope | listening for fog | warning bells
ropemaker | the ropewalk | a tarred winch | walking backwards with hemp | rope and cable
twine maker | the ropewalk | a hand reel | winding twine on to reels | twine and fishing line
beekeeper | the bee garden | a smoker | lifting combs from the hive | honey and wax
gardener | the bee garden | a dibber | earthing up leeks | cabbages and beans
weather watcher | the weather house | a rain gauge | tapping the barometer | forecasts
almanac maker | the weather house | a ruled notebook | working out the tides | almanacs
butcher | the butcher's shop | a cleaver | tying up sausages | sausages and chops
pie maker | the butcher's shop | a rolling pin | crimping pastry | mutton pies
oysterman | the oyster beds | a short rake | lifting oysters at low water | oysters
oyster seller | the fish market | a blunt knife | opening oysters in one twist | oysters by the dozen
librarian | the reading room | a date stamp | mending torn pages | borrowed books
printer | the print shop | a tray of type | inking the press | newspapers and handbills
painter | the studio | a squirrel brush | mixing greys for the sea | pictures of weather
salt maker | the salt pans | a wooden rake | raking salt into heaps | clean white salt
smokehouse keeper | the smokehouse | a rod of hooks | hanging kippers over oak chips | kippers
cobbler | the cobbler's shop | an awl | hammering heels | boots and clogs
hat maker | the cobbler's shop | a steam kettle | shaping felt over a block | hats
carter | the stables | a bucket of oats | backing the cart into narrow yards | deliveries
laundress | the wash house | a copper boiler | pegging sheets against the wind | clean sheets
carpenter | the joiner's shop | a folding rule | planing doors | doors and benches
toy maker | the joiner's shop | a fretsaw | carving whales from driftwood | tops and wooden whales
fiddler | the bandstand | a lump of rosin | playing reels for dancers | tunes
dancing teacher | the chapel hall | a silver whistle | teaching the harbour jig | dancers
fish salter | the salting shed | a broad shovel | packing herring in layers | salt herring
candlemaker | the candle shop | a dipping frame | dipping wicks in warm wax | candles
cooper | the cooperage | a croze | closing hoops round staves | barrels and tubs
shepherd | the hill farm | a hazel crook | counting ewes through the gate | wool and lambs
spinner | the hill farm | a spinning wheel | drawing out the thread | soft yarn
chandler | the chandlery | a brass weight | measuring lamp oil | lamp oil and tackle
sign painter | the chandlery | a mahl stick | painting names on transoms | painted signs
stonemason | the stone yard | a cold chisel | squaring blocks of granite | steps and gateposts
midwife | the surgery | a black bag | rocking other people's babies | healthy babies
tailor | the tailor's shop | a flat iron | chalking cloth along the seam | waistcoats and coats
bellringer | the chapel tower | a pair of leather gloves | oiling the bell wheels | peals on Sunday
potter | the pottery | a length of wire | throwing jugs on the wheel | jugs and bowls
tile maker | the pottery | a wooden mould | painting fish on tiles | blue tiles
customs officer | the customs house | a rubber stamp | opening trunks politely | stamped papers
telegraph clerk | the post office | a brass key | tapping out messages | telegrams
`;

/** Every working trade, by name. */
export const TRADES: ReadonlyMap<string, Trade> = new Map(
  ROWS.trim().split("\n").map((row) => {
    const [name, place, tool, task, makes] = row.split("|").map((cell) => cell.trim());
    return [name, { name, place, tool, task, makes }];
  }),
);
