// What lies about in Merrowick: things with a one-word name that can be counted, bought or carried.

/** Every thing. */
export const THINGS: readonly string[] = `
anchor apple apron axe bag ball barrel basin basket bean bed bell belt bench biscuit blanket boat bone book boot
bottle bowl box bread brick bridge broom brush bucket bun button cabbage cake candle candlestick cap card carrot cart
chain chair chalk cheese cherry chest chimney clock cloth coat coin comb compass cork cup curtain cushion desk dish
door drum egg envelope fan feather fence fiddle figurehead fish flag flute fork gate glass glove goose hammer
hat hook horn jacket jam jar jug kettle key kite knife knot ladder lamp lantern leaf ledger lemon letter lid lock loom
map mask mast mat medal melon mirror mug nail napkin needle net nut oar onion orange oven paint pan parcel pea
pear pebble pen pencil penny pie pillow pin pipe plank plate plum pocket poker pot potato pump purse quilt raft rake
ribbon ring rock rope rudder rug sack saddle sail sandwich saucer saw scale scarf scissors seed shawl shell shirt shoe
shovel sieve sock spade spoon stamp stick stone stool stove string table teapot thimble ticket tile towel trumpet tub
turnip twig umbrella vase violin wagon wallet watch wheel whistle window wool yarn
`.trim().split(/\s+/);
