// Stories about things that go missing and things that turn up.

import { plan } from "../kinds/kind.ts";

/** A lost thing, an unwanted find, a message in a bottle. */
export const LOST_AND_FOUND = [
  plan(
    "the lost thing",
    `h=child f=friend:h k=parent:h o=open
@1 thing=brass whistle; it=whistle; where=inside the left boot; how=it had slipped down there when the boots were put away; clue=every second step made a small dull {clink|chink}; boot
@1 thing=silver thimble; it=thimble; where=at the bottom of the flour bin; how=it must have dropped in on baking day; clue=the pancakes that night had something hard in them
@1 thing=red kite string; it=string; where=in a gull's nest on the net loft; how=the gull had woven it in between the twigs; clue=a gull flew over with something red in its beak
@1 thing=wooden whale; it=whale; where=in the pocket of the winter coat; how=nobody had looked there because the weather had been warm; clue=there was sawdust on the cloakroom floor
@1 thing=lucky penny; it=penny; where=under the tongue of the old well pump; how=somebody had used it to wedge the handle; clue=the pump had stopped dripping that very morning
@1 thing=pearl button; it=button; where=in the cat's basket; how=the cat had played with it half the night; clue=there were scratches on the lid of the sewing box
@1 thing=blue glass marble; it=marble; where=in the drainpipe; how=it had rolled off the window sill; clue=when it rained, the pipe began to {gargle|rattle}
@1 thing=small brass key; it=key; where=on the ring of the wrong door; how=two hooks in the hall hung side by side; clue=the cellar door would not open for anybody
# title
The {Missing|Lost|Vanished} [it]
{Where Was the [thing]?|In Search of the [thing]}
[h.name] and the [thing]
# opening
[h] {owned|had} a [thing] and {loved|treasured} it more than {anything else in the house|any toy in the town|a holiday}.
{Of all the things|Of everything} that [h] kept in the tin under the bed, the [thing] was the best.
On [day.weekday] the [thing] was there, and on the day after it was {gone|not}. That was how it {began|started} for [h].
A [thing] is a small thing to lose, but to [h.o] it was {the whole world|as large as a house}.
# origin
It had come from {an aunt|a sailor|a market stall|a godfather} who {was never seen again|asked nothing for it|said it would bring luck}.
[h] had {earned|won} it {by carrying coal all winter|in a race, fair and square|for holding a horse}.
Nobody else {thought|believed} it was worth {much|a farthing}, which only made it {dearer|more precious}.
# weather ? =weather
# + trouble
{But one morning|Then, one morning,} the tin was empty. [h] turned it {upside down|over} and shook it, and {only a dead moth fell out|nothing fell out but dust}.
[h] put a hand in [h.his] pocket, and the hand came out {empty|with nothing but fluff}. The [it] was gone.
It was gone. [h] looked {once|twice}, and then a third time, {because eyes can be wrong|in case the first two had been careless}.
# feeling
A cold feeling {went|crept} down to [h.his] toes.
[h] did not cry, but it was {a near thing|close}.
"Think," [h.he] told [h.himself]. "{When did you have it last|Where were you on Saturday}?"
# + attempt x2
[h] crawled under the {bed|dresser|table} and {met|found} a {spider|lost sock}, {two corks|a crust of toast} and a great deal of {dust|fluff}, but no [it].
{Next|After that}, [h] walked to [o] with [h.his] nose to the ground, like a {hound|detective}. {A kind old man|A woman with a pram} asked whether [h.he] was {ill|feeling well}.
[h] {asked|went and asked} [k.name], [h.his] [k.rel], who {said|answered} that things are always in the last place one looks, which was true and {no help at all|not the least use}.
They emptied the {coal scuttle|button box|umbrella stand} and put {everything|it all} back. The [it] was not {there|in it}.
[h] {wrote|painted} a notice in {red chalk|large letters} and {pinned|nailed} it up near [o]. {By noon somebody had drawn a moustache on it|The rain washed it off by tea time}.
# + friend
[f] came {by|round} {after school|at four o'clock} and heard the {whole|sad} story. "{Right|Very well}," said [f.name], "we start {again|from the beginning}, and this time we {look where nobody looks|use our heads}."
It was [f.full], [h.name's] best friend, who {kept calm|had the idea}. "Do not look for the [it]," [f.he] said. "Look for something {odd|that is different from yesterday}."
# aside ? =bystanders
# + turn
And there was something odd: [clue]. "{Wait|Stop|Hush}," said [f.name]. "{You noticed that too|That is not right}."
{That evening|Later that day} they noticed it {both together|at the same moment}: [clue]. They {stared at each other|did not say a word}, and then they ran.
"{Has anything changed|Is anything different}?" [f.name] asked. [h.name] thought hard. Yes: [clue].
# find
And the [it] was [where], {shining|looking innocent|as good as new}. [^how].
It was [where]! [^how], and {there it had stayed|nobody had known}.
They looked, and there it lay, [where]. [^how].
# + ending
[h] {held|gripped} it so {tightly|hard} that it left a mark. "{I shall never lose it again|From now on it lives on a string}," [h.he] said, and kept that promise for {almost a month|nearly a year|the rest of the summer}.
"Half of it is yours," said [h.name]. [f.name] thought about {that|this} and chose the half that {was on Sundays|one cannot see}.
[k.name] {baked|made} {a tart|scones} to celebrate, and the [it] {was given|got} a chair of its own at the table.
That night it lay under the pillow, where it {made a dent|could not get away}, and [h] slept {like a stone|soundly}.
# last ? =closing
`,
  ),
  plan(
    "the thing on the beach",
    `h=anyone f=kin:h e=elder
@1 find=wooden crate; inside=forty left shoes; use=the cobbler made a right shoe for every one; gift=every child in town had new shoes by winter
@1 find=ship's bell; inside=a starling's nest; use=it was hung on the slip, and nobody rang it until the young birds had flown; gift=it has called the ferry ever since
@1 find=huge glass bottle; inside=a model ship with all her sails set; use=it was put in the window of the reading room; gift=people came from as far as the next valley to look
@1 find=barrel with no name on it; inside=raisins, packed tight and hardly wet; use=the bakery made buns for the whole town; gift=for a week nobody ate anything else
@1 find=painted door; inside=nothing, since it was only a door; use=it was set up at the end of the garden; gift=children have been walking through it into other countries ever since
@1 find=tin trunk; inside=a hundred paper flowers, pressed flat and dry; use=they were hung across the Market Square; gift=it was the brightest winter that anybody could remember
@1 find=long grey timber; inside=a row of copper nails as bright as new; use=it became the keel of a small boat; gift=the boat has never once been late
# title
What the Tide {Left|Brought|Gave Back}
The [find]
Something on {Cockle|the} Beach
# opening
After every high tide [h] {walked|went} along Cockle Beach to see what the sea had {left|thrown away}.
[h] was looking for {driftwood|bait|mussels|firewood} when {something much larger|something else} came into sight.
{The sea gives and the sea takes|What the sea does not want, it puts on the beach}, and on [day.weekday] [h] was there to see what it had put.
# weather =weather
# + find
There, half buried in the {sand|wet weed}, lay a [find].
At first it looked like a {seal|rock|sleeping cow}. It was a [find].
A [find] was {rolling|lying} in the shallows, {bumping|knocking} against the stones as if it wanted to be {let in|noticed}.
# attempt
[h] pushed it, pulled it and {sat|leaned} on it, and it did not move {an inch|at all}.
It took {an oar|a fence post}, {a rope|two planks} and a good deal of {breath|temper} to get it up beyond the tide line.
# helper
So [h] fetched [f.full], {who was good with heavy things|who came without asking why}. With one at each end they {dragged|hauled} it up the beach, resting every ten {steps|paces}.
Luckily [f.full] came along, and {four hands|two backs} can do what {two|one} cannot.
# + quarrel
"It is {mine|ours}," said [h.name]. "I saw it first." "And who did the {carrying|pulling}?" asked [f.name].
{A crowd gathered|People came running}, {as crowds do|as they will}, and {everybody had an opinion|all talked at once}. {Some|One half} said it was worth a fortune, {and others|and the other half} said it smelled.
"You must not open it," said a voice from the crowd. "{You never know with the sea|My uncle opened one and was never the same}."
# elder
Old [e.full] came down {on two sticks|with a lantern} and {walked|went} round it three times. "[^@exclaim]," said [e.he]. "{Well, are you going to look at it all day|Do you think it bites}?"
They sent for [e.full], who was [e.age] and {had seen most things twice|knew about wrecks}. "I saw one like it when I was {small|young}," [e.he] said, "but {ours|that one} was empty."
# + turn
{Inside|And in it} there was something that nobody had {guessed|expected}: [inside].
When they {looked|looked closely}, they found [inside]. There was a {silence|long pause}. Then somebody laughed, and {soon|after that} everyone did.
# use
{For a day they argued about it|There was a good deal of talk|Everyone knew best}. {In the end|At last} the matter was settled like this: [use].
"It is no use to one person," said [h.name] [@softly], "so it had better be for {all|everybody}." So [use].
# + ending
[^gift].
And so it came about that [gift].
And [h]? {All [h.he] kept|What [h.he] kept} was {one old nail|a pebble from the spot|the rope}, which {hangs|hung} by the stove and tells the weather as well as any barometer. But [gift].
# last ? =closing
`,
  ),
  plan(
    "the message in the bottle",
    `h=child f=sibling:h e=elder
@1 note=Send cake; from=the keeper of the light on the far rock, who was bored of biscuits; answer=a fruit cake sewn into oilcloth
@1 note=Is anybody there; from=a girl on an island that nobody had ever bothered to visit; answer=a long letter with a map in it
@1 note=I dropped my hat, it is brown; from=a farmer up the river, who had lost it in the spring flood; answer=the hat itself, brushed and steamed
@1 note=Happy birthday to whoever finds this; from=an old sailor who sent one every year; answer=a card with forty names on it
@1 note=Please return this bottle; from=the chemist across the bay, who was short of bottles; answer=the bottle, with a shrimp in it for company
@1 note=Which way is the wind with you; from=a schoolmaster who was making a chart of the currents; answer=a year of weather, copied out neatly
# title
The Bottle
A Message {from the Sea|in Green Glass}
"[note]"
# opening
[h] found the bottle {between two rocks|in a pool|among the weed} near Seal Rock, {green|brown} and {stopped with wax|corked tight}.
It was only a bottle, but there was paper in it, and [h] {knew|could see} at once that {paper in a bottle is never a bill|it was meant for somebody}.
The tide {brought|carried in} a bottle, and [h] {fell over it|was the one who picked it up}.
# weather ? =weather
# + open
The cork {would not come out|sat fast|had its own opinion}. [h] tried {teeth|a nail|a hairpin}, and [f] tried {a bigger nail|shouting at it|a pair of pliers}. It came out with a {pop|squeak} when they had both {given up|stopped trying}.
"Break it," said [f.full], [h.name's] [f.rel]. "Never," said [h.name], and {worked|twisted} at the cork until {it gave|it crumbled}.
# read
The paper was {damp|brown} and the ink had run, but they could read it: "[note]."
On a {torn|folded} page, in {large careful letters|very small writing}, somebody had written: "[note]."
# + wonder
"Who {writes|would write} a thing like that?" {whispered|asked} [f.name]. {There was no name|It was not signed}.
All {evening|week} they {guessed|talked of nothing else}. A pirate? {A prisoner|A duchess}? A {very clever|lonely} whale?
[h] {slept|went to bed} with it under the pillow and {dreamed|dreamt} of {islands|lamps and oars}.
# search x2
They asked at the pilot station, where {everyone|people} laughed {a good deal|kindly} and gave them {coffee with too much milk|a biscuit each}.
They put {an answer|a note} into {a second|the same} bottle and threw it {off the breakwater|as far as they could}. It came back with the next tide and {hit a duck|lay at their feet}.
[h] copied the letters {in a notebook|on the wall of the shed} and compared them with every {shop sign|label} in {the street|town}.
They {drew|made} a map of the {tides|currents} with {arrows|red arrows} on it, and the arrows all pointed at {each other|the jam}.
# + elder
It was old [e.full] who {knew|solved it}. [e.he] held the paper up to the {lamp|window} and {smelled it|rubbed it between two fingers}. "{That paper is old|I know that hand}," [e.he] said.
"Give it here," said [e.full], who was [e.age] and {no longer surprised by anything|fond of puzzles}. "{Look at the knot on the cork|The ebb runs north past the rock}. {This came|It came} from close by."
# turn
And so it turned out. The message was from [from].
It took three letters and a {patient|helpful} {postman|pilot} to be sure, but it was true: the message came from [from].
# + ending
They sent [answer]. {The reply came in a week|A fortnight later there was an answer}, in a new bottle, and {it only said "Thank you"|it was addressed to both of them}.
{They did not send a bottle back|The post was surer than the tide}, so they sent [answer], and that was the beginning of a {long|very good} friendship.
So [answer] went out on the next boat. [h] never {stopped|gave up} looking for bottles after that, and {found two more|once found a shoe}.
# last ? =closing
`,
  ),
];
