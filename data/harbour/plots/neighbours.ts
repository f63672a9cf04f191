// Stories between neighbours: a quarrel, a chain of borrowing, a rumour, swapped parcels, somebody new.

import { plan } from "../kinds/kind.ts";

/** Five tales of people who live too close together to be left alone. */
export const NEIGHBOURS = [
  plan(
    "the quarrel",
    `h=worker g=neighbour:h c=kid:h
@1 over=a pear tree that grew in one garden and dropped its pears in the other; deed=ate every pear before it was ripe; end=they built a bench round the trunk, half on each side
@1 over=a cockerel that crowed at four in the morning; deed=hung a bell on the cockerel; end=the bird was given to the lighthouse, where somebody is awake at four
@1 over=a fence that stood one foot too far to the left; deed=moved the fence back, and a foot more; end=they took the fence away and grew beans there together
@1 over=a cracked jug, lent whole or lent broken; deed=sent back the handle in a parcel; end=they filled it with earth and planted a geranium
@1 over=a word that had been misheard at a wedding; deed=learned to whistle and did nothing else; end=they asked the bride, who could not remember any of it
@1 over=smoke that always blew into the clean washing; deed=boiled cabbage with the door open; end=Tuesday became the day for smoke and Thursday the day for sheets
# title
{The Quarrel|A Quarrel in [h.street]}
Not {Speaking|On Speaking Terms}
{Over the Wall|Good Fences}
# opening
[h] and [g.full] lived {side by side|next door to each other} in [h.street] and had not spoken for {three weeks|a year|so long that the children thought they could not}.
It {was about|began with} [over]. {Such things are never small|It always begins with something like that}.
# who
[h] was the [h.trade] and [g] the [g.trade], and both were {stubborn as posts|known for being right}.
?g-saying: "[g.saying]," [g.name] would say, {looking at nobody|to the air}, and [h.name] would {bang|shut} the window.
# deed
{First|To begin with,} [h] [deed]. [g] {answered|replied} by {singing hymns at midnight|painting the wall an ugly brown|keeping bees}.
One night [g] [deed]. In the morning [h] {did not say anything|saw it}, and {dug a ditch|bought a drum}.
# + children
{The sad part was|Those who suffered were} the children. [c], [h.name's] own [c.rel], had {a friend|someone to play with} on the other side, and they were {forbidden|not allowed} to {meet|talk}.
[c] thought it {was|the} silliest thing {in the world|since the war of the geese}. "{How long|Are you going to be angry for ever}?" [c.he] asked. "{Longer|Till Judgement Day}," was the answer.
# peacemaker x2
The minister {called|came}, ate cake in both {houses|kitchens}, and {went home|left} with {indigestion|nothing settled}.
Friends {tried|wrote} {a poem|letters} {to both of them|full of good sense}. {Both used them to light the stove|They were returned unopened}.
The whole street took sides, {even numbers against odd|except the cat, who took both}.
At the {pump|shop} each waited until the other had {gone|left}, so that {neither had any water|both were always late}.
# weather ? =weather
# + turn
Then one {night|evening} [g.name's] {chimney caught fire|roof began to go in the gale}, and the first {ladder|pair of boots} {up against the wall|there} was [h.name's].
Then [h] fell ill. {For two days no smoke rose|The curtains stayed shut}. On the third there was {soup|a covered dish} on the step, {still hot|with no name on it}. But everybody {knew that spoon|knows whose dish has a blue rim}.
Then [c] {went missing|did not come home}. Two lanterns {went out|set off} from two doors, and {met|nearly collided} on the beach. "{You take the rocks|Left or right}," said one. "{And you the dunes|Left}," said the other. They {found [c.him]|came on [c.him]}, asleep in {a boat|the hay}, {and had a good deal to say, but not to each other|and both carried [c.him] home}.
# speak
{They stood there, black as sweeps|For a while it was quiet|There they were, face to face}. "You {still|always} put too much pepper in," said [h.name] [@softly]. "{You always did eat too fast|So you say}," said [g.name].
"I suppose," said [g], {looking at the sky|and stopped}. "I suppose so too," said [h]. {Nobody had heard so long a talk from them for a year|That was the whole of the peace treaty}.
# + ending
{And what became of it|And the old matter}? {In the end it was simple|This is how it was settled}: [end].
So [end], {and that was that|and shook hands on it, hard}.
# last
They still {quarrel|argue}, {on Saturdays|of course}, but {with the door open|only for pleasure}.
[c.name] {says|claims} to have {planned it all|hidden on purpose}. {Nobody has asked|Some things it is better not to look into}.
# close ? =closing
`,
  ),
  plan(
    "the chain of errands",
    `h=child k=parent:h a=worker b=worker c=worker
@1 want=a pinch of saffron; why=for a birthday cake
@1 want=three long nails; why=to hang the picture of a great-uncle
@1 want=a cup of vinegar; why=to clean the brass before visitors came
@1 want=a goose feather; why=to oil the works of the kitchen clock
@1 want=a yard of red ribbon; why=for a hat that had to be at a wedding by two
@1 want=one duck egg; why=because the recipe said so and would hear of nothing else
# title
{A Small|One Little} Errand
"Just Run Down and Ask"
{All Round the Town|The Long Way to the Corner}
# opening
"{Run|Just run} down to [a.work]," said [k], "and ask [a.full] for [want]." It was [why].
[k.name] needed [want], [why], and sent [h] to {fetch|borrow} it. "{It will take five minutes|Straight there and straight back}," said [k].
# weather ? =weather
# + first
[a], the [a.trade], was [a.task]. "{Gladly|With pleasure}," [a.he] said, "but {one thing for another|first you can do something for me}. [b.full] has borrowed {my good scissors|my wheelbarrow|my only funnel}. {Bring it back to me|Fetch it}, and you shall have what you {want|came for}."
At [a.work] it smelled as it always does there. "{I would if I could|Of course}," said [a.full]. "{Only I lent my keys to [b.name]|But my spectacles are at [b.name's]}, and without them I cannot {open the cupboard|find a thing}."
# second
So {off [h] went|[h] trotted} to [b.work], {where [b.full] was [b.task]|two streets on}. "Ah," said [b.name]. "{I know|That} is true. But I {cannot leave|am in the middle of this}. {Take|Just carry} these [b.makes] to [c.name] for me, and I will {look for it|hunt it out} meanwhile."
[b], the [b.trade], {slapped a forehead|clapped both hands}. "I {clean forgot|have had it since Easter}! {It is with [c.name] now|I passed it on to [c.name]}. You could {ask|run over and ask}."
# third
[c.full], who {works|is to be found} at [c.work], was {up a ladder|asleep in a chair|arguing with a goat}. "{Hold this|You come just right}," said [c]. "{I have waited all day for somebody with two hands|You have small fingers, I hope}."
And at [c.work]? {A queue to the door|Nobody there but a cat}. [h] {waited|held a sack for [c.name]}, and {swept a floor|wound some wool}, and {ate a pear|heard a long story about an aunt}.
# + middle
The {five minutes|morning} {became|turned into} an hour, and then {another|lunch time}. {Twice [h] forgot|On the bridge [h] had to stop and remember} what it was all for.
By now [h] was carrying {a funnel, two letters and a live duck|more than a donkey}, and {had been paid in|someone had added} [@treat].
# aside =bystanders
# back
Then the thing {ran|went} backwards, {as a knot does when one finds the end|link by link}: [c.name] gave, so [b.name] gave, and so, {at the very last|finally}, did [a.name].
{One thing unlocked the next|Like dominoes the favours fell}. [b] got what [b.he] was owed, [a] got what [a.he] had lent, and [h] got [want].
# + ending
{The sun was low|The church clock said five} when [h] {came|limped} home with [want]. "{There you are|You were quick}," said [k], {without looking up|who had fallen asleep}. "{You did not talk to anyone, I hope|I found some in the drawer after all}."
[k] {took|looked at} [want] and then at [h]: {the mud, the feathers|one sock, no cap}. "{What in the world|Where have you been}?" "{At the corner|Just round the corner}," said [h.name].
# last
But {three|half a dozen} people in Merrowick {slept better that night|had their things back}, and none of them knew {it was because of|how much they owed to} [want].
There was {a large supper|a bath}. And the next time anyone {wanted something fetched|said "just"}, [h] {was up the apple tree|had a very bad leg}.
`,
  ),
  plan(
    "the rumour",
    `h=worker a=worker b=neighbour:h c=anyone
@1 truth=had bought a bigger saucepan; one=was expecting guests; two=was expecting a duke; three=was going to marry the duke
@1 truth=had sneezed twice at the well; one=was unwell; two=had a rare foreign fever; three=had left all the money to a parrot
@1 truth=had taken down the curtains to wash them; one=was selling the house; two=was leaving for Brazil; three=had struck gold in Brazil
@1 truth=had dug a hole for a rose bush; one=was digging for something; two=had found a chest; three=was the richest person in the county
@1 truth=had been seen with a suitcase; one=was going away; two=had quarrelled with everyone; three=had joined the circus as a tightrope walker
# title
{Have You Heard?|They Say|A Whisper}
How a Story Grew {Legs|Wings}
The {Duke|Truth} and the Saucepan
# opening
All that happened was this: [h] [truth]. {It was [day.weekday]|It was about nine o'clock}, and {one person|[a.full]} saw it.
[h.full], the [h.trade], [truth]. There was nothing {more to it|odd in that}. But {[a.name] was passing|somebody was looking out of a window}.
# + first
"{Have you seen|Did you notice}?" said [a], the [a.trade], to {the first person|everybody} who came to [a.work]. "I would say that [h.name] [one]."
[a.full] {told it|mentioned it} over the counter, {quite fairly|with only one small raisin added}: it seemed that [h.name] [one].
# second
By {dinner time|eleven} it had reached [b.full], who {is a little deaf|never lets a story leave the house thin}. "[^h.name] [two]," said [b.name] {with round eyes|over the wall}.
[b] {heard it through a hedge|got it from the milk boy}, {and the wind was blowing|which is never a good way to get anything}. So now [h.name] [two].
# third
By {tea|evening} it {had turned the corner|had come to the harbour}, and there was no doubt any more: [h.name] [three].
At the fish market they {knew|had it on good authority} that [h.name] [three]. {Two women had seen the ring|There was a man who had spoken to the coachman}.
# weather ? =weather
# + effect x2
People {bowed|curtseyed} to [h.o] in the street. {[^h.he] looked behind to see who was there|It was very puzzling}.
{A band|Four fiddlers} began to {practise|gather} under the window.
Somebody sent {flowers|a goose}. Somebody sent {a bill|advice}. Three {cousins|nephews} {came to stay|wrote for the first time in years}.
The butcher {offered|gave} credit. The bank {raised its hat|sent its compliments}.
[h] {counted|found} eleven people in the front garden, {pretending to look at the marigolds|admiring the view}.
# ask
"{What is the matter with everyone|Have I got something on my face|Is it my birthday|Have they all gone mad}?" [h] asked. {Nobody would say|They only smiled knowingly}.
# + turn
At last it was [c.full] who {asked straight out|had the courage}: "{Is it true|May one ask whether it is so}? They say that you [three]." {There was a hush|[h] had to sit down}.
The end came when the story {went all the way round and|made the full circle and} was told to [h.name] {personally|in [h.his] own kitchen}. "{What a lucky creature|How exciting}," said [h]. "{Who is it|Who is it about}?" "{You are|Why, you}," said [c.full].
# truth
"I [truth]," said [h.name] [@softly]. "{That is all|There was no more to it}."
[h] {opened the door wide|led them in} and {showed them|let everybody look}. {There it was|They looked}. [^h.he] [truth], and {one could see it|there was no duke in sight|nothing else whatever}.
# + ending
It was {very quiet|rather still}. Then [a.name] {began to laugh|went scarlet}, [b.name] {remembered something on the stove|coughed}, and {the band played anyway|everyone stayed for tea}.
Nobody likes to {waste|lose} a good story. {So they had the party without the reason|They still tell it, but about somebody in the next town}.
# last
And on the way home [b.name] was heard to say: "{There is more behind it|There is no smoke without a herring}. Mark my words."
?h-saying: "[h.saying]," said [h.name], {shutting the door|when the last had gone}.
`,
  ),
  plan(
    "the swapped parcels",
    `h=adult g=adult p=person:Martin s=child
@1 one=a pair of dancing shoes; two=a book about drains; doone=danced in the kitchen, first stiffly, then not; dotwo=mended the drain that had gurgled since the wedding
@1 one=a box of oil paints; two=a set of false moustaches; doone=painted the view from the back step; dotwo=wore a different one every day of the week and was thought very witty
@1 one=forty tulip bulbs; two=a trombone; doone=planted the bulbs along the whole street; dotwo=learned one note and then, to be fair, another
@1 one=a telescope; two=a great cookery book; doone=found the moons of Jupiter over the chimney; dotwo=made a souffle, which rose
@1 one=a warm red coat; two=a pack of fortune-telling cards; doone=went out for walks in the snow; dotwo=promised good luck to all who asked, and it often came
# title
{Two Parcels|The Wrong Parcel}
{Brown Paper and String|A Mistake in the Post}
What [h.name] {Did Not Order|Got Instead}
# opening
Scout, the postman's dog, {is fond of carrying|likes to carry} letters {and small parcels|and anything with string}. He is a good dog, but he {cannot read|is not strong on names}.
Two parcels came to Merrowick {by the same boat|on [day.weekday]}, both in brown paper, both {wet|with the ink washed off}. One was for [h.full] and the other for [g.full].
# swap
[p.full], the postman, {did his best|turned them over twice|held them up to the window|rubbed his chin}. {He guessed|It had to be one or the other|He tossed a penny}. He guessed wrong.
# + open
[h] {had ordered|was waiting for} [two]. [h.he] {cut the string|opened the paper}, and there lay [one].
[h] {undid the knots|sat down with the scissors} and found [one]. "[^@exclaim]," [h.he] said. {"What am I to do with that?"|It ought to have been [two].}
# other
[g], up in [g.street], {had been longing for|had saved up for} [one], and {unpacked|got} [two] instead. {[^g.he] was too shy to complain|The postage to send it back was more than it had cost}.
And at the same hour, in [g.street], [g.full] stared at [two].
# + use1
[h] meant to {take it back|return it} in the morning. But {it rained|the evening was long}, and it would do no harm to {look|try}. So [h.he] [doone].
It lay on the {chair|table} and {looked at [h.o]|would not be ignored}. On the third day [h.he] [doone].
# use2
[g] {had no idea what came over [g.him]|was bored}, and [dotwo].
"{Well, it is here now|Waste not}," thought [g.name], and [dotwo].
# people
The neighbours {noticed|saw a change}. "{What has happened to [h.name]|Have you seen [g.name] lately}?" they said. "{Is it the air|What is it, do you think|Could it be love}?"
# weather ? =weather
# + turn
Then [s.full] found {the two labels|the bill} {behind the counter|in Scout's basket}, and {the mistake came out|[p.name] turned pale}.
In the end [p], who {could not sleep for it|was an honest man}, {went|came} to both and confessed. "{I will change them round at once|Give it here, and I shall put it right}," he said.
# meeting
They met {on the steps of the post office|at the counter|half-way between their doors}, each with {a parcel|something behind the back|a bundle under one arm}. Neither {wished to be the first|held it out|knew how to begin}. "{I have used it a little|There is a bit of wear}," said [h.name]. "{So have I|Mine too}," said [g.name].
# + ending
"{Shall we keep them|Must we}?" they said {at the same time|together}, and laughed. {That is how they became friends|They have had tea on Wednesdays ever since}.
"{You know|The fact is}," said [g], "I only {thought|imagined} I wanted [one]." "{And I never knew that I did|It is the other way round with me}," said [h].
# last
[p.name] {breathed again|put his cap straight}. Scout got {a biscuit|a whole sausage}, and {does not know why|thinks it was for the biting}.
`,
  ),
  plan(
    "the shy newcomer",
    `h=child f=friend:h o=open e=worker
@1 skill=could whistle like any bird one named; proof=a lost canary flew down out of the chapel roof to the whistle
@1 skill=could tie any knot with one hand; proof=the rope on the ferry frayed, and one quick knot held it
@1 skill=could draw a face so that one laughed; proof=the drawing of a stolen pony's thief was so good that he was known at once
@1 skill=could walk on hands down a flight of stairs; proof=a kitten was stuck in a pipe that only an upside-down person could see into
@1 skill=could reckon sums faster than the grocer; proof=a swindler's bill was proved wrong, to the penny, in front of everyone
# title
{The New [^h.kid]|Somebody New}
{The Third Desk|An Empty Desk}
Nobody Asked
# opening
A new child came to the schoolhouse in [day.month], {small|thin} and {silent|dark}, called {Linnet|Corin|Peregrine|Sorrel|Fabian|Juno}. {The family stayed only until the harvest|The father was mending the bridge and would be gone by winter}.
There was a new face in the third {row|desk}, and it {looked at the floor|did not smile}. {It belonged to a child from the barges|It had come with the bridge builders}.
# weather ? =weather
# cold
{Nobody was unkind|They were not cruel}. It was only that nobody {asked|moved up}. In the break they {played|ran about} and the new one {stood|leaned} by the {wall|pump}.
"Where do you come from?" asked [f.full]. "{From there|Upriver}," said the newcomer, and that was {all|the whole talk}.
# + notice
[h] noticed, because {[h.he] had once been new|[h.he] was standing by the wall as well, with a bad knee}.
[h] {thought about it in bed|mentioned it at supper}. "{Somebody has to say the first word|It is like cold water}," [h.he] was told. "{It might as well be you|One just jumps}."
# attempt x2
On Tuesday [h] {offered|held out} half a {bun|pear}. It was {taken|eaten} {politely|without a word}.
{Next|Then} [h] asked about {marbles|football|fishing}. The newcomer {shook a shy head|did not know any rules}.
[h] {tried|told} a joke about {a cod|two tailors}. {It was a bad joke|Nothing moved but one corner of a mouth}.
[h] {dropped|let fall} a pencil on purpose. {It came back sharpened|It was picked up and returned}.
# skill
Then, going home past [o], [h] {heard|saw} something {from behind a wall|by accident}. The newcomer [skill].
But when nobody was {looking|about}, the newcomer, as [h] {discovered|found out}, [skill].
# + promise
"{Do it again|That was you}," said [h.name]. "{Do not tell|They would stare|Please, not a word}," said the other. [h] {promised, though it was hard|did not tell, not even [f.name]}.
# + turn
A week later {something happened|it was needed}. {All the big ones stood about and did not know what to do|Even [e.full], the [e.trade], had no answer}. {[h] looked across|Somebody small stepped out of the crowd}. And [proof].
It was at [o], {in front of half the school|on market day}, that it came out: [proof].
# after
There was {a silence|not a sound}, then such a {cheer|roar} that {pigeons went up|hats came off}. "{Who is that|Where did you learn it}?" {everyone|they all} asked, {crowding|pushing} round.
# + ending
"{That is my friend|We sit together}," said [h.name]. It was {the first time anyone had said so|news to both of them}.
[f] moved up. {[h] moved up|So did the whole bench}. There was {more room than they had thought|just room enough for three}.
# last
When the {bridge|work} was done the family {went on|left}, as {people with carts do|they had to}. But there is {a postcard every month|a letter now and then}, {addressed to the third desk|with drawings in the corners}.
Now, when someone new comes, [h] {goes over first|holds out half a bun}, and {never asks about marbles|begins with the joke}.
`,
  ),
];
