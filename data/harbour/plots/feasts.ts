// Stories of feast days: one that nearly fails, a race with a pan, a child among lanterns, a tall tale.

import { plan } from "../kinds/kind.ts";

/** Four tales of feasts. */
export const FEASTS = [
  plan(
    "the feast that nearly failed",
    `v=festival l=leader:v h=worker c=child day=on:v
@1 bad=the food had not come, because the cart was stuck in the ford; save=everyone brought what stood on the stove at home; odd=there has never been such a mixture, nor such a good one
@1 bad=the band had caught a cold, all nine of them; save=they made the music with spoons, buckets and one comb; odd=you could hear it on the far side of the river
@1 bad=half the town had quarrelled about who should sit where; save=the tables were pushed into a ring, which has no top; odd=nobody has used a straight table since
@1 bad=the tent had blown into the sea; save=the boats' sails were hung from wall to wall; odd=the light under them was red, brown and gold
@1 bad=the speech was lost, and the mayor with it; save=the smallest child was stood upon a barrel and said what she thought; odd=it was the shortest speech on record and the most applauded
@1 bad=the lamps had been packed without any oil; save=they danced in the dark, and held hands so as not to get lost; odd=three engagements were announced next day
# title
{The Worst|The Best} [v]
[v] {Is Cancelled|Without Everything}
{A Feast in Trouble|How [v] Was Saved}
# opening
Every year on [v.date] Merrowick keeps [v], with [v.custom] and [v.food] for all. {They say it began when|It is kept because} [v.origin].
[v] is on [v.date], at [v.place], and [l.full] {is in charge|leads it}. There is [v.custom]. {There is also, always|And, since the town is what it is, there is} some trouble.
# who
That year [h], the [h.trade], was {to help|on the committee}, and had {written a list|bought new boots for it}.
[c.full] had {waited for it|counted the days} since {last year|breakfast the day before}, and had a {clean collar|hole in one stocking}.
# weather =weather
# + trouble
At {noon|ten in the morning} the news came: [bad]. {There was a groan|People sat down on the kerb}.
And then, {with an hour to go|just as the flags went up}, it turned out that [bad].
# leader
[l] {read|heard} it twice. "[^@exclaim]," [l.he] said. "{Then there can be no [v]|That is that}."
?l-saying: "[l.saying]," said [l]. But {it did not help|the chin shook a little}.
# gloom x2
{The bunting drooped|A flag fell down}. Somebody {began to take in the chairs|took off a paper hat|blew out a lamp|untied a ribbon}.
{"Next year, then," people said|They turned to go home}, and {nobody looked at the children|the little ones asked why}.
One {pessimist|gloomy man} {had known it all along|said "I told you so"}, and {enjoyed|liked} being right so much that he {stayed|cheered up}.
# + turn
"Why not {do it anyway|do it without}?" said [c.full], aged [c.age]. {They looked at [c.him]|It was such a stupid question that nobody had asked it}.
Then [h] {climbed upon a bench|banged on a tray}. "{Listen|Friends}," [h.he] {shouted|called}. "{What is a feast, when all is said|We have hands, have we not}? {Let us see what we have|Go home and look in your cupboards}!"
# save
{And so|What followed was quite simple}: [save].
It was {not decided by anybody|done before it was decided}. [^save].
# + feast
{[^odd].|They still talk of it: [odd].}
By {dusk|eight o'clock} they were all [v.custom], as they {always|ever} had, and if {something was missing|it was not quite the same}, it was {better|missed by nobody}. [^odd].
# scene
The {minister|doctor} {danced with|was seen arm in arm with} the {sweep|harbourmaster}. [h] {lost a boot|sang all eleven verses}. 
Old people {sat with blankets over their knees|beat time} and {said it was like the old days|remembered other years}.
# + ending
[l] {thanked them all|wanted to say a few words}, and {could not go on|only said "Well, well"}.
[c] fell asleep {under the table|on a heap of coats} and was {carried home|taken home in a wheelbarrow} by [h], {who was not steady on one foot|still humming}.
# last ? =closing
`,
  ),
  plan(
    "the pancake race",
    `h=anyone g=worker n=elder v=person:Cecily day=day
@1 trip=a dog crossed the road after a sausage; way=the pancake stuck to a lamp post
@1 trip=somebody's elastic broke on the fourteenth step; way=the pancake came down on the minister's hat
@1 trip=the leader waved to a friend; way=the pancake was caught by a gull and had to be argued for
@1 trip=three people arrived at one narrow corner; way=the pancake landed in the wrong pan
@1 trip=a hoop came bowling down from above; way=the pancake went through an open window and came back out with jam on it
# title
{Up Gull Steps|Flip|Run!}
The Pancake Race
{A Pan, a Pancake and Gull Steps|Ninety-One Steps}
# opening
{The Pancake Race is run on 20 February|On 20 February there is the Pancake Race}, from Market Square up Gull Steps, with a frying pan. It {was born when|began because} a cook heard the school bell and ran with the pan still in her hand.
There are ninety-one steps in Gull Steps, and on 20 February people run up {all of them|every one} holding a pan with a pancake in it. One must {toss|flip} it three times. {Those are all the rules|More rules there are none}.
# who
[h] had {come last|been beaten} {five|six} times. It did not {matter|hurt}, [h.he] said. {But|All the same,} [h.he] practised {in secret|every night}, on the back stairs, with a {slate|felt slipper}.
[h.full] wanted [h.wants], but {first|before that} [h.he] wanted to win this race {just once|fair and square}.
# rival
[g], the [g.trade], won every {year|time}, and {brought a bigger pan each time|hung the ribbons in the window}.
Against [h.him] stood [g.full], who had {legs like a heron|been born running}, and eleven others.
# weather ? =weather
# + start
[v.full], the innkeeper, {rang the bell|dropped the spoon}. {Off they went|They were away}, a clatter of {pans|boots} and a {cloud of flour|smell of lemon}.
"{On your marks|Pans up}," cried [v.full], {"toss|"ready}, go!" {The first pancake was lost before the fountain|And the whole square roared}.
# run
At the {tenth|twentieth} step [h] was {seventh|ninth}. {There was butter on the stone|One runner sat down and did not get up}. 
[h] {ran with short steps|kept to the wall}, as old [n.full] had {once advised|taught [h.o]}: "{Let them tire themselves|Look at the pancake, not at the others}."
# trip
Then [trip], and {half the field|four of them} went down like {skittles|washing}.
Just there, {in the worst place|where it is steepest}, [trip]. What a {heap|mess} it was!
# + lead
And [h] was {in front|second}, with only [g.name] {near|ahead}. {Toss|One more toss}! {Up it went|It flew up}, turning, golden, {high over the railing|against the sky}.
{Side by side|Neck and neck}, [h.name] and [g.name] {came|panted} up the last flight. They tossed {both at once|at the same moment}.
# way
And then [way].
What happened next {is told in three ways|nobody would believe}, but this is {the true one|how it was}: [way].
# + turn
[g.name] {could have run on|had only nine steps left}. {Instead|But} [g.he] {stopped|looked back}. "{Go and get it|I will wait}," [g.he] said. "{It is no fun without you|I have ribbons enough}."
[h] {laughed so hard|began to laugh and} could not run. [g.name] {looked round, and was lost too|held on to the railing}. {They laughed|There they stood}, two grown champions, while a {girl of seven|boy with a limp} {trotted|walked} past them to the top.
# end
?h-adult: "A tie," said [v.full], who {had to judge|knew her customers}. {They shared the ribbon|The ribbon was cut in two}.
?h-child: "A tie," said [v.full]. {[h] wore the ribbon in bed|They shared the ribbon, one week each}.
{Who won|The winner}? {Ask three people|It is written in the book, but there is jam on the page}.
# last
{The pancake was eaten|They ate what was left}, with {sugar|grit} and {lemon|honour}.
[n] {had watched it all from a window|saw it from a chair at the top}. "[^@exclaim]," [n.he] said. "{In my day we used two pans|Nobody fell up the steps properly, as we did}."
`,
  ),
  plan(
    "the child among the lanterns",
    `p=adult h=tot:p l=person:Amos w=person:Winifred day=day
@1 shape=a fish with one eye; after=a hedgehog that had business elsewhere
@1 shape=a moon with a worried face; after=the last moth of the year
@1 shape=a boat with a paper sail; after=a cat carrying something very small
@1 shape=a house with yellow windows; after=something pale that cried like a baby, and was only a lamb
@1 shape=a plain square box, because there had been no time; after=a light that was prettier than all the rest
# title
{Lantern Walk|The Lantern That Stayed Behind}
{One Light Too Few|Forty Lanterns and One}
[h.name's] Lantern
# opening
{On 11 November|Every 11 November} the children of Merrowick carry paper lanterns up Lantern Hill to the lighthouse, {because|in memory of the year when} a lost child was found by forty lanterns.
[h] had {made|glued and painted} a lantern {all by [h.himself]|with only a little help}: [shape].
# who
[h] was [h.age], {old enough to go without holding hands|and it was the first year without a pushchair}. "{Stay with the others|Keep behind the fiddle}," said [p], and {tied|fastened} the scarf {twice|in front}.
"And {do not let it swing|watch the flame}," [p.full] had said. [h] {carried|held} it as if it were {an egg|full of water}.
# walk
They {went|wound} up the hill, {singing|one long crooked chain}, and the lamplighter [l.full] {walked|went} in front with his pole, {as every year|touching the lamps awake}.
It was dark {between the houses|under the trees}. Ahead bobbed {sixty|seventy} lights. {The smell of treacle buns|A fiddle} {came back|drifted} down the line.
# + stray
Then [h] saw [after]. {It would take only a moment|[h] meant to look just once}.
It was because of [after]. {One step from the path, and one more|[h] turned round to see it better}.
# lost
When [h.he] looked up, {the song was far away|there was no one}. {The path had gone|Everything was black and had thorns}. Then a {puff|breath} of wind {came|blew}, and the lantern went {out|dark}.
The singing grew {thin|faint} and {stopped|was not there}. {[h] ran the wrong way|[h] called, but it came out as a squeak}. In the ditch the candle {hissed|drowned}.
# alone
[h] {sat down|crouched} under a {bush|wall} and {held|hugged} the lantern, {which was still a little warm|though it gave no light}. {[h.he] thought of [h.likes]|[h.he] tried to be as small as a stone}.
It is {strange how big|curious how loud} the dark {is|gets}. {Something rustled|A twig cracked}. "I am not {here|afraid}," [h] told it.
# + count
At the top they counted, as {they have done|the custom is} ever since {that year|the first walk}. "{Sixty-nine|Seventy-one}," said [l]. He counted {again|the other way}. "{One light too few|One short}."
"Where is [h.name]?" said [p]. {Nobody ate another bun|The fiddle stopped in the middle of a note}.
# keeper
[w.full], who keeps the lighthouse, {did not waste words|was already on the stairs}. "{Put out your lanterns|All of you, out with the lights|Blow out every candle}," she called. {They thought she was mad|They did it}. Then, {in the black|from the top}, she {turned|swung} the great lamp down upon the hill, {slowly, field by field|as one draws a finger along a page}.
The lamplighter and his wife {looked at each other|needed no talk}. {He went down|Down he went} with {a pole|six men}, and [w], who keeps the lighthouse, {leaned out with the hand lamp|let the big beam sweep the gorse}. "{Sing|Keep singing}," she shouted down, "{so that there is something to walk to|and do not stop}!"
# + turn
The light came {over the wall|through the thorns} and {stopped|rested}. [h] stood up {in the middle of it|and held up the dark lantern}. {And in the great light [shape] threw a shadow as large as a ship|From far off they saw it: [shape]}.
[h] {heard|caught} one {voice|line} of the song, {off the note|cracked and low}, and {knew|there was no doubt} whose it was. {[h.he] walked towards it with closed eyes|And then there were arms}.
# ending
[p] {was going to scold|had a sentence ready}. {It would not come|It turned into something else}. They {stood|stayed} there for a {while|good while}, {holding on|and the wet candle ran down both their sleeves}.
"{I was not lost|I knew where I was}," said [h.name] [@softly]. "{It was the path|You were}."
# last
{Forty|Seventy} lanterns were lit again, from {one to the next|a single match}, and the last was [h.name's]. {They all walked down at the pace of the smallest|Nobody has been counted so often as on that way home}.
There were treacle buns. [h] {had|got} {two|three}, and {fell asleep with the fourth in one hand|gave one to [l.name]}.
`,
  ),
  plan(
    "the longest story",
    `h=elder g=worker c=child v=person:Rufus day=season:winter
@1 beast=a herring; size=as long as the quay; job=pulled the boat home in a calm; fate=retired to the river and took up gardening
@1 beast=a gull; size=with wings like barn doors; job=carried the post for a year; fate=married an albatross and moved south
@1 beast=a crab; size=as broad as a cart wheel; job=cut the children's hair on Saturdays; fate=opened a shop under the breakwater
@1 beast=a fog; size=so thick that one could cut bricks of it; job=was built into the chapel wall, where it is still damp; fate=comes out on Sundays
@1 beast=a wind; size=that blew for nine weeks; job=ground all the corn and rocked all the cradles; fate=lives in the organ and may be heard in the low notes
@1 beast=an oyster; size=the size of a bed; job=sang bass in the choir; fate=was made a churchwarden
# title
{The Longest Story of the Year|A True Story}
[^beast]
What [h.name] Told at Midwinter Supper
# opening
At the Anchor Inn, on 21 December, whoever tells the longest story of the year gets the {first slice|burning slice} of plum pudding. {It need not be true|Truth is not in the rules}.
{Snow or no snow|Every year}, there is Midwinter Supper at the Anchor Inn, and after {supper|the plates are cleared} there are stories. [v.full], the cook, {keeps|holds} the pudding {back|hostage} until {they are done|the last is told}.
# weather ? =weather
# rival
[g], the [g.trade], had just {told|finished} one about {a ghost and a ham|three brothers and a bucket}. It {took|had taken} {forty minutes|an hour}. "{Can anybody beat that|Who can do better}?" said [g.name].
[g.full] {sat down to clapping|bowed}. It had been a {good|fair} story, with {two deaths and a wedding|a storm in it}. The {spoons|glasses} rang.
# + begin
Then old [h.full] {cleared a dry throat|put down the pipe}. "{I am [h.age] and I have no reason to lie|At my age one has no time to lie|I will tell you only what I saw}," [h.he] said. "{It was a beast of a winter|I was no bigger than [c.name] there}. We caught [beast], [size]."
"That is nothing," said a voice {from the corner|by the stove}. It was [h.full]. "{When I was young|In the year of the two Mondays} there came [beast] to this harbour, [size]."
# doubt
"[^beast]?" said [g.name]. "{Really|Truly}?" "{If anything, I am being modest|I have witnesses}," said [h.name]. "{They are all dead|They are away at sea}."
"{How big|Really}?" asked [c.full], who was [c.age] and {should have been in bed|had crept nearer}. "[^size]," said [h], {and spread both arms, and knocked over the mustard|without blinking}.
# middle
"{What did you do with it|And then}?" "{We were going to eat it|My mother did not want it in the house}. But it had {such sad eyes|a good heart}. So it [job]."
"{Now, it was hungry|You cannot turn a thing like that away}," [h.name] {went on|said}. "We gave it {work|a trial}. It [job], and {never asked for wages|did it better than the man before}."
# aside
[v] {forgot to stir|had come out of the kitchen with the spoon in his hand}. {The candles burned down|Somebody put on another log}.
{Outside the wind leaned on the door|The snow tapped at the panes}, as if it {would like to hear|wished to come in}.
# + turn
"{I do not believe a word|There is a hole in it}," said [g]. "{Where is it now|What became of it}?" {Everyone held their breath|It was the question that sinks such stories}.
"{Can you prove it|And today}?" {called|cried} [g.name]. There was a {pause|stillness}. {Even the fire listened|The old eyes twinkled}.
# fate
"{Ah|Why}," said [h.name], "{that is the best part|I thought you knew}. It [fate]."
[h] {looked into the glass|took a long drink}. "It [fate]," [h.he] said, {"and sends me a card at Easter."|"and I miss it yet."}
# knock
And {at that very moment|then} something {knocked|bumped} at the door, three times, {slow and heavy|very low down}. [g] {went white|climbed upon the bench}. {It was the postman|It was a goat}. But {nobody knew that for a whole minute|by then it was too late|for the space of a breath they all believed}.
# + ending
[h] {got|was given} the first slice, and {gave it to [c.name], who had not said a word since|shared it with [g.name], holly and all}.
"Is it true?" asked [c.name] {on the way home|at the door}. [h] {bent down|looked left and right}. "{Is the sea wet|Would I lie to you}?" [h.he] {whispered|said}. {[^h.he] would not say which|And far out on the water something answered}.
`,
  ),
];
