// Stories of being afraid and doing it anyway.

import { plan } from "../kinds/kind.ts";

/** Four tales of courage. */
export const BRAVE = [
  plan(
    "the fear",
    `h=timid f=friend:h c=child
@1 need=the medicine was on the other side; prize=a row of little scratches on both knees
@1 need=there was nobody else in reach; prize=a button, lost on the way, and never missed
@1 need=a small dog had gone ahead and could not get back; prize=a very wet, very grateful dog
@1 need=the lamp was there and the dark was here; prize=one burnt finger
@1 need=a promise had been made, out loud; prize=a good night's sleep
# title
What [h.name] Was Afraid Of
{Cold Feet|Weak Knees|One Step More}
[h.name] and the Trouble with [^h.fears]
# opening
Everyone is afraid of something. [h], who was [h.age], was afraid of [h.fears].
[h] was the sort of person who {climbs masts|sleeps in thunder}. But there was one thing: [h.fears].
{Ask anyone in [h.street] about [h.full]|They know [h.full] in [h.street]}: cheerful, kind, {in the habit of|known for} [h.habit]. Nobody knew about [h.fears].
# secret
[h] {hid it well|never spoke of it}. One can {walk a long way round|invent a toothache|be busy elsewhere}, if one must.
Only [f.full], [h.name's] oldest friend, knew. "{We all have one|Mine is worse}," [f.he] said. "{Mine is [f.fears]|I am no better with [f.fears]}."
# weather =weather
# + need
Then came the {evening|day} when it could not be {avoided|put off}. Between [h.name] and {where [h.he] had to be|what had to be done} there stood, {as it were|to put it plainly}, [h.fears]. And [need].
It had to {happen|come} some time. [^need], and the only way {led|was} straight into it: [h.fears].
# stop
[h] stopped. {Both knees had turned to jelly|The heart went like a drum}. "{I cannot|Not this}," [h.he] said {aloud|to the empty street}.
[h] {counted to ten|took one step}, and {to twenty|took it back again}. {The mouth was dry as flour|A cold drop ran down inside the collar}.
# + attempt x2
First [h.he] tried {whistling|a song}. {It came out as air|The tune died on the second line}.
Then [h.he] tried {not thinking|thinking of [h.likes]}. {That worked for nearly a minute|It is hard to do two things at once}.
[h] looked for someone to {send|ask}. {There was a hen|Nobody came by but a cat}.
[h] {wrapped|pulled} [h.his] coat {over both ears|tight}, as if {fear were a draught|courage could be buttoned}.
# voice
And it was then that {a small voice|[c.full], who was [c.age],} said: "{Are you afraid|Is something wrong}? {I am too|I could hold your hand}."
A child {was standing|stood} there, [c.full], {in a nightshirt|with a jar of tadpoles}. "{It is only scary in front|I do it like this}," [c.he] said, "{behind it is nothing|I sing the alphabet, but backwards}."
# + turn
"All right," said [h]. {It was not a brave voice|The voice wobbled}. {But the feet heard it and went|One foot moved, and the other did not like to be left}.
It is not {true|so} that the brave are not afraid. [h] was {as afraid as before|afraid the whole way}, and {went|took the next step}, {and that was all the difference|and then the next}.
# through
{How long it took, nobody knows|It lasted as long as it takes to boil an egg, and a year}. And then {it was behind [h.o]|it was over}, and [h] was {through|on the other side}, {breathing like a swimmer|astonished}.
{Halfway there came a moment when|In the middle} it was {worse than any dream|so bad that it could not get worse}. {After that it got smaller|And then it simply could not}. 
# + ending
All that was left of it was [prize]. {"Was that the whole of it?" [h] asked|[h] began to laugh}.
"{You did it|There}," said [c.name]. [h] {sat down on the kerb|shook from head to foot, and grinned}. "{So I did|I did, did I not}?" All there was to show for it was [prize].
# last
{Is the fear gone|And now}? {No|Not at all}. [h] still does not {like|care for} [h.fears]. But {they are on nodding terms|it knows who is master}.
[h] {told|confessed it to} [f.name] that {night|evening}, over [@treat]. "{I am proud of you|Then tomorrow it is my turn}," said [f.name], and {looked rather pale|thought of [f.fears]}.
`,
  ),
  plan(
    "the ghost in the kiln",
    `h=child f=friend:h e=worker o=elder
@1 ghost=a white shape that rose and sank; was=a sheet that had blown from the line and caught on a nail; sound=a flapping and a sigh
@1 ghost=two green lights, low down; was=a badger with her three cubs; sound=a snuffling like an old man's
@1 ghost=a moan that came and went; was=the wind, playing on the broken neck of a bottle; sound=one long low note
@1 ghost=footsteps without feet; was=water dripping into a row of forgotten tins; sound=pat, pat, and then a pause, and pat
@1 ghost=something that coughed; was=a sheep that had found the only dry place in the parish; sound=a dry cough, always at nine
# title
The Ghost {in|of} the Lime Kiln
{Something in the Kiln|Nobody Goes There at Night}
[h.name], [f.name] and the Ghost
# opening
The old lime kiln stands on Salt Pans Road, with an arch full of ferns, and {everybody|every child} knows there is a ghost in it. 
"It is [ghost]," said [f.full]. "{My cousin saw it|I have it from someone who fainted}." They were talking {of|about} the old lime kiln{|, as one does when it gets dark}.
# dare
"{I would go in|I am not afraid}," said [h.name], who {was [h.age]|had not thought about it first}. "{At night|Alone}?" asked [f.name]. {And then it was too late|There was no way back|A word is soon said and long to eat}.
"{Why does nobody look|Has anyone ever asked it what it wants}?" said [h]. {That is how such nights begin|[f] went pale}.
# ask
First they asked [e.full], the [e.trade], who {laughed|did not laugh}. "{Rubbish|I go home the other way}," [e.he] said. "{But I have heard|Though there is} [sound]."
Old [o.full] {remembered|told them of} a lime burner who {lost his dinner there|walked in one night for his pipe} and {never came out|is looking for it still}. "{[^sound]|You can hear it}," [o.he] said{| happily}.
# weather =weather
# + go
They {met|set out} at {nine|half past eight} with {a lantern, a whistle and a bag of salt|one candle and a poker}. {Salt is good against ghosts|If it came to the worst, they would run}.
The road was {white|empty}. {Nettles brushed their stockings|The gate screamed}. [f.name] held [h.name's] sleeve, {or the other way round|and would not have let go for gold}.
# near
Under the arch it was {black|as dark as a boot}. {They stood and listened|Then it came}: [sound].
And there it was. {They both saw it|Neither could move}: [ghost]. {The candle shook|The whistle had no breath in it}.
# flee
They ran. {They ran as far as the pump|They did not stop until Market Square}. {Then they looked at each other|There [h] stopped}. "{We did not see anything|It did not follow us}," [h] said [@softly].
"{Run|Go}!" {squeaked|said} [f.name], and they {did|were gone}. {But one shoe stayed behind|Only, the lantern was still in there}, and {it was a new one|it belonged to somebody's father}. They {had to go back|would have to go back}.
# + turn
The second time they went {slowly|on hands and knees}. [h] {lifted|held up} the light. "{Good evening|If you please}," [h.he] said, for {one should be polite|it could do no harm}. {And there it was|Then they saw}: [was].
{A ghost does not have a smell|Then the moon came out}. "{Look|Wait}," whispered [h.name]. It was [was].
# laugh
They {laughed till it echoed|sat down in the ferns and howled with laughing|held each other up|laughed so that the lantern shook}. [f] {swore|declared} that [f.he] had {known it all the time|never been frightened in the least}.
# + after
"{Shall we tell|Do we say anything}?" asked [f.name] on the way home. {They thought about it|It was a hard question}. {A town should have a ghost|If there was no ghost, anybody could go there}.
In the morning the whole {school|street} wanted to know. "{Well|Did you see it}?" [h.name] {looked at|trod on the foot of} [f.name]. "{It was terrible|We promised not to say}," they said.
# last
So the kiln {still has|kept} its ghost, and {two children|two people} have {the best hiding place in the county|a secret as warm as a pocket}.
They {took it|brought it} {a saucer of milk|some straw} next day, {just in case|whatever it was}. 
`,
  ),
  plan(
    "the solo",
    `h=anyone m=person:Olive f=friend:h k=worker
@1 where=the Christmas concert; stuck=the first note was nowhere to be found; help=the piano's missing key, which made everyone smile; song=the one about the three herring
@1 where=Bell Sunday; stuck=the second verse flew out of the window; help=a baby, who sang it instead, more or less; song=the ferryman's lullaby
@1 where=the school prize-giving; stuck=the voice came out like a hinge; help=a dog under the front bench, who howled in tune; song=the old harvest hymn
@1 where=a wedding; stuck=a hiccup came on the very first word; help=the bride, who had them too; song=a song without words
# title
{The Solo|One Voice|In Front of Everybody}
{The Second Verse|Sing Up}
[h.name] Sings
# opening
[h] sang {beautifully|like a lark}, but only {to the washing up|in the boat|to cows}. 
Nobody knew that [h] could sing until [m.full], the music teacher, {stopped|stood still} under an open window on {Tuesday|an ordinary day}.
# ask
"You shall have the solo at [where]," said [m]. {She did not ask|It was not a question}. [h] {dropped a plate|looked round for somebody else}.
[m] {tapped|struck} the tuning fork {on the table|once}. "{I need|I want} you for [where]," she said. "{It is only three minutes|Only stand there and open your mouth}."
# fear
[h] {had nothing against singing|could do it}. It was the {faces|eyes} [h.he] {minded|could not bear}, {rows and rows of them|all pointing one way}.
"{I would rather eat the piano|I shall be ill that day}," [h] told [f.full]. "{You will not|Then I shall come and watch you be ill}," said [f].
# + practise x2
They {practised|rehearsed} in the chapel hall, {where it smells of floor polish|every evening at six}, and [m] {counted time with one finger|hummed the low part}.
[h] {sang|practised} to the {hens|bathroom mirror}. {They were a difficult audience|It steamed up}.
[k.full], the [k.trade], {advised|recommended} {raw eggs|honey in warm beer|thinking of everyone as turnips}. 
At night [h.he] dreamed that {the mouth opened and moths came out|the hall was full of geese}.
# weather ? =weather
# + day
Then the day of [where] {was there|could not be put off}. {All the benches were full|They had come from the farms as well}. [h] wore [h.wears], and {it felt like somebody else's|nothing fitted}.
Every seat was taken. [h] {looked out from behind the curtain|counted the hats} and {wished for an earthquake|wanted to go home}.
# stuck
The {piano|music} began. And {then|oh}, [stuck].
[h] stepped forward, {opened|took a breath}, and {that was the end of it|this is what happened}: [stuck].
# silence
{One could hear the stove|A programme fell}. Somebody {coughed kindly|looked at the ceiling}. [m] {played the beginning again|went round once more}, {as though nothing were the matter|softer}.
# + turn
What saved it was [help]. {A ripple went through the rows|The laugh was a warm one}, and {something came undone in [h.name's] chest|the faces were suddenly just people}: {the grocer, the twins|old friends and neighbours}.
Then help came {from where nobody expected it|in an odd shape}. It was [help]. [h] {laughed|could not help smiling}, and {with the laugh the breath came back|after that one cannot be frightened}.
# sing
And [h] sang. It was [song], and {it went up to the roof and stayed there|people stopped rustling}.
{First small, and then not small at all|Clear as water} it came, [song], {and the lamp flames stood up straight|all the way through to the end}.
# + ending
There was {no clapping at first|a hush}. Then {there was a great deal|the whole hall stamped}. [m] {blew her nose|said "Hm", which is her highest praise}.
[k.name] {wept into a cap|had something in one eye}. "{It was the turnips|That will be the honey}," said [k.he].
# last
"{Was it bad|How was it}?" asked [f.name]. "{Terrible|Dreadful, and then not}," said [h.name], {with shining eyes|eating cake}. "{When is the next one|Can I do it again}?"
`,
  ),
  plan(
    "the jump",
    `h=child f=friend:h s=sibling:h w=seafarer day=season:summer
@1 low=the low steps; say=It is only water; what=one saw the bottom, very green and very far down
@1 low=the second rung; say=Count to three; what=there was nothing under one's toes but shining
@1 low=the slip; say=Do not look; what=a jellyfish went by like a lost umbrella
# title
{The Jump|Off the End|Twelve Feet}
[h.name] Does Not Jump
The End of the East Jetty
# opening
{In summer|When it is hot|On warm days} the children of Merrowick jump off the end of the East Jetty. It is {twelve feet|high}, {more at low tide|and the ladder is green with weed}. [h] {had never done it|always jumped from [low]}.
One was not {properly a child of Merrowick|big|anybody} until one had jumped off the East Jetty. [h] was [h.age], and {still went in from [low]|had not}.
# weather =weather
# others
[f] {did it backwards|could do it with a somersault}. {Even|And} [s.full], [h.name's] [s.rel], {had done it|went off it whooping}, and {held it over [h.him] at breakfast|never let [h.him] forget it}.
"[say]," said [f.full], who was {good at it|dripping and happy}. {That is what people say who are already wet|It is easy to say that from below|Good advice always comes up from the water}.
# + attempt x2
[h] {stood|waited} at the end and {curled [h.his] toes over the edge|looked down}: [what].
[h] ran, {fast, arms out|with a shout}, and stopped {at the last plank|an inch too soon}. {[f.name] fell in from laughing|There were splinters}.
"I will {do it on Thursday|wait for the tide}," said [h]. {Thursday came|The tide came}. "{It is the wrong kind of water|There is a cloud}," [h.he] said.
[h] {tried|did it} with closed eyes, {which was worse|and walked into a bollard}.
# teased
Somebody said {a word|"chicken"}. {It was not [f.name]|[f] told him to be quiet}. [h] {went and sat behind the crab pots|pulled on a shirt and went away}.
# + old
[w.full], the [w.trade], was {mending a pot|sitting there}. {[^w.he] did not turn round|For a while there was only the scrape of the knife}. "I have {worked on the water for a good many years|been on the sea since I was twelve}," [w.he] said. "{And I never jumped off it|Do you know, I have never once jumped}."
"{They pushed me|I was thirteen}," said [w.full], the [w.trade], who had seen it all. "{It took me two summers|I have never told anyone}. {There is no hurry|The jetty is not going anywhere}."
# thought
[h] {thought that over|turned this round and round}. {It was odd|So one could be grown up and not have jumped|Nobody had ever said that before|Then it was not a matter of age}. {The stone in [h.his] stomach grew lighter|Something let go}.
# + turn
Next {morning|day}, {early|at six}, {there was no one about|before the others came}, {only a heron|and the water lay like glass}. [h] {walked out to the end to look|had only come to see}. {Nobody said anything|It was very quiet}. And [h] jumped.
Then one evening, {with nobody watching|when the others were eating plums}, [h] {got up|put down the towel}, {walked|strolled} to the end {as if to post a letter|without stopping}, and {went on walking|was in the air}.
# air
{It lasted a whole summer|There was time to think of everything|It went on and on|The whole town hung upside down for a moment}. Then {the cold closed over [h.him]|came the slap}, and {green light|bubbles}, {and roaring|silver and more silver}, and {the top of the sea broke like a plate|air}.
# ending
"{Did you see|Did anybody see that}?" [h] {shouted|gasped}. A {gull|seal} {had|looked impressed}. {That was enough|It would do}.
[h] {climbed|came} up the ladder, {blue and shaking|shouting}, and did it {eleven times more|again, and again}.
# + last
{At breakfast [s.name] began it again|[s.name] said it once more, with a full mouth}. "{Yes, I know|Oh, that}," said [h.name], and {buttered some toast|passed the salt}. {It did not sting|There was weed in [h.his] hair}.
[w.name] {saw the wet footprints|found a towel on the jetty} and {smiled at the pot|said nothing}. That afternoon {there was a great splash|something large fell into the harbour}, and {it was not a child|the children told it for years}.
`,
  ),
];
