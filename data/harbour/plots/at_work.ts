// Stories from the trades: an apprentice, an order gone wrong, a tool that breaks, a customer nobody can please.

import { plan } from "../kinds/kind.ts";

/** Five tales of work. */
export const AT_WORK = [
  plan(
    "the first day",
    `w=worker h=child k=parent:h
@1 slip=put the salt where the sugar belongs; lesson=always taste first
@1 slip=swept the whole floor, and a pound note with it; lesson=look before you sweep
@1 slip=shut the door with the key inside; lesson=a key has a hook for a reason
@1 slip=lifted the wrong end first; lesson=ask which end is heavy
@1 slip=said good morning to the wrong person and good night to the right one; lesson=look people in the face
@1 slip=counted to twelve and started again at ten; lesson=write it down
# title
{The First Day|A Beginner|Learning}
[h.name] {Goes to Work|Lends a Hand}
The [^w.trade] and the [^h.kid]
# opening
[h] was [h.age] and wanted to be {useful|a [w.trade]}. It was the holidays, and [w.full], the [w.trade], needed {a pair of hands|help}.
When [w] fell {off a ladder|on the ice} and hurt [w.his] wrist, somebody had to help at [w.work]. It was [h] who {said yes|put a hand up}.
At [w.work] the day begins {early|while the stars are out}. [h] came {running|in good time}, {washed behind the ears|with a clean apron}.
# place
[w] was [w.task]. "{You can hold this|Take that end}," [w.he] said, and handed [h.o] [w.tool].
There was [w.tool] on the {wall|bench}, and one did not touch it {without asking|with wet hands|at all}. {That was the first rule|[w] said so twice|So it said on a card}.
# + trouble
{All went well|Everything went nicely} until {ten o'clock|the second hour}. Then [h] [slip].
{It is hard to say how it happened|One moment of dreaming was enough}. [h] [slip].
# consequence
{Nothing happened for a moment|There was a little pause|At first nobody noticed}. Then {everything happened|things happened} {at once|in quick order}, and {a customer came in|the cat left the room}.
It took {two hours|until noon} to {put right|undo}, and [w] did not {shout|raise [w.his] voice}, which was {worse|somehow worse than shouting}.
# feeling
[h] wanted to {sink into the floor|go home by the back way}. "{I am no good at it|I shall never learn it}," [h.he] said.
{Two|Some} {fat|hot} tears {fell|dropped} on the {bench|counter|floor}. [h] {rubbed them away|said it was the dust|looked out of the window}.
# + story
"Sit down," said [w]. "On my first day I {set my sleeve on fire|fell into the barrel|broke three windows with one plank}. {My master laughed till he choked|They still talk of it in the next village}."
[w] {put the kettle on|pulled up two stools}. "{Do you know what my mother said to me|I will tell you something}," [w.he] began. "Anyone who never {spoiled|ruined} anything never {made|touched} anything."
?w-saying: "[w.saying]," said [w.name]. "That is what I was told, and {I did not understand it either|it took me years to see why}."
# again
So they began again. "{Slowly|Not so fast}," said [w.name]. "The hands {learn|know it} before the head does." 
This time [w] {stood behind|watched}, {whistling|looking the other way on purpose}, and [h] {did it right|tried once more}. {Once, and then again|Five times. Ten times}.
# + turn
In the afternoon {a lady in a fur collar|the doctor|a sailor} came for [w.makes]. "{Who made this|Whose work is this}?" [w] {said nothing|only pointed}. [h.name's] ears {went red|glowed}.
By four o'clock [h] was [w.task] {almost|very nearly} as {neatly|quickly} as [w.name], and {did not notice that [h.he] was humming|had stopped thinking about it}.
# ending
"Well?" asked [k.name], [h.his] [k.rel], at supper. [h] {looked at two sore hands|yawned}. "{It is harder than it looks|I know one thing}," [h.he] said. "[^lesson]."
[w] {paid|gave} [h.o] a {shilling|sixpence} and [w.makes] to take home. "{What have you learned|And what do we know now}?" "[^lesson]," said [h.name].
# last
[h] keeps that first {coin|shilling} in a matchbox. {It has never been spent|It is not for spending}.
{Next morning|On the morrow} [h.he] was there before the door was {open|unlocked}.
`,
  ),
  plan(
    "too many",
    `h=worker s=spouse:h c=neighbour:h
@1 item=umbrellas; wrote=twelve; came=1,200; use=held them up over the whole Market Square so that the fair could go on in the rain
@1 item=lemons; wrote=twenty; came=2,000; use=built the longest lemonade stand on the coast
@1 item=left-handed gloves; wrote=three; came=300; use=sewed them together into one enormous quilt
@1 item=buckets; wrote=one dozen; came=one hundred dozen; use=passed them from hand to hand when the ropewalk chimney caught fire
@1 item=pillows; wrote=four; came=400; use=lined the cart road with them when the piano had to be brought downhill
@1 item=tin whistles; wrote=six; came=600; use=gave one to every soul in town and made a noise that was heard across the bay
@1 item=candles; wrote=fifty; came=5,000; use=lit the whole breakwater on the night the lamp went out
@1 item=ladders; wrote=two; came=200; use=leaned them all round the chapel and painted it in a single morning
# title
{Too Many|A Great Many} [^item]
The [^item]
One {Nought|Word} Too Many
# opening
[h] ordered [wrote] [item] by post. {[^h.he] had terrible handwriting|It was a windy day and the pen jumped}.
It {was|began with} a {blot of ink|slip of the pen}. [h.full], the [h.trade], had written [wrote], and {somebody in the city|a clerk} had read it otherwise.
# + arrive
On [day.weekday] the carrier's cart {stopped|drew up} outside. Then a second cart. {Then a third|And the road behind was full of them}. "[came] [item]," said the carrier. "{Who is going to sign|Where do you want them}?"
The ship that {brought|carried} them lay {low|deep} in the water. [came] [item], {tied in bundles|packed in straw}.
# weather ? =weather
# room
They put them in the {cellar|attic|hen house}, in the {bath|oven|wardrobe} and under the {beds|stairs|table}. {It made no difference|There were still as many outside|The heap did not shrink}.
Soon there were [item] in every room of the house in [h.street], and {the dog slept standing up|one had to enter by the window}.
# spouse
"{Say something|Tell me this is a joke}," said [s], the [s.trade], who {could not get to the stove|was looking at [h.him] between two heaps}. "I wrote [wrote]," said [h.name] [@softly].
[s] {sat|sank} down on {a pile of them|the stairs} and laughed until [s.he] {cried|got hiccups|had to lean on the wall}. Then {[s.he] saw the bill|[s.he] stopped laughing|[s.he] thought of the cellar}.
# + attempt x2
[h] wrote to the {firm|company} and asked them to take back the [item]. The answer {was|came:} {"No"|a calendar}.
They gave [item] {as birthday presents|to everyone who passed}. People began to {cross the street|take the other road}.
The school {took|was given} as many as it could {use|bear}, and the {chapel|lifeboat} {took|had} the same. {That left nearly all of them|One could not see the difference}.
[h] tried to sell them {in the market|at half price}, then at {a quarter|one tenth}, then {for a smile|for nothing}.
# neighbour
[c.full] next door {complained|put a head over the wall}: "{My hens are afraid to come out|It is me or the [item]}."
# + turn
It was a bad {month|time}. {And then the day came|But a thing waits for its day}, and {it came quickly|nobody could have planned it}.
Then something happened that had {not happened in forty years|never been seen before}, and {all at once|suddenly} the town {needed [item]|was calling for [item]}.
# use
{They fetched them all|Doors and windows opened}, and they [use].
With everyone {helping|lending a hand} they [use], and {every single one was used|there was not one over}.
# + ending
"{How clever of you|What foresight}," said [c.name] to [h]. "{How did you know|Who would have thought of it}?" [h] {scratched [h.his] chin|looked wise} and {kept quiet|said that one gets a feeling}.
?h-saying: "[h.saying]," said [h.name] {grandly|modestly}, and [s.name] {kicked [h.him] under the table|coughed}.
# last
{The next|Every} order is written by [s.name].
{Last week|In the spring} [h] ordered {one pound of nails|two hinges}. The town is {waiting|holding its breath}.
`,
  ),
  plan(
    "the stubborn customer",
    `h=seller c=elder f=colleague:h
@1 want=lighter; base=light; reason=the weight of the old one, which had been left behind in a fire
@1 want=louder; base=loud; reason=a husband who used to call through the whole house
@1 want=bluer; base=blue; reason=the blue of a door in the village of childhood
@1 want=rounder; base=round; reason=a grandmother's kitchen, where everything was round
@1 want=quieter; base=quiet; reason=the creak of a cradle
@1 want=older; base=old; reason=one exactly like it, sold in a hungry year
# title
{Not Quite|Almost Right|Nearly}
The Customer Who {Was Never Pleased|Came Back}
A Little [^want]
# opening
[h] was proud of [h.his] work. Everybody in town {bought|praised} the [h.makes] from [h.work], and {nobody|no one} had ever brought anything back. Then [c.full] came.
On [day.weekday] {the door opened|the bell over the door rang} at [h.work], and in came [c.full], [c.age] years old, {with [c.wears]|leaning on a stick}.
# + ask
"I want the {best you have|usual}," said [c.name], {"only [want]|"but [want]}." 
[c] {tried|looked at} everything on the shelf and {shook [c.his] head|sniffed}. "{Very nice|Not bad}," [c.he] said. "Can you make it [want]?"
# + attempt x3
[h] worked {all night|until the lamp was dry} and made it [want]. "{Hm|Better}," said [c.name]. "{But not [base] enough|Not quite}."
{The second|The next} one was so [base] that people came {in from the street to look|to see it}. [c.name] {turned it over|closed one eye}. "{Almost|Oh dear, no}."
[f.full], who {worked beside [h.o]|shared the workshop}, said that some people {cannot be pleased|only want company}. [h] {did not listen|threw a rag at [f.him]}.
By the third week the {bench|floor} was covered with {trials|attempts}, and [h] had begun to {talk in [h.his] sleep|dream about it}. "[^want]," [h.he] {muttered|groaned}.
[h] tried {new tools|a different light|an old book|the advice of three uncles}. [c.name] came every {morning|afternoon} at ten, {drank a cup of tea|took a chair}, and said {it was not right|"No"}.
# weather ? =weather
# anger
Then [h] {put down [h.tool]|lost [h.his] temper}. "{Tell me in plain words|Now tell me}," [h.he] said. "{What is it really|Why}?"
"{I cannot do it|You have beaten me}," said [h.name]. "Nobody can make it any [want]. {What is it for|Who is it for}?"
# + turn
[c] was quiet for {so long|such a time} that the {fire settled|clock seemed loud}. {It was not the thing at all|It was never about the thing}. It was [reason].
And so, {for the first time|little by little}, [c] told {about it|the whole of it}: [reason]. "{I thought I would know it when I saw it|It is silly, I know}."
# listen
[h] {pulled up a stool|sat down}, {for there was nothing to say|because it was that sort of story}, and listened {till the lamp was lit|to the end}. 
"{Tell me more|Go on}," said [h]. "{How big|What did it smell of}? {Who else was there|Where did it stand}?" And {this time|while the old voice went on} [h] did not {measure anything|think of the work}.
# + ending
What [h] made in the end was {rough|plain} and {rather small|a bit crooked}. [c] held it {for a long time|against one cheek}. "{Yes|There it is}," [c.he] said.
[h] made {one more|a last one}, {without trying|quickly, as one writes a letter}. It was not [want] at all. [c] {looked|looked at it}, and {could not speak|had to find a handkerchief}. "{Yes, that one|How did you know? That one}."
# last
{The bill was paid in plums|It cost exactly nothing|[h] would not take any money}. [c.name] still comes {at ten|every week}, and {there are two cups now|orders nothing}.
`,
  ),
  plan(
    "the broken tool",
    `v=festival h=worker f=neighbour:h s=child day=on:v
@1 cause=a crack that had been growing for years; lent=a thing from the attic that had belonged to somebody's great-aunt
@1 cause=one careless kick from a passing horse; lent=half of one, and the other half from across the road
@1 cause=rust, which never sleeps; lent=something that was really meant for cheese
@1 cause=a mouse with strong teeth; lent=an odd contraption of umbrella wire and hope
# title
{The Eve of|Before} [v]
[h.name's] {Bad Morning|Bad Luck}
{Broken|The Wrong Day for It}
# opening
It was the morning of [v], [day.date], and [h], the [h.trade], had {never had so much to do|been up since three}.
[v] comes once a year, on [v.date], and for [h.full] it is the {busiest|longest} day of all, since {everyone wants|the whole town asks for} [h.makes].
# day
By noon there would be [v.food] for all, and [v.custom], as {every year|there has always been}. {But first|Before that} there was work.
People were already {on their way|carrying chairs} to [v.place]. {Children ran in and out|There were flags}, and [h] was [h.task] {as fast as two hands can|like three people}.
# weather ? =weather
# + trouble
Then {something went snap|there was a noise like a cough}. [h] looked down at [h.tool], and it was {in two pieces|done for}. {The reason was|What had done it was} [cause].
And {just then|at that very moment} [h.tool] {broke|gave up}. The reason was [cause].
# feeling
"Not today," said [h.name] to {the pieces|it}. "{Tomorrow, if you must|Any day but today}." 
[h] {stood there|sat down on the floor} and {could not think of one single thing|laughed, because otherwise [h.he] would have wept}.
# + attempt x2
[h] tried {glue|wire}, then {string|nails}, then {prayer|all of them together}.
{The shop had none|There was not one to be had} until {Friday|the end of the month}.
[h] ran to [f.full], and [f] {turned out every drawer|climbed into the loft}, and what they found was {a trumpet|eleven corks and a wasp}.
[h] tried to go on with {a soup spoon|bare hands}. It was {slow|like digging a well with a fork}.
# helper
It was [s.full], [s.age] years old, {sent to fetch the order|who had been watching from the door}, who {asked the question|spoke up}: "{Can you not borrow one|Why not ask everybody}?"
"Has {anyone|nobody} got another?" asked [s.full], who was [s.age]. "{In a whole town|There must be one}." And [s.he] was {gone|off} before [h.name] could {answer|say no}.
# + turn
In a quarter of an hour [s] was back with {half the street|nine neighbours} and [lent].
Up the road came [s.name], {waving|carrying} [lent], and behind [s.him] {five|six} people who {wanted to see if it would work|had nothing better to do}.
# work
It was {the strangest tool [h] had ever held|not pretty}. But it {worked|did the job}, after a fashion, and where it did not work, {the neighbours did|ten hands did}.
{Everybody took a turn|They all rolled up their sleeves}. [f] {sang to keep the time|did the heavy part}, and [s.name] {counted|ran with messages}.
# + ending
At {the stroke of noon|the last possible minute} they {finished|were ready}, and carried everything {down|along} to [v.place], {where they were cheered|hot and dusty and proud}.
[v] began {ten|five} minutes late, {for the first time anyone could remember|and nobody looked at the clock}. [h] {slept through most of it|ate [v.food] with both hands}.
# last
The [^h.trade] has a new one now. {But on [v.date]|Once a year, though,} the old thing comes {down from the attic|out}, {for luck|because a debt is a debt}.
[s] was {paid|thanked} in [h.makes], {more than one small person can carry|and a seat of honour at the table}.
`,
  ),
  plan(
    "the clock that was wrong",
    `h=person:Oswald s=person:Phoebe c=child o=open
@1 off=seven minutes slow; cause=a snail had made its home on the pendulum; glad=the carrier, who had never once caught the ferry
@1 off=an hour fast; cause=a swallow had nested behind the big wheel; glad=the children, who were let out of school an hour early
@1 off=right only on Sundays; cause=the bellringer's weight on the floor above bent the whole frame; glad=the minister, whose sermons seemed shorter
@1 off=twenty minutes behind the sun; cause=a dropped sandwich had got among the gears; glad=the innkeeper, for whom closing time came late
# title
{What Time Is It|The Wrong Time}?
Twelve O'Clock in Merrowick
The [^h.trade] and the Tower
# opening
The clock on the chapel tower has one hand, and {for a whole summer|that spring} it was [off]. {Nobody knew|It took a long while before anyone noticed}.
[h.full] had looked after the {tower clock|town's clocks} for forty years. So when it {began to be|turned out to be} [off], it {hurt him|was like a stone in his shoe}.
# town
Bread {burned|was late}, boats were missed, and {two people who were to marry|a pair of duellists} waited at {different times|different corners}.
Half the town {went|lived} by the tower and half by the sun, and they {met|passed each other} on the stairs.
# + attempt x2
Oswald {climbed|went} up the hundred and four steps with {an oil can|his eyeglass}, {cleaned|polished} every wheel and {came down|went home} content. Next day it was {as bad as ever|[off] again}.
He {changed|filed} the {spring|pin}. He {found|hung on} a heavier weight. The clock {thanked him|ticked} and was [off].
He {sat|stayed} up there all night with a candle, and the clock was {perfect|an angel}. As soon as he {left|blew out the light}, it {began again|went wrong}.
He {asked|wrote to} a professor, who sent back {eleven pages of sums|a bill}.
# wife
"You are {talking to it|losing weight}," said his wife [s], the seamstress. "{Come to bed|It is only time, dear}." {For once he did not laugh|Oswald stared at her|Oswald put down his spoon|He thought that over}.
# + child
It was [c.full], a [c.kid] of [c.age], who {climbed up after him|was allowed to carry the bag}. "{What is that|Does that belong there}?" [c.he] asked.
Now [c.full], who was [c.age], was {small|thin} enough to {crawl|squeeze} in behind the {great wheel|weights}. {There was a silence|"Oh," said a voice from inside}.
# turn
And that was it: [cause].
"[^h.saying]," said Oswald {quietly|at last}. He {saw|could see} it now for himself: [cause].
# choice
He {could have put it right at once|had his screwdriver ready|needed only to reach out}. {But then he looked|But he did not}. "{It would be a pity|Somebody lives here}," said [c.name].
# + ending
They {mended|settled} it {gently|between them}, and {moved the lodger to|set what they had found on} a shelf by the window with a view of [o]. At noon the next day {twelve strokes fell|the clock struck}, and all the {kitchens|gulls} {jumped|agreed}.
Nobody was {sorry|displeased} but [glad]. {The rest|All others} {smiled|were satisfied}, and set {their watches|the eggs on to boil}.
# last
[h] gave [c.name] a {watch|small clock} that had {never been right|only one fault}. "{Find out why|Listen to it}," he said.
They do say that {somebody|one of the losers} {offered a whole barrel of beer to have it wrong again|went up there one night with another sandwich}, but {that is only talk|nothing was proved}.
`,
  ),
];
