// Stories about animals that run off, fall ill, steal, or are born at the wrong moment.

import { plan } from "../kinds/kind.ts";

/** A runaway, a thief, a patient, a birth. */
export const ANIMALS_ASTRAY = [
  plan(
    "the runaway",
    `a=animal h=owner:a f=neighbour:h o=open
@1 why=the gate had been left on the latch; trail=a row of muddy prints
@1 why=somebody had left the back door open to let the smoke out; trail=bits of a chewed glove
@1 why=thunder had frightened everything with ears; trail=an upset milk can
@1 why=there was a smell of cooking from the other end of town; trail=a line of crumbs
@1 why=it was washing day and nobody was watching; trail=a wet line, where a stocking had been dragged
# title
{The Day|When} [a.name] {Went Out|Ran Away|Took a Walk}
[a.name] at Large
Has Anybody Seen [a.name]?
# opening
Everybody in [h.street] knew [a], the [a.colour] [a.kind] that belonged to [h.full]. {Most of them|Some} had been {bitten|followed home|woken} by [a.him].
[a] was a [a.kind], [a.colour] and {stubborn|proud|clever}, and [a.he] had one great love in life: [a.likes].
[h] {kept|had} a [a.colour] [a.kind] called [a.name], who was good at most things and very good at [a.habit].
There are {quiet|obedient} animals in Merrowick, but [a.owner's] [a.kind], [a.name], {is not|was never} one of them.
# + trouble
On [day.weekday] [a] was gone. It was nobody's fault: [why].
"Where is [a.name]?" asked [h]. {It was a simple question, but|Nobody could say. All they knew was that} [why], and the yard was {empty|as quiet as a cupboard}.
{Then came|One morning there was} {a crash|a shout from the yard}, and after that {silence|nothing}. [^why], and [a] had {seen the chance|not waited to be asked}.
# weather =weather
# + search
[h] {followed|found} [trail] as far as the corner, and there it {stopped|ended}.
There was [trail] past the well, twice round the bandstand and into {a hedge|the river}.
[h] ran out {in slippers|without a hat} and {called|shouted} until {the windows opened|the street was full of heads}.
# witness x2
"{I saw something [a.colour]|A [a.kind] went by}," said a {fishwife|carter|girl with a hoop}, "{but it had my sandwich in its mouth|and it looked very sure of itself}."
The {minister|postman} had met [a.him] near [o] and {raised his hat|stepped politely aside}.
"Gone towards the water," said an old man, {pointing|waving his pipe} at the hill.
A small boy claimed that [a.name] had {winked|taken the ferry}.
At the fish market they had seen nothing, but there was {one plaice|a cod} {fewer|missing}.
# + helper
It was [f.full] who {had the idea|stopped and thought}. "What does [a.he] {like|love} best in all the world?" [f.he] asked. "[^a.likes]," said [h.name] [@softly].
[f.full] put down {a basket|the shopping} and {came along|joined the hunt}. "{Never chase a [a.kind]|It is no good running}," said [f]. "You {wait|sit down} where [a.he] wants to be."
# turn
So they {thought about|went to look for} [a.likes] instead, and {that was the end of the mystery|the rest was easy}.
They stopped {running|shouting} and {went|walked} quietly to [o], {because|since} that was where one could count on [a.likes].
# found
And there [a] was, {perfectly happy|none the worse|with a crowd of admirers}, [a.habit] as if nothing had happened.
There sat [a.name] by [o], [a.habit], and {looked|seemed} a little {hurt|surprised} that they had been so long.
# + ending
[h] meant to be {angry|strict}, and was, for about {a minute|as long as it takes to sneeze}.
"[^@exclaim]," said [h], and {carried|led} [a.him] home {by the short way|under one arm, or as much of [a.him] as would go}.
{Since then|Now} there are two {latches|bolts} on the gate. [a] {can open both|opened the second on Thursday}.
On the way home they {met|passed} everyone who had {helped|seen nothing}, and [a] {bowed|nodded} to each of them like {a mayor|royalty}.
# last ? =closing
`,
  ),
  plan(
    "the thief",
    `a=animal h=owner:a g=worker f=child
@1 things=spoons; first=a soup spoon; place=behind the coal
@1 things=socks; first=a grey sock with a darned heel; place=under the boathouse steps
@1 things=buns; first=a currant bun; place=in an old hat box
@1 things=pegs; first=nine wooden pegs; place=in the hollow of the pear tree
@1 things=candles; first=a stump of candle; place=in the straw of the stable
@1 things=pencils; first=a red pencil; place=beneath the floor of the bandstand
@1 things=gloves; first=a fur-lined glove; place=inside the bellows of a broken organ
# title
Who Took the [^things]?
The {Thief|Robber|Burglar} of [h.street]
A Case of {Missing|Vanishing} [^things]
# opening
{First|To begin with,} it was [first]. {Nobody thought much of it|One does not call the constable for that}.
For {three|four} weeks there was a thief in [h.street], and what the thief took was [things].
[g], the [g.trade], missed [first] on [day.weekday] and blamed {the draught|old age|the apprentice}.
# more
{Then|After that} [things] {disappeared|went} from the {inn|vestry}, {the wash house|the surgery} and {a sleeping man's pocket|the mayor's table}.
By the end of the week there was hardly a house {with enough [things]|that had not lost any}.
# + suspicion
People began to {lock|bolt} their doors and to {look sideways at|suspect} {each other|anyone who whistled}.
"It is {a stranger|clothes moths|the tax office}," they said at the pump. "It is {always|never} who you think."
[g.name] suspected [h.name], [h.name] suspected the {sweep|milkman}, and the {sweep|milkman} {suspected nobody|had not noticed}.
# detective
[f] was only [f.age], but [f.he] had {read two and a half books about detectives|eyes in [f.his] head}. [f.he] {bought|borrowed} a notebook and wrote "[things]" on the first page.
{The only person|One person} who enjoyed it all was [f.full]. {"A clue is only a mess that means something," [f.he] said|[f.he] had been waiting all [f.his] life for a crime}.
# + trap
[f] {scattered|sprinkled} flour on the step and {sat up|hid} behind the {water butt|rhubarb} with {an apple|a dark lantern}.
That night [f] tied a {bell|thread} to {the last of the [things]|a bait} and lay down in the {wheelbarrow|long grass} to wait.
# waiting
{Eleven o'clock struck|The moon moved along the roofs}. {An owl|A cat} went by. Nothing happened, {slowly|for a long time}.
It grew cold, and {both feet went to sleep|the stars came out one after another}.
# turn
Then {came|there was} a {tinkle|soft pattering}, and round the corner, {without the least shame|cool as cream}, came [a], the [a.colour] [a.kind].
And who should come along the wall but [a.name], [h.name's] own [a.kind], known to all for [a.habit]? [a] {took the bait|picked it up} as {gently|neatly} as a {bishop|surgeon}.
# + found
[f] followed on tiptoe. The whole {treasure|collection} lay [place], {sorted by size|arranged in a ring}.
They found everything [place], and {a good deal|one or two things} that {nobody had missed yet|did not match}.
# ending
"[^@exclaim]," said [h] when [h.he] {heard|was told}. "And I {thought|told everyone} that [a.he] cared for nothing but [a.likes]."
[h] went from door to door, giving back [things], and at every door there was {tea|something to eat}, so that it took {three days|a week}.
Nobody was {cross|angry} for long. {A thief who steals for love|A thief with such a face} is {hard to punish|only half a thief}.
# last
[f] closed the notebook and {wrote "solved" under it|underlined the word "[a.kind]" twice}. {Then [f.he] looked for a pencil, and it was gone|It was the shortest detective book in the world}.
From then on they hung {a basket|a box} by the door for [a.name], full of old [things], and {the crimes stopped|all was peace}.
`,
  ),
  plan(
    "the patient",
    `h=child k=parent:h d=trade:doctor n=elder
@1 kind=gull; hurt=a wing that hung down like a broken umbrella; food=sprats; box=a hat box; bird
@1 kind=young hedgehog; hurt=one foot caught in a fishing line; food=chopped egg; box=a coal bucket
@1 kind=puffin; hurt=feathers stuck together with tar; food=sand eels; box=an orange crate; bird
@1 kind=fox cub; hurt=a thorn as long as a needle in its paw; food=scraps of mutton; box=a drawer
@1 kind=jackdaw; hurt=a bent leg and no tail; food=bread soaked in milk; box=a teapot without a lid; bird
@1 kind=baby seal; hurt=a cut on its side and no mother in sight; food=herring, whole, every two hours; box=a tin bath
# title
The {Patient|Visitor|Lodger}
[h.name] and the [^kind]
A [^kind] in the {Kitchen|House}
# opening
It was [h] who found the [kind], {under a boat|beside the slip|among the crab pots}. It had [hurt].
A [kind] sat in the {lane|road} behind [h.name's] house and did not {run|move away}, for it had [hurt].
# + home
[h] {wrapped|rolled} it in [h.his] {jacket|jersey} and {carried|took} it home, {talking to it all the way|and was pecked, bitten or scratched at every gate}.
"{Not in the house|Absolutely not}," said [k.name], [h.his] [k.rel], who was already looking for [box].
[k.full] said that {wild things should be left alone|there were enough mouths at the table}, and {warmed some milk|fetched a clean towel}.
# doctor
They asked [d.full]. "I am a {doctor for people|people doctor}," [d.he] said, {putting on|wiping} [d.his] glasses, "but {a leg is a leg|hold it still}."
The doctor came, {looked|felt} here and there, and {prescribed|ordered} rest, {quiet|warmth} and [food].
# + nursing x2
It {lived|slept} in [box] next to the stove and ate [food], {more than seemed possible|and then asked for more}.
{Every night|At two in the morning} [h] got up to {feed it|see if it was breathing}, and every night it {hissed|glared} at [h.o] with {deep dislike|black button eyes}.
On the {third|fourth} day it would not eat. [h] {sat|lay} on the floor beside it and {told it about the sea|sang the only song [h.he] knew}.
Old [n.full] {looked in|stopped at the door} and {said|remarked}, "{It will live if it is angry enough|Do not give it a name. A name makes it harder}."
It {tore up|ate} the {almanac|tablecloth fringe}, which everybody took for {a good sign|progress}.
# turn
Then, {one morning|on a bright morning}, [h] came down and the bed by the stove was {empty|upset}. The [kind] was on the {table|window sill}, {looking out|eating the butter}.
{After two weeks|In the third week} the hurt was only a {pale line|scar}, and the [kind] had begun to look {at the window|towards the water}.
# + farewell
[h] knew what that meant, {and wished [h.he] did not|though nobody had said it}. They {went|walked} down to {the beach|the edge of the town} {together|before breakfast}.
"It is time," said [k], and put {an arm|a hand} on [h.name's] shoulder. "{You have done it well|That is what it was all for}."
# letgo
?bird: It stood on the sand and tried the wind. Then it {ran three steps|shook itself} and was {up|in the air}, {growing smaller|over the masts}, gone.
?!bird: It {sniffed|looked back} once, {as if to count them|not very gratefully}, and then it {went|slipped away}, and {the grass closed behind it|there was only the path}.
It went {without a glance|in a hurry}. Wild things {do not say thank you|have no manners}; they {live|get well}, and that is {how they say it|the same}.
# + ending
The empty bed {stayed|stood} by the stove {for a while|a week longer}, in case.
{All that winter|In the spring} there was a [kind] about {the harbour|the place} that {was not afraid of people|came a little nearer than the others}. [h] never {called|fed} it. [h.he] only {waved|said good morning}.
That evening [h] ate [@treat] and did not {talk much|say a word}, and [k.name] did not {ask|make [h.o]}.
`,
  ),
  plan(
    "born in the storm",
    `h=child g=person:Duncan k=person:Elspeth day=weather:storm
@1 baby=lamb; mother=an old ewe; sign=she stood with her back to the others and stamped; mum=ewe
@1 baby=calf; mother=the dun cow; sign=she would not come in for hay; mum=cow
@1 baby=foal; mother=the carter's grey mare; sign=she walked in circles and sweated; mum=mare
@1 baby=kid; mother=a nanny goat; sign=she cried like a child at the door; mum=goat
# title
The {Night|Storm} of the [^baby]
A [^baby] in the {Storm|Dark}
{Born in Bad Weather|Storm}
# opening
[h] was staying at the hill farm when the storm came. {Nobody could have gone home that night|The road had turned into a river}.
{All afternoon|Since noon} the sky over the hill had been {the colour of slate|yellow at the edges}, and [g.full], the shepherd, {did not like it|sniffed and shook his head}.
# weather =weather
# + sign
And then there was [mother]: [sign]. "{Tonight|Of all nights}," said [g]. "She would."
"{Look at her|See how she stands|There now}," said [k.full]. "{She is near|It will be tonight}." [^mother] was waiting for her [baby], and [sign].
# lamp
[g] carried the lantern, and [h] the {blanket|rope}. Outside, the wind {hit|struck} them like {a door|a wet sack}.
They put on {everything they had|two coats each} and went out {bent double|hand in hand}. The lantern {blew out|went out} {twice|before the gate}.
# + trouble
She was not in the {barn|shed}. They {found|came upon} her at last {behind the wall|under the thorn tree}, lying down, with the rain {running off her back|in her eyes}.
A beam {fell|came down} in the barn with a {crack|roar}, and [mother] {bolted|got up and ran} into the {dark|field}. They {ran after her|needed an hour to find her}.
# task
"{I need small hands|My hands are too big}," said [g.name]. "{Yours will do|Roll up your sleeve}." [h.name's] heart {jumped|beat in [h.his] ears}, but [h.he] {knelt|got} down {in the mud|at once}.
[h] held the light, {and it shook|with both hands}. "{Keep it steady|Talk to her}," said [g.name], and [h] {told [mother] the seven times table|talked about breakfast}, which {calmed all three of them|seemed to help}.
# waiting
{Nothing is as long as|There is nothing like} {such a night|waiting in the rain}. {A slate flew by|Somewhere a tree came down}. [g] {hummed|waited}.
# + turn
Then it came {all at once|with a rush}, {wet and folded|like a parcel from the sea}, and it {lay still|did not breathe}.
# rub
"Rub," said [g.name]. [h] {rubbed|took straw and rubbed} until [h.his] arms {burned|ached}, and {suddenly|under [h.his] hands} the thing {sneezed|kicked}.
[h] {blew|breathed} into its nose as [h.he] had seen [g.him] do. One second. Two. The [baby] {shook its ears|gave a thin cross cry}.
# + ending
By dawn the {gale|wind} had {blown itself out|gone to bother somebody else}, and a [baby] {stood|was standing} on four {legs like folding rulers|doubtful legs}, {drinking|falling over and getting up}.
They came in at {sunrise|five}, {soaked to the bone|mud to the eyes}. [k] {said nothing|looked at them}, and put [@treat] in front of each.
# name
"{You must name it|It wants a name|The name is for you to choose}," said [k.name]. [h] {thought about the night|was too tired to think}. "{Gale|Lantern|Puddle|Tuesday}," [h.he] said, and fell asleep {at the table|with the spoon in [h.his] hand}.
{The [baby]|It} was called {Weather|Noisy|Candle|Wellington}, and it {knew [h.name] ever after|came when [h.name] whistled, and for nobody else}.
`,
  ),
];
