// Stories of wanting: a wish that comes true sideways, a secret birthday, a saved-up present, a long row home.

import { plan } from "../kinds/kind.ts";

/** Five tales of wishes. */
export const WISHES = [
  plan(
    "the wish",
    `h=anyone f=friend:h e=elder c=child
@1 way=a travelling circus lost its way in the rain; twist=it turned out rather wetter than imagined
@1 way=an uncle nobody had heard of left an odd legacy; twist=it was smaller than it had looked from far away, and dearer
@1 way=the whole town clubbed together, a penny a head; twist=it needed four people and a ladder
@1 way=a mistake was made at the town hall; twist=it lasted for exactly one afternoon, which was long enough
@1 way=a stranger owed somebody a favour; twist=it had to be given back by Monday
# title
{What [h.name] Wanted|A Wish}
{Be Careful|Just Once}
The Wish of [h.full]
# opening
[h] wanted one thing in life: [h.wants]. {It was not much to ask|People smiled at it}.
If you had asked [h], {at any hour of the day|even in the middle of the night}, what [h.he] wanted most, [h.he] would have said: [h.wants].
# who
[h] was [h.age] and lived in [h.street]. {One knew [h.o] by [h.wears]|[h] was easy to know, what with [h.wears]}.
{It had been so for years|[h] had had it since [h.he] was four}. {Other people's wishes change|Most wishes wear out}. This one {did not|only grew}.
# weather ? =weather
# + attempt x2
{Every birthday candle|Every first star} was {used|spent} on it.
[h] {saved up|put money aside}, in {a sock|a teapot}, {and the roof leaked|and then the boat needed paint}, and the {sock|teapot} was empty again.
[h] {read|borrowed} every book {about it|on the subject} in the reading room. {There were two|One was in Latin}.
[h] asked [f.full], who {thought it over|laughed} and said: "{I would rather have [f.likes]|My own wish is [f.wants]. We could swap}."
Once [h.he] {nearly had it|came close}, and {then it was Tuesday|a goat ate it}, and {it was as far off as ever|all was over}.
# old
"{Stop running after it|Leave the door open}," said old [e.full]. "{Wishes are like cats|Nothing comes that is stared at}."
?e-saying: "[e.saying]," said old [e.full], {when [h] spoke of it|as though that were an answer}.
# + turn
And then, {in the week when [h] had stopped thinking of it|when nobody expected it}, [way].
One {Thursday|morning} [way]. {It sounded like nothing|It did not seem important}. But {one thing led to another|that was the beginning}.
# come
{To make a long story short|And so it came about}: {there it was|the wish stood at the door}. [h.wants]! {And yet|Only}, [twist].
"{Is this for you|Did somebody ask for this}?" they said. It was {all there|true}, the wish and everything: [h.wants]! Well, [twist].
# child
[c.full] {was there|came to look}. "{Is it how you thought|Is that it}?" [c.he] asked. {Children ask such things|[h] considered}. "{No|Not a bit}," said [h.name]. "{It is better, because it is real|But it is mine|It weighs more than I thought|But I would not give it back}."
# + ending
{Afterwards|When it was over} [h] {sat on the wall|went home} and {was silent|ate [@treat]}. "{And now|What will you wish for now}?" asked [f.name]. {That was a hard one|[h] looked at the sea}.
{Many people|A good many}, when they get their wish, {want the next one|are a little sad}. [h] {slept till ten|was merry for a month}. {Then [h.he] began to wish it for somebody else|Then came a new one, but that is another story}.
# last
{They say [h.he] passed it on|[h] gave the old wish away}, {second hand but hardly used|good as new}, to [c.name].
# close ? =closing
`,
  ),
  plan(
    "the secret birthday",
    `h=anyone k=kin:h f=friend:h w=worker
@1 clue=a smell of vanilla in the coal cellar; lie=the drains are being seen to; gift=a small green boat, just big enough for one
@1 clue=forty chairs in the garden shed; lie=the chapel lent them to dry out; gift=a quilt with a square from every neighbour
@1 clue=whispering that stopped at every door; lie=we all have sore throats; gift=a tune, written for the day and never played before
@1 clue=a trumpet in the bread bin; lie=it keeps the mice away; gift=the old gate, mended at last and painted yellow
# title
{Nobody Remembered|The Forgotten Birthday}
{The Secret|Whispering}
[h.name's] Birthday
# opening
On the day before [h.his] birthday [h] noticed that {nobody said a word about it|everyone was very busy}.
[h] would be [h.age] on [day.weekday], and {nobody had asked what [h.he] would like|it seemed that nobody remembered}. What [h.he] {would like|wanted} was [h.wants].
# weather ? =weather
# hurt
"{It does not matter|One should not make a fuss}," [h.he] told the {cat|mirror}. {The mirror did not believe it|It mattered a good deal}.
[h] {dropped a hint|mentioned cake} at breakfast. {Somebody passed the salt|"Have you seen my boots?" said [k.name]}.
# + clue
Then there were {strange things|signs}. First came [clue]. "{What is that|Why}?" asked [h]. "{Oh, that|Nothing}," said [k], [h.name's] [k.rel], {turning red|very fast}. "[^lie]."
[h] found [clue]. {It made no sense|That was odd}. [k.full] {stood in front of it|laughed too loudly} and said, "[^lie]."
# more x2
[f] {crossed the street|dived behind a hedge} when [h.he] came along. [f.name], of all people!
At [w.work] [w.full], the [w.trade], {threw a cloth over something|hid both hands}. "{We are closed|Come back on Thursday}," [w.he] said.
The {postman|milk girl} {winked|put a finger to her lips}, and then {was sorry|looked the other way}.
{Somebody was hammering|There was a giggle} behind the wall, and when [h] looked over it, {there was only a wheelbarrow|nobody was there}.
# + worst
On the {day|birthday} itself the house was {empty|silent}. {No one|Not a soul}. {The breakfast was cold porridge|On the table lay a list of errands}. [h] {put on [h.wears]|ate it standing up} and went out, {and did not slam the door|with a lump in [h.his] throat}.
[h] walked {all round the harbour|as far as the lighthouse} and {sat on a rock|kicked a stone}. "{Happy birthday to me|Many happy returns}," [h.he] said to a {cormorant|limpet}. It {dived|held on}.
# + turn
{When [h] came back|At five}, {the gate was shut|it was dark in the windows}. [^h.he] {put a hand on the latch|pushed}. And {then|there was a bang}, {all the lamps in the world went on|the whole yard shouted}: "NOW!"
Then [f.full] came running, {out of breath|with a false beard}. "{Quick|You must come}, {the boat is sinking|the goat is on the roof}!" [h] ran. {There was no boat|It was not the goat}. {There was everybody|The street was full of faces}.
# gift
{In the middle, with a ribbon on it,|And there} stood the present: [gift].
"{It is from all of us|We had to hide it in four places}," said [k.name]. It was [gift].
# + explain
"{So that was it|So that was why everyone whispered}?" said [h.name], {laughing and wiping [h.his] eyes|slowly}. "{You thought we forgot|I am the worst liar in town}," said [k.name].
[h] {wanted to make a speech|opened a mouth}. What came out was {a squeak|"Oh, you"}. {It was thought a very good speech|They cheered it}.
# ending
They {ate|danced} until {the moon was up|there was nothing left}, and the cake had [h.age] candles, {which melted the icing|and set fire to a hat}.
Last of all, {when the plates were stacked|at the gate}, [w.name] {came|crept} up with [w.makes]. "{It was not ready in time|I hid it so well that I could not find it}," [w.he] said.
# last ? =closing
`,
  ),
  plan(
    "the present",
    `h=child k=parent:h w=worker f=friend:h
@1 gift=a music box with a dancing bear; cost=nine shillings; did=shelled peas
@1 gift=a shawl as soft as fog; cost=eleven shillings; did=scrubbed crab pots
@1 gift=a barometer in a brass case; cost=two pounds; did=held horses
@1 gift=a pair of fur-lined boots; cost=one pound; did=carried coals
@1 gift=a globe no larger than an apple; cost=seven shillings; did=turned the handle of the mangle
# title
{Nine Weeks of Saturdays|Saving Up}
The Thing in the Window
{[^gift]|A Present for [k.name]}
# opening
In the window of the {chandlery|corner shop} stood [gift], and it cost [cost]. [h] had {fourpence|a penny and a foreign coin}.
[k.name] would {have a birthday|be [k.age] soon}, and [h] knew the only right present. It was [gift]. It cost [cost].
# why
[k] {had stopped in front of it once|looked at it each time they passed} and {said "Well, well"|gone on without a word}. But [h] had seen {the look|[k.his] eyes}.
[h] had asked [k] about it. "{What would one do with it|Very pretty}," [k.he] had said. "{We need shoes|Bread comes first}." But [k.he] {looked back|had turned round twice}.
# + work0
So [h] worked. [h.he] [did] for [w.full], the [w.trade], {every Saturday|before school}, {at tuppence an hour|for a penny a time}.
# work x2
{It rained|The work was hard}. [h.his] hands {grew red|smelled of it}. [h] {counted|laid out} the coins each night on the {quilt|window sill}, and {there were never as many as one hoped|every time there were six more}.
{Twice|Once} there was {a fair|a stall with toffee apples}, and [h] {walked past with both hands in [h.his] pockets|looked at the ground}.
[f] {said|offered}, "{I will help|Take mine}," and {put down three pennies|worked the next Saturday too}.
{After five weeks|By the end of the month} there was a {heap|row} of {coppers|small silver}, and {the matchbox would not shut|it clinked}.
# weather ? =weather
# + trouble
{Then, on the very day,|But when the time came,} the window was empty. "{Sold|Gone}," said the shopkeeper. "{Not an hour ago|This morning}. {I am sorry, my dear|I did not know}."
[h] {ran|flew} to the shop with the {box|money} in [h.his] fist. {There was a gap in the window|A clock stood in the place}. {Someone had bought it|It was sold}.
# cry
[h] {did not remember how [h.he] came home|walked up and down the quay}. {All those Saturdays|So many pennies}! 
"{What is the matter|Why such a face}?" asked [w.name]. {It all came out|[h] told [w.him]}. [w] {listened and was still|whistled}. "{Hm|I see}," [w.he] said{| oddly}.
# + turn
{At supper|That evening} [k.name] was {strange|in a merry mood}. "{I have something|Shut your eyes}," [k.he] said. "{I saw you look at it|You stood before that window all spring}. {I have been putting by a little|I sold my good umbrella}." {And on the table stood|And in the paper was} [gift].
[k] {came in|stood in the doorway}, {hands behind [k.his] back|pink with pride}. "{I saw how you looked at it|You have worked so hard for that man}," [k.he] said, "{and I thought, for once|so I have been a fool with the rent}." It was [gift].
# laugh
[h] {looked at it|could not speak}. Then [h.he] {emptied the matchbox on the cloth|put [cost] in small coin on the table}, and {told how it was|explained}. They {looked at each other|were both quiet}. Then they laughed till {the plates shook|the neighbours knocked|they had to hold on to the table|the cat left}.
# + ending
It {stands|has stood} on the {mantelpiece|dresser} ever since, and belongs to {both|nobody and both}. 
With the {coppers|money} they bought {a goose and invited everyone|the umbrella back}, and there was {some left for [f.name]|enough for a second pudding}.
# last ? =closing
`,
  ),
  plan(
    "the old quarrel with the sea",
    `h=elder c=child k=kin:h b=boat
@1 last=forty years; reason=a wave that had taken the best hat in the world; sign=a hat, grey with salt, came in on the morning tide
@1 last=ten years; reason=a race lost by the breadth of a hand; sign=the sea lay down as flat as a tablecloth
@1 last=a quarter of a century; reason=a letter that went down with the mail boat; sign=a seal came up close and looked, and did not go
@1 last=longer than some people live; reason=a promise that the fog had made it impossible to keep; sign=the fog lifted, all at once, like a curtain
# title
{Making It Up|Not Since That Day}
{[h.name] and the Sea|The Sea Said Sorry}
An Old Quarrel
# opening
[h.full], who was [h.age], had not been on the water for [last]. {Not even the ferry|Not once}. [^h.he] {lived with [h.his] back to it|had turned the armchair to the wall}.
{Most people quarrel with a neighbour|Some people fall out with a brother}. [h.full] had quarrelled with the sea. {They had not spoken|It was} for [last].
# reason
It was about [reason]. {People have fallen out over less|You may smile}.
"{It knows what it did|I have nothing to say to it}," [h] would say. The thing was [reason].
# + child
Then [c.full] {came|began to come} to {read the newspaper aloud|carry in the wood}. [c] was [c.age] and {asked about everything|wore seaweed in the hat}. "{Why do you never look out|What did it do to you}?" [c.he] asked.
"{Come out with us|There is room in the boat}," said [c.full], who was only [c.age]. "{Never|I would sooner eat my hat}," said [h]. "Why?" said [c.name]. {Children have only that one tool, but it is a good one|And "why?", every day}.
# told
So [h] told it, {for the first time|crossly}, from the beginning. {[c] listened with an open mouth|[c] did not laugh}. "{And has it said sorry|Perhaps it does not know}?" asked [c.he].
# weather =weather
# thought x2
[h] {snorted|banged the lid of the stove}. But that night the old [h.man] {lay awake|heard it}, {breathing, in and out, down there|as one hears somebody in the next room}.
"{The child is right, you know|You are two of a kind}," said [k.full]. "{Nobody asked you|Eat your soup}," said [h.name].
[h] {moved the chair|turned the armchair}. {Only a hand's breadth|Only because of the draught}, [h.he] said.
# + go
On [day.weekday], {before anybody was up|very early}, [h] {put on|found} [h.wears] and {went down|walked} to [b.berth]. [b], a [b.colour] [b.kind], {lay|was lying} there {half awake|rocking}.
[h] {said|announced} that [h.he] wished to {see whether the steps were still there|post a letter}. [c] {came along, just by chance|happened to be sitting on the last step}. {Beside them|There} lay [b], with [b.mark].
# word
[h] {stood|stopped} at the edge. {The old boots were wet|The water came up and looked at the boots}. "Well?" said [h.name] to the sea. {It was a gruff sort of "Well"|It was a beginning}.
"{I will say one thing|You took something of mine}," said [h], {loud and clear|out to the horizon}, "{and then I shall go home|and I was young, and I have missed you}."
# + turn
And then, {believe it or not|[c.name] saw it as well}, [sign].
They waited. {A minute, perhaps two|The bell buoy rang}. Then [sign].
# out
"[^@exclaim]," said [h] {hoarsely|at last}, and {sat down in the boat|put one foot over the side}. {They rowed out|[c] took the oars}, {not far|as far as the bar}, {and nobody said anything|and the oars dripped light}.
# ending
[k.name] {found the chair empty|ran to the harbour with a coat}. {Out there, very small,|On the bright water} there was a {boat|dot} with {two hats|two heads} in it, {and one of them was singing|talking, both at once}.
{Since then|Now} the armchair faces the window. "{It has its moods|One must be patient with it}," [h.he] says. "{So have I|It is older than I am}."
`,
  ),
  plan(
    "the rescue of the garden",
    `h=worker g=child n=elder k=neighbour:h
@1 crop=pumpkin; foe=slugs; cure=a toad called Gladstone, hired by the night
@1 crop=sweet pea; foe=the salt wind; cure=a wall of old herring boxes
@1 crop=strawberry; foe=blackbirds; cure=a scarecrow that wore the minister's second-best coat
@1 crop=rose; foe=greenfly; cure=soapy water and a choir of ladybirds
@1 crop=marrow; foe=drought; cure=forty children with forty teacups in one long row
# title
{The Great [^crop]|The [^crop]}
[h.name's] Garden
{Nothing Grows There|War in the Garden}
# opening
Nobody had ever grown a {decent|proper} [crop] in [h.street]. {The soil was sand|The soil is thin there}. [h], the [h.trade], {meant to be the first|took that as an invitation}.
[h] had a garden the size of a {tablecloth|door}, and in it, {that spring|one year}, a single [crop].
# love
[h] {read to it|talked to it}, {covered it at night with a shawl|turned it to the sun like a baby}, and {measured it daily with string|told it the news}.
"{You are mad|It is a vegetable}," said [k.full] over the wall. [h] {did not hear|put both hands over its ears, if it had any}.
# weather ? =weather
# + foe
Then {came|there was trouble}: [foe]. {In one night half the leaves were gone|By Sunday it hung its head}.
But gardens have enemies, and this one's was [foe]. [h] {saw the first signs|went out one morning} and {groaned|turned pale}.
# attempt x2
[h] sat up {all night|till dawn} with a {lantern|bucket}. {It was worse in the morning|One falls asleep, that is the trouble}.
[h] tried {pepper|ashes}, then {beer|eggshells}, then {strong language|a sermon}. 
{An expert from the county|A book} {recommended|advised} {moving to another district|patience}.
[k.name] {watched over the wall|gave advice} and {was not entirely sorry|kept back a smile}, until {it looked so poorly|the last bud began to droop}, and then [k.he] {brought a can of water|said nothing more}.
# + turn
It was [g.full], [g.age] years old, who {found the answer|came with it}. "{My gran does it like this|I know what we need}," [g.he] said. It was [cure].
"{Ask old [n.name]|[n.name] would know}," said [g.full]. And [n.full] did. "{You want something against it|There is only one thing for it}," [n.he] said. "[^cure]."
# work
{And so it was done|[h] would have tried anything}. {People came to look|It was the talk of the pump}: [cure]!
{It cost nothing but pride|They laughed about it in four streets}. But {on the third day a new leaf came|it worked}, and {then there was no stopping it|nobody laughed any more}.
# + grow
It grew. It {grew over the path|climbed up the drainpipe}. {One could hear it at night|[k.name] had to open the window to let it by}.
{August came, and then the show|The day of the show came}. It took {a wheelbarrow|two} to carry the {thing|prize}, {wrapped in a blanket|with a sunshade}.
# ending
It won {second prize|a red card}. {The first|First prize} went to {a bishop's|a perfectly ordinary|some} {leek|cabbage}. {"Fixed," said [k.name] loudly|[k] wanted to fight the judge}.
It did not {win|get a ribbon}. {The judge had eaten too much jam|There was no class for it}. But {children stroked it|people took off their hats}.
# last
{They ate it|It was shared out}, every {house|neighbour} in [h.street] {a piece|a bit}, and saved the seed. {Go there now|Look over the walls today}: {there is one in every garden|you never saw such a street}.
`,
  ),
];
