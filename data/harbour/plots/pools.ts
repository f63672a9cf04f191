// Lines that many tales share: the weather, the town going about its day, gestures, things to eat. A
// document tells each at most once.

import { NOW_NEWS, NOW_NIGHT, NOW_SKY } from "./present_pools.ts";
import { parsePool, type Pool } from "../language/script.ts";

/** One sentence of weather and season, in the past. */
const WEATHER = `
?fair: {The sun lay|Sunlight lay|The light was} {flat and gold|as thick as honey|warm and easy} on the {roofs|water|cobbles|harbour wall}.
?fair,summer: It was so warm that the tar {bubbled|softened} between the planks.
?fair,summer: The harbour {glittered|winked and glittered} like a drawer of {spoons|new knives}.
?fair,spring: The gorse was {out|in flower} on the hill, and the whole lane smelled of {coconut|warm butter}.
?fair,autumn: Spiders had {strung|hung} their webs on every {railing|gate}, and each one shone.
?fair,winter: {A thin winter sun|A small, pale sun} did its best above the chimneys.
?fair: There was {not a cloud|hardly a cloud|no more than one cloud, and that a small one,} {from the lighthouse to the hill farm|in all that sky}.
?fair: {Every|Each} {window|brass knob|wet stone} {in the street|along the quay} {flashed|shone} in the sun.
?fair: The {air|morning} was so {clear|clean} that one could count the {sheep on the hill|stones of the far shore}.
?fair,autumn: The low sun {lit|reddened} the {mill|rigging}, and the {shadows|posts} {were|stretched} as long as {streets|stories}.
?fair,winter: The {puddles|ruts} were {skinned|glazed} with ice, and the {sky|sun} was as {pale|clear} as {water|glass}.
?fair,spring: {Lilac|Blossom} {leaned|hung} over the garden walls, and {bees|the first bees} {went|bumbled} {from gate to gate|about in it}.
?fair,summer: {Children|Small boys} {paddled|splashed} by the slip, and {old men|cats} {slept|dozed} in the shade of the {nets|barrels}.
?fair,spring: {Swallows|The first swallows} {stitched|darted} back and forth under the eaves.
?rain: Rain {ran|poured|trickled} {down the gutters|from every gutter} and {drummed|pattered} on the upturned boats.
?rain: It had {rained|been raining} since {breakfast|dawn|the milk came}, and the {gulls|sparrows} had given up complaining.
?rain,spring: A soft rain {fell|came down}, the kind that {makes snails happy|gardeners pray for}.
?rain,autumn: Wet leaves {stuck|clung} to everything, even to the {minister|policeman's horse|church cat}.
?rain: {People|Everyone} {hurried|ran} from {doorway to doorway|awning to awning} with {sacks|baskets|newspapers} over their heads.
?rain: {All|The whole of} {the street|Merrowick} {dripped|smelled of wet {wool|stone}}{|, and so did the dogs}.
?rain: Puddles {joined hands|grew into ponds} all along {the quay|the street}.
?rain,summer: Warm rain {dimpled|freckled} the harbour, and nobody bothered {to run|with a coat}.
?rain,winter: Cold rain {slanted|blew} in from the sea and {found|crept down} every collar.
?fog: Fog {lay|had settled} over Merrowick like a {wet blanket|grey cat}.
?fog: The fog was so thick that the {gulls walked|boats felt their way home}.
?fog: From somewhere in the {grey|whiteness} the fog bell {spoke|rang}, {slow and patient|every half minute}.
?fog: {Every|Each} {railing|rope|hat brim} was hung with {drops|beads}, and {footsteps|voices} {came from all sides|had no owners}.
?fog: {Houses|Chimneys|Masts} came and went in the mist like {shy visitors|thoughts}.
?wind: The wind {pulled|tugged} at {hats|aprons|shutters} and {slammed|banged} every {gate|door} it could find.
?wind: It was {a day|the sort of day} when washing {flew|kicked} on the lines and old men held on to their {caps|hats}.
?wind: The {sea|harbour} was all {white horses|short sharp waves}, and {spray|foam} {blew|flew} {across the quay|into the doorways}.
?wind: {Doors|Shutters} {banged|clapped} {up and down the street|somewhere}, and {one could lean on the air|the hens walked sideways}.
?wind,autumn: Leaves {raced|chased each other} down the gutters, {rustling|whispering} like paper.
?wind,spring: A fresh wind {chased|herded} small white clouds {out to sea|over the hill}.
?wind: Flags {cracked|snapped} on the poles, and the {rigging|halyards} {rattled|tapped} all along the quay.
?storm: {A gale|The storm} had {shouted|howled} all night and was still {muttering|grumbling} in the chimneys.
?storm: Waves {broke|burst} over the breakwater and {threw|flung} {pebbles|weed} into the road.
?storm: Every boat in the harbour {strained|bucked} at its ropes like a {nervous horse|dog at a gate}.
?frost: Frost had {drawn|painted} {ferns|feathers} on every window.
?frost: The ropes were stiff {as pokers|with ice}, and {breath|everyone's breath} hung in the air.
?frost: It was {so cold|cold enough} that the {pump|well} had to be {thawed|woken} with a kettle.
?frost: {Smoke|The smoke} {stood|went} straight up from every {chimney|roof}, and {boots|wheels} {squeaked|crunched}.
?frost: The ground {rang|was} as hard as iron, and even the mud had {edges|a crust}.
?snow: Snow had {fallen|come down} in the night and {rounded|softened} every {step|roof|bollard}.
?snow: {Big slow flakes|Fat white flakes} {sank|drifted} into the harbour and were gone.
?snow: The town was {hushed|muffled}, as if {somebody had put a lid on it|it were holding its breath}.
?cloud: {Grey cloud|A low grey sky} sat on the hill like a {lid|hat}.
?cloud: It was one of those {plain grey|grey and patient} days that {might turn into anything|keep their plans to themselves}.
?cloud: The sea and the sky were the same {dull|quiet} {pewter|grey}, with a {gull|sail} between them to show which was which.
?cloud: {Nothing|Hardly anything} {stirred|moved} but the {weathercock|flag on the harbour office}, and {that not much|it thought better of it}.
?cloud: The {light|day} was {soft|pearly} and {without shadows|came from nowhere}, {kind to old walls|good for fishing}.
?cloud,autumn: The air smelled of {bonfires|wet leaves and bonfires}.
?cloud,summer: It was close and {still|heavy}, and {flies|midges} danced above the water.
`;

