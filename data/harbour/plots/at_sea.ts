// Stories on the water: fog, leaks, races, tides that come in, a passenger who will not say where to.

import { plan } from "../kinds/kind.ts";

/** Five tales of boats. */
export const AT_SEA = [
  plan(
    "lost in the fog",
    `b=boat h=owner:b f=kin:h n=elder day=weather:fog
@1 sound=a frying pan beaten with a spoon; who=a cook who wanted his supper guests
@1 sound=a cornet playing the same wrong note; who=a boy who had been sent outside to practise
@1 sound=forty children singing the alphabet; who=the whole school, lined up on the breakwater
@1 sound=a donkey braying as though its heart would break; who=a donkey that missed its stable mate
@1 sound=the bell of the ferry slip, rung backwards; who=a ticket seller with a headache
# title
{Fog|White Water|The Blind Hour}
The [b.name] in the Fog
{Which Way Is Home?|Listening for Home}
# opening
[b], [h.name's] [b.colour] [b.kind], had gone out {in sunshine|on a glassy sea}. {Nobody on board saw the fog coming|The fog came up behind her}.
[h] and [f] had taken [b] out {for mackerel|past the bar} {after dinner|at first light}. She was a [b.colour] [b.kind] with [b.mark], and she {knew|had been} the way a thousand times.
# weather =weather
# + lost
{Soon|In ten minutes} they could not see {the bow|each other's boots}. [h] {stopped|shipped the oars} and {listened|let her drift}.
"Which way is the harbour?" asked [f]. "That way," said [h.name], and pointed. "{You pointed the other way before|Are you sure}?" asked [f.name]. "{No|I was, a minute ago}," said [h.name].
The compass {said|pointed} north, and then, after a {knock|tap}, {south|north again, but in a different place}.
# fear
{Water slapped against the planks|Something large breathed out, close by, and went under}. Neither of them {said what they thought|spoke|breathed}.
[f] thought of the {rocks|sandbar} and of [f.likes], and {wished for the second|which was strange}.
# + attempt x2
They shouted until they were hoarse, and the fog {swallowed|ate} every word.
[h] {dropped|let down} the lead line. Three fathoms. {Two|Two and a half}. "{Too shallow|That is the bar}," [h.he] {said|whispered}, and they {backed|pulled} away {as quietly as if it could hear them|hard}.
They {ate|shared} the last of the {bread|pie}, because {nobody should be lost and hungry|it is easier to be brave on a full stomach}.
[f] {tied|put} a {white|spare} shirt to the oar, which was {a kind thought|no use}, since it was the same colour as {everything|the air}.
# ashore
On shore old [n.full] had {counted|been counting} the boats, and {found one too few|the number would not come right}.
In the town people {stood|had come out} on the quay, {silent|in coats over nightshirts}, and the fog bell {tolled|rang and rang}, but {in fog a bell is everywhere|fog plays with bells}.
# + turn
{Then|And then}, thin and {far off|foolish}, there came a sound that was {not a bell|like nothing else on earth}: [sound].
"Hush!" said [h.name]. They held their breath. It was [sound].
# home
They {turned|put} her nose towards it and {rowed|crept}, stopping to listen every {ten|six} strokes, and each time it was {clearer|a little louder}, until a {post|wall} came out of the white and {it was the quay|[f.name] could have kissed it}.
[h] {steered|followed it} as one follows a {string through a maze|lamp}, {left a little, right a little|straight on}, and {bumped|nosed} softly into [b.berth].
# + ending
It turned out to be [who]. {"You saved our lives," said [h.name]. "Did I?" was the answer|They were hugged, and did not know why}.
The one who had made it was [who]. [h] has {never|not once} complained about {that noise|it} since.
"[^@exclaim]," said [n.full], {counting again|at last}, and went in to supper.
# last ? =closing
`,
  ),
  plan(
    "the race",
    `h=worker f=friend:h g=adult b=boat
@1 tub=a wash tub with a bed sheet; slow=it spun like a top; trick=a leeward current that only ducks knew
@1 tub=an old wardrobe on two barrels; slow=its doors flew open at every wave; trick=the doors, which, both open, made a pair of splendid wings
@1 tub=a raft of forty pickle barrels; slow=it smelled so strong that gulls came from three parishes; trick=the gulls, who pulled at the sail for sheer greed
@1 tub=a retired horse trough; slow=it leaked at both ends; trick=the leak, which pushed it along from behind like a little engine
@1 tub=a bathing hut laid on its back; slow=it would only sail sideways; trick=a side wind that came just when it was wanted
# title
{Anything That Floats|The Slowest Boat|Regatta}
How [h.name] {Won|Lost|Entered} the Race
# opening
{The rule of the Regatta is short|There is one rule on Regatta Day}: anything that floats may race. [h], the [h.trade], {read|thought about} the word "anything" for {some time|a whole week}.
Every July the boats of Merrowick race {round|out to} Seal Rock and back. [g.full] had won {four years running|so often that nobody clapped}, and {said so|told everyone}.
# boast
?g-works: "{Nothing built in this town|No boat afloat} can beat mine," said [g], the [g.trade], at the bar of the Anchor. [h] heard it, and something {went click|boiled over}.
"I would not {race you in a bath|bet a button on you}," [g] told [h.o], and the whole {shop|street} laughed.
# + build
So [h] {built|made ready} [tub]. [f] {held the nails|did not ask questions}. {Children came to watch|The cat moved out}.
It was [tub], and it was {the best they could do|painted blue}. [f.full] {christened|named} it with {ginger beer|cold tea}.
# doubt
"{Will it float|Is that a boat}?" asked [f.name]. "It {has to|must}," said [h.name]. "That is {the rule|all it has to do|the whole art of boats}."
# weather ? =weather
# + start
The gun went off. {[b] shot|The fast boats shot} ahead like {greyhounds|swifts}; [h.name] {and the tub followed|came after}. There was one difficulty: [slow].
At the start there was {shouting|a tangle of ropes}, and then the {others|fleet} had gone, and [h] was alone, for [slow].
# middle
At the {rock|mark} they were last, {so far behind that the judge had started on his lunch|and the band was packing up}.
[f] {bailed|sang to keep their spirits up}. "We are {being overtaken by weed|going backwards}," [f.he] {said|remarked}.
# + turn
Then luck, or {something like it|somebody}, lent a hand: there was [trick].
What nobody had {reckoned with|thought of} was [trick].
# finish
They passed one boat, {and another|a third}. People on the breakwater {stood up|dropped their pies}. [g.name] {looked over one shoulder|heard the shouting} and {let go of the tiller|forgot to tack}.
[g.name], a length from the line, {turned round to see what the noise was|laughed so hard}, and {sailed straight into the mud|ran upon the bar}.
# + ending
They did not win. They {came in second|came third}, {sank at the very line|went down with all flags flying}, and were {carried|borne} up the steps on {forty|a great many} shoulders.
They won by {the length of a broom|a nose}. The {cup|prize} was a ham, and they {shared|cut} it {with everybody|down to the bone}, [g.name] included.
"{Next year|Well sailed}," said [g.name], and {held out a wet hand|bought the lemonade}. "What {sort of wood|on earth} is it?"
# last
{Nowadays|Since then} it {stands|lies} on [h.street] with {beans|geraniums} growing in it, and {is still faster than it looks|hens sleep there}.
[h] {hung up|kept} one plank of it above the {door|fire}. "{Anything that floats|It floated}," [h.he] says, if anyone asks.
`,
  ),
  plan(
    "the leak",
    `b=boat h=owner:b g=person:Hugo f=friend:h
@1 offer=a shiny new launch; price=thirty pounds; plug=a cork from a cider jar
@1 offer=a tin boat that would last for ever; price=ten pounds and a pig; plug=half a candle
@1 offer=a fast white sloop; price=more than the house; plug=the heel of a loaf
@1 offer=a good price for her planks, as firewood; price=two crowns a load; plug=a wad of chewed toffee
# title
{One More Summer|The Leak}
The Old [b.kind]
What Was Wrong with the [b.name]
# opening
[b] leaked. She had always leaked {a little|like a basket}, as {old|honest} boats do, but {this year|that spring} she leaked {like a sieve|from both ends}.
[h] had owned [b] for {twenty years and a winter|more years than anyone could count on fingers}. She was a [b.kind], [b.colour] all over, and people knew her by [b.mark].
# + offer
A man in a {checked suit|bowler hat} {came|walked} along the quay and {offered|promised} [h.o] [offer]. "{That thing is finished|She is past mending}," he said, {poking|tapping} her side. The price was [price].
Everybody had advice. {Burn her|Sell her}, they said. {Get something modern|Times change}. Somebody promised [h.o] [offer]: [price], no less.
# feeling
[h] looked at the boat. {She looked back, as well as a boat can|A boat cannot speak, but this one nearly did}. [h] had {learned to row in her|proposed in her|been sick in her at the age of six}.
That night [h] lay awake and {listened to|heard} the water {going in and out under the quay|talking below in the dark}.
# + attempt x2
[h] tried tar, {and the tar fell out|and tar on top of the tar}.
[f] {brought|came with} a {bucket of putty|paste}, {which set like stone on [f.name] and nowhere else|a family recipe}.
They {filled|stuffed} the gap with [plug]. It held {as far as the first wave|for almost an hour}.
[h] lay {under her|in the bilge} with a candle, {looking for the hole|swearing softly}, and could not find it.
# + boatbuilder
At last [h] went to [g.full], the boatbuilder, at the boatyard. {Hugo put his ear to the planks|He walked round her, humming}. "[g.saying]," he said.
[g.full] did not {laugh|hurry}. He {ran|drew} his thumb along {the keel|each seam}, {slowly, like a man reading|with closed eyes}.
# turn
"{There|Here it is}," he said. {It was not the planks at all|Nobody had looked there}. {Years ago|When she was new} somebody had driven {one iron nail|a single wrong nail} among the copper ones, and it had {rusted away|eaten the wood round it}. "{A single nail|One bad nail in four hundred}."
And what was it? {A knot had shrunk|A plug had dried}, no bigger than a {shilling|thumbnail}, behind the very {board|rib} where [h.name] {always sat|kept the lunch}.
# + mend
It took {an afternoon|a morning}, a {copper nail|piece of oak} and {a song|two pots of tea}. "What do I owe you?" "{A mackerel|Take me out in her}," said the boatbuilder.
They {steamed|planed} one {new|short} plank, and [h] {held it with both hands|hammered the last nail [h.himself]}.
# ending
[b] went down the slip {on Friday|at high water}, {sat|settled} on the sea like a {duck|hen}, and {stayed dry|not a drop came in}.
The man in the {suit|good hat} was {on the quay|still there}. "[^@exclaim]," he said. {His own boat had just sunk|He had to be fished out, as it happened, and it was [b] that fetched him}.
# last ? =closing
`,
  ),
  plan(
    "cut off by the tide",
    `h=child f=sibling:h n=seafarer b=boat:n
@1 why=there was a starfish with thirteen arms; back=a paper bag, blown up and burst
@1 why=they were building a castle with a drawbridge; back=a mirror in the lid of the lunch box
@1 why=a seal pup had been looking at them; back=the red flannel from somebody's petticoat
@1 why=they had found a cave that was dry inside; back=a penny whistle
@1 why=somebody had said that it could not be done; back=a kite made of the chart
# title
{Cut Off|The Rock at High Water|Nobody Looked at the Water}
[h.name], [f.name] and the Tide
# opening
Seal Rock is dry at low tide and {an island|under water} at high. Every child in Merrowick {knows|is told} that. [h] and [f] {knew it too|could have sung it}.
"Be back {before the tide|by four}," they had been told. [h] and [f.name], [h.name's] [f.rel], {meant to be|said yes, as one does}.
# weather ? =weather
# why
But [why], and {an hour is short|time goes quickly} on a rock.
It was only that [why]. {After that nobody looked at the water|The rest happened quietly}.
# + trouble
When [f] {looked up|turned round}, {the path was gone|there was sea where the sand had been}. It was {not deep yet|only knee deep}, {but it ran like a river|but green and fast}.
A {wave|small cold wave} {came|ran} over [h.name's] shoes. {It was such a small wave|They stared at it}. Then came its {brother|big brother}.
# quarrel
"It is your fault." "It is {yours|not}." They {quarrelled|shouted} for {one full minute|a while}, which the tide {used|did not waste}.
"We can {swim|wade}," said [f.name]. "We {cannot|can not}," said [h.name], who {had seen a horse try it|was the one with sense}.
# + attempt x2
They {climbed|went} up to the {highest|flat} part, where the cormorants {sit|stand}, and it was {slippery|not as high as it used to be}.
They {shouted|called} together, on three. {A gull answered|The wind took it and gave it to the gulls}.
[h] counted the {stones|ledges} still dry. Nine. {A little later|And then} seven.
They {ate|shared} the last {sandwich|apple}, {half and half, and measured it|bite by bite}.
# idea
Then [h] {remembered|thought of} [back]. "{They may not hear us, but they may see us|If they cannot hear us, they shall at least look}," [h.he] said.
"{What have we got|Turn out your pockets}," said [f.name]. Among {string|crumbs} and {shells|fluff} there was a chance: [back].
# + turn
Far off, on board [b], [n.full], the [n.trade], {looked up from the nets|was thinking of supper}. Something {flashed|moved} on the rock. [n] {put the helm over|said a word that cannot be printed}.
It was [n.full] who {noticed|saw it}, coming home late in [b], the [b.colour] [b.kind]. "That is {no seal|not weather}," said [n].
# rescue
{One at a time|Jump when I say}, and {do not look down|mind the oars}: {two wet children|both of them} fell into the boat {among the fish|like sacks}. Behind them the {last ledge|top} went under {without a sound|in a ring of foam}.
# + ending
[n] did not {scold|say a word} until they were {nearly in|tied up}. Then [n.he] {said|spoke}: "{What does the tide do, every day, twice|When is high water tomorrow}?" They {told [n.him], in small voices|knew it to the minute}.
Wrapped in {sailcloth|one blanket}, they {shivered|drank hot tea from a tin cup}. "Will you tell {at home|our mother}?" "{No|Not I}," said [n.name]. "You will."
# last
And they did tell. There was {no pudding for a week|silence, and then a slap on the table, and then soup|a great storm indoors, and then a great hug}. To this day [h] {looks at the water|counts the ledges} before {anything else|[h.he] sits down}.
`,
  ),
  plan(
    "the silent passenger",
    `h=person:Dan k=person:Lottie o=open day=day
@1 who=an old woman with a birdcage; in=nothing but a folded flag; where=the place where her ship had come in, sixty years before; then=she hung the flag on the post, saluted it, and laughed
@1 who=a man with one suitcase; in=a loaf, a lamp and a pair of dancing shoes; where=the house of a dancing partner he had quarrelled with in their youth; then=the door opened before he had knocked
@1 who=a girl with a very large hat box; in=a sleeping hen; where=an aunt who did not know she was coming; then=the aunt burst into tears and asked about the hen
@1 who=a tall stranger in a green coat; in=a hundred small brushes; where=the view in a picture that had hung above his bed as a boy; then=he sat down and painted until dark
@1 who=a boy with his name on a label; in=three shirts and a letter he could not read; where=a grandfather he had never seen; then=the old man put the label in his own buttonhole
# title
The {Silent Passenger|Last Ferry}
{Across and Back|Return Ticket}
One Passenger
# opening
[h.full] has rowed, sailed and {sworn|sung} the ferry over the river for {twelve|a dozen} years, and he can tell you what sort of {person|day} anyone is having by {how they sit|their boots}.
The last ferry on [day.weekday] had one passenger: [who]. => seen
# passenger
?seen: [h] {could not make this one out|could not read this one}. The fare was {held out|paid}, and {nothing was said|not a word came with it}.
?!seen: He {could not|was not able to} read this one. It was [who], who {paid|held out the fare} and {said nothing|did not say a word}.
?seen: "Where to?" asked Dan, {though there are only two sides to a river|as he always does|out of politeness}. There was {no answer|only a nod}.
?!seen: "Where to?" asked Dan, {though there are only two sides to a river|as he always does|out of politeness}. There was no answer. It was [who], {looking straight ahead|on the last seat in the bow}.
# weather =weather
# + crossing
Halfway over, the passenger {leaned out and put one hand in the water|shut both eyes}. {Dan rowed more slowly|Something about it made Dan take off his cap}.
They {crossed|went over} without a word, except that the oars said {creak and drip|what oars say}.
# other
On the far side the passenger did not {get out|get up}. So Dan {took off his coat and waited|went back again}, and {over once more|then back}, three times, and {charged|asked} for one.
When they came to the other bank, the passenger {shook|shook a tired} head. "{It is the wrong side|I have gone past it}." Those were the first words, {rough from lack of use|very quiet}.
# + ticket
"{You cannot sit in a boat all night|A boat is no bed|It is too cold out there}," said [k.full], who sold the tickets. "{There is soup|Come in}." [k] {asked no questions|put down a bowl}, which is the {best|quickest} way to be {told things|answered}.
[k] came down with the lantern. "{They have been all day without food|Look at those hands}," she told her husband. "{Bring the bag|In with you both}."
# bag
The {catch|lock} broke as Dan lifted it. Inside they found [in].
"{Do you mind|Would you like to see}?" The luggage was opened. It held [in].
# + turn
Then it all came out, {between two spoonfuls|in the light of the stove}. The passenger was looking for [where].
It was [where]. {After so long, that is a hard thing to walk up to|One can be brave for two hundred miles and then lack the last hundred yards}.
# walk
"[^@exclaim]," said [k.name]. "That is {no distance at all|just past [o]|a stone's throw from here|where I go for my eggs}." And they {all went together|took the lantern and went}, one {on each side|in front and one behind}.
# + ending
They {found|reached} the place, and [then]. {Dan and Lottie walked home|The two of them left quietly} and {did not speak either|held hands, like young people}.
And there [then]. "{What did you charge|And what did they pay you}?" asked [k.name] afterwards. "Nothing," said Dan. "{I still came out ahead|I was paid}."
`,
  ),
];
