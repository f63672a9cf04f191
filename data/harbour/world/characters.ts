// What makes a person of Merrowick that person: ways, likes, fears, wishes, clothes and sayings. Each list
// is dealt out in order over the town, so neighbours differ and everybody keeps the same for good.

function rows(text: string): readonly string[] {
  return text.trim().split("\n");
}

/** Habits, as gerund phrases that need no pronoun. */
export const HABITS: readonly string[] = rows(`
humming off the note
counting stairs aloud
whistling through a gap in the front teeth
talking to kettles
tying knots in any loose string
polishing spoons on a sleeve
answering questions with questions
walking along the tops of walls
saving string in a biscuit tin
naming every seagull
laughing before the end of the joke
reading while walking
drawing boats on the edges of newspapers
keeping a pencil behind each ear
stopping to greet every cat
losing the same pair of gloves
sniffing the air before speaking
telling the time by the tide
collecting smooth green glass
cutting sandwiches into triangles
arriving early and then hiding
singing to seedlings
adding a little more salt
forgetting what the errand was
guessing the weather wrong
writing lists and leaving them behind
skipping the third stair
carrying a spare button everywhere
giving bread to sparrows
standing on one leg to think
speaking to strangers as if they were cousins
blowing on soup that was already cold
`);

/** Likes, as noun phrases. */
export const LIKES: readonly string[] = rows(`
plum cake
the smell of rain on warm stone
brass bands
very old maps
toasted cheese
thunderstorms seen from a window
pickled walnuts
sea shanties
riddles
hot chestnuts
new bootlaces
cold baths
card tricks
gooseberry jam
long words
the sound of oars
blackberry pie
kites
mushrooms on toast
stories about shipwrecks
clean blotting paper
peppermint tea
yellow tulips
ginger biscuits
the first hour of the morning
kippers with mustard
jigsaw puzzles
warm socks
pea soup
fireworks
marching in step
pears
`);

/** Fears, as noun phrases. */
export const FEARS: readonly string[] = rows(`
geese
the dark end of the ropewalk
being late
moths
deep water
loud sneezes
ladders
losing a bet
owls at night
speaking in front of people
eels
cellars
running out of tea
thunder
needles
empty houses
bulls
high tides
ghosts in the lime kiln
wasps
telegrams
looking foolish
narrow bridges
`);

/** Wishes, as infinitive phrases. */
export const WANTS: readonly string[] = rows(`
to sail round the world and be home for supper
to own a boat with a proper cabin
to win the Pancake Race just once
to see a whale
to play the cornet in the band
to grow the largest marrow in the county
to learn to swim properly
to write a book about knots
to hear the old bell under the sea
to have one whole day without any errands
to ride in a balloon
to find a pearl
to paint the front door yellow
to build a staircase without nails
to meet a real explorer
to beat somebody at draughts
to keep bees
to visit an island with nobody on it
to understand the stars
to bake a cake taller than the minister
to see the lamp at the top of the lighthouse lit
to teach a gull to talk
to own a clock that is never wrong
to sing a solo at Midwinter Supper
to dig up buried treasure
to sleep until ten o'clock
to make peace with the neighbour's goose
to be asked for advice
to carve a figurehead
`);

/** What people wear, as noun phrases with an article. */
export const CLOTHES: readonly string[] = rows(`
a green woollen cap
a coat with one odd button
a red spotted neckerchief
boots that squeak
a long yellow oilskin
a straw hat in all weathers
a patched blue jersey
a waistcoat with a watch chain
mittens on a string
a grey shawl
a scarf three yards long
a brown velvet jacket
an apron with deep pockets
a collar that is always crooked
stockings of two different colours
a hat with a gull's feather
a purple cardigan
clogs painted with daisies
a jacket that smells of tar
`);

/** What people say when nothing else will do: a sentence each, so each is one person's own. */
export const SAYINGS: readonly string[] = rows(`
Well, butter my boots
Slow is quick enough
A wet rope tells no lies
Never trust a quiet goose
Tea first, trouble after
The tide will have its say
That is a fish for another day
Bless my barnacles
Count your oars before you push off
There is no bad weather, only thin coats
Many a leak was once a drip
A shut door bakes no bread
Ask the cat, she saw it all
You cannot hurry a crab
Every knot was tied by somebody
Rust and rumours never rest
Mend it today, sail it tomorrow
A borrowed hat never fits
Half a loaf still floats
What the gull takes, the gull keeps
One candle is plenty if you sit close
Measure it twice and whistle once
Nobody drowned from listening
Small boats first
Sweep your own step
The pot knows when it is done
Better a patched sail than none
A long story needs a short chair
If it squeaks, it is thinking
Good morning costs nothing
Salt on the tail and hope for the best
Never wake a sleeping accordion
A straight answer saves shoe leather
Pull when I say pull
Onions cure everything but crying
Put the kettle on and look again
It was like that when I found it
Even the moon borrows its light
Keep your bucket the right way up
All hands are clean by Sunday
Stitch by stitch, my dear
Show me the hole and I will show you the thread
The sea is never on time and never late
Fools rush, and then they paddle
A bell with a crack still rings
You will laugh about it by Thursday
Porridge first, politics later
The wind is only passing through
A good neighbour is worth two umbrellas
Look twice at a cheap boat
Manners keep longer than milk
Leave the gate as you found it
It all comes out in the wash
Never argue with a ladder
A cold forge makes no horseshoes
Glue wants patience
Dry your feet and tell me everything
Nothing is lost until the tide goes out
Even flour was once a field
Let the dough decide
I have seen worse on a Tuesday
Honey first, sting later
Hold the lamp where the work is
Sing it or say it, but do not mumble
The longest plank starts in the middle
An empty net is still a net
Walk it off or sleep on it
A hat is a promise to the weather
Old rope, good knots
Who asked the herring
Take the bend slowly
Somebody always has the key
The bread will be late and so shall we
Half the job is finding the hammer
Let us not boil over
First in, last dry
Read the label twice
Bees do not gossip
A sheep counts for itself
Wind the clock and the day will follow
Soup has no enemies
Stamp it and be cheerful
Short words travel best
Clay remembers a rough hand
A full basket needs two hands
`);