/** One sentence of other lives going on, in the past. */
const BYSTANDERS = `
Somewhere {a bucket rattled|an empty bucket went clanking} down a flight of steps.
Two gulls {quarrelled|fought} over {a crust|a fish head|a boot lace}, and neither {won|got it}.
A cart {creaked|rumbled} past with {turnips|barrels|a wardrobe tied on top}.
Behind an open window somebody was {practising|playing} the same {four notes|slow waltz} again and again.
An old man {spat|tapped his pipe} on the wall and {said nothing|nodded, as if that settled it}.
On the slip, a dog {barked|was barking} at its own {echo|reflection}.
{The chapel clock|Somebody's kitchen clock} {struck|chimed}, {and nobody counted|a little late as always}.
A woman {leaned|was leaning} from a window, {shaking|beating} {crumbs out of a cloth|a rug with great force}.
Three small children went by with {a jar of shrimps|one enormous crab|a wheelbarrow full of shells}.
{Down below|Along the quay}, men were {rolling|unloading} {barrels|crates of lemons|bales}, one shouting and five obeying.
The smell of {frying onions|hot tar|bread|boiling jam} {drifted|came} {by|round the corner}.
{A pair of nuns|A commercial traveller|A stranger with a suitcase} asked the way to {the ferry|the inn} and was told it by four people at once.
In the shallows a heron stood on one leg, {thinking|minding its own business}.
Across the water a saw {sang|rasped}, stopped, and {sang|began} again.
Nobody {noticed|paid attention}, for {the carrier had come with the post|a barge had just hit the jetty}.
The cat from the reading room {crossed|walked across} the road as though {she had built it|it were hers}.
A boy on a bicycle {wobbled|swerved} round {a hen|a puddle} and {rang|tinkled} his bell {in triumph|at nobody}.
Over on the mudflats the {curlews|oystercatchers} {piped|called}.
{A rowing boat|A punt} {slid|slipped} by without a {splash|sound}.
The baker's chimney {puffed|sent up} a {round|fat} white cloud.
Out past the bar a {steamer|schooner} {hooted|showed her sails} and was gone.
Someone had left {a ladder|a pram|a tin bath} in the middle of the pavement, and everyone {walked|went} round it.
Sparrows {bathed|squabbled} in the dust.
A kettle began to {sing|whistle} in one of the cottages.
Half a dozen {fishwives|neighbours} {stood|were standing} in a doorway, all talking, none listening.
`;

/** What somebody does with face or hands while thinking or talking, in the past, without a subject. */
const GESTURES = `
scratched one ear
looked {hard |}at the {floor|ceiling|sea}
rubbed {a smear of flour|some mud} from one sleeve
folded both arms
took a {long|deep} breath
coughed {politely|twice}
turned quite pink
sat down on {an upturned bucket|a bollard|the lowest step}
laughed out loud
blinked
shrugged
nodded slowly
whistled {one low note|through closed teeth}
pulled {at a loose thread|one sock up}
put down {the cup|the basket} with great care
chewed {on a straw|a thumbnail}
frowned at the horizon
kicked a pebble into the water
counted something on {five fingers|the fingers of one hand}
sighed {like a bellows|from the boots up}
looked over both shoulders
grinned from ear to ear
sneezed
wrinkled {a freckled nose|that small straight nose}
leaned against the {doorpost|wall}
buttoned up {the coat|a jacket} to the chin
squinted into the light
swallowed {hard|a very large mouthful}
brushed off some crumbs
stared
`;

/** Things to eat or drink, as noun phrases without an article that rules them out. */
const TREATS = `
a slice of {seed cake|gingerbread|cold pie|treacle tart|plum loaf}
a bowl of {pea soup|mussel broth|hot milk with nutmeg|barley soup}
{bread and dripping|toast and marmalade|bread, cheese and a pickled onion}
two boiled eggs
a paper cone of {shrimps|hot chestnuts|cherries|peas in the pod}
a mug of {cocoa|strong tea|apple juice|ginger beer}
a kipper between two slices of bread
a baked potato, salted and steaming
an apple dumpling
stewed plums with the skin of the custard
a currant bun, still warm
pancakes rolled round sugar and lemon
fish cakes with parsley
half a jar of pickled walnuts
a wedge of {rhubarb|gooseberry} pie
a cold sausage {and mustard|wrapped in newspaper}
oatcakes with honey
`;

/** One closing picture, in the past. */
const CLOSINGS = `
{Outside|Beyond the window}, the tide {turned|had turned}, as it always {does|did}.
{Up on the hill|On Lantern Hill} the lighthouse {opened its eye|lit its lamp}, and the day was {over|done}.
{One by one|Slowly} the windows of Merrowick {went dark|turned yellow}.
Then there was nothing left to do but {put the kettle on|go home to supper|laugh, so they did}.
And the {gulls|boats}, who had seen everything, {said nothing|kept it to themselves}.
By {morning|the next day} half the town {knew|had heard}, and by noon {the other half|the rest} had told it {better|back to them with improvements}.
The moon came up {over the breakwater|out of the sea}, {round as a cheese|thin as a paring}, and looked in.
They walked home {the long way|by the beach}, and neither was in any hurry.
{Supper|The soup} was late that evening, and {nobody minded|it tasted all the better}.
Somewhere out on the water a bell {rang|clanked} once, {softly|as if it agreed}.
There was still sand in {everybody's|their} shoes a week later.
The lamplighter came by, {touched his hat|wished them good night}, and {lit|left} one small flame behind him.
It was the best {sleep|night's sleep} {either of them|anybody in that house} had had for a {week|month}.
The kettle {sang|boiled}, the {door|window} stood open, and {the evening smelled of salt|there was jam}.
Nothing more was ever said about it, except {at weddings|on winter evenings|when there was cake}.
If you go there {on a quiet evening|at the right time of day}, they may tell you the story {themselves|again}.
`;

/** Adverbs of speech. */
const SOFTLY = `
at last
after a while
in a small voice
without turning round
very slowly
over the noise of the {rain|gulls|street}
with {a|one} raised eyebrow
through a mouthful of {bread|toast|nails|pins}
as if it were nothing
in one breath
kindly
with dignity
from under a hat
to nobody in particular
`;

/** Small exclamations, a sentence each without its full stop. */
const EXCLAIM = `
well, I never
goodness
oh, bother
my word
fancy that
dear me
now then
what a business
heavens above
I might have known
of all things
that is a fine how-do-you-do
mercy
botheration
`;

/** Every shared pool, by the name that scripts use. */
export const POOLS: ReadonlyMap<string, Pool> = new Map(
  Object.entries({
    weather: WEATHER,
    bystanders: BYSTANDERS,
    gesture: GESTURES,
    treat: TREATS,
    closing: CLOSINGS,
    softly: SOFTLY,
    exclaim: EXCLAIM,
    nowsky: NOW_SKY,
    nownight: NOW_NIGHT,
    nownews: NOW_NEWS,
  }).map(([name, source]) => [name, parsePool(source)]),
);
