// Diaries: one day, told that evening in the first person, by a child, a grown-up at work, or the old.

import { type Kind, plan } from "./kind.ts";

const HEAD = `
# title
[h.full], [day.date]
[day.weekday], [day.date]. The diary of [h.full]
From the diary of [h.full]. [day.date]
Diary of [h.full], [day.weekday] [day.date]
`;

/** Diaries. */
export const DIARY: Kind = {
  name: "diary",
  weight: 8,
  plans: [
    plan(
      "a child's day",
      `h=child k=parent:h f=friend:h w=worker o=open a=animal${HEAD}
# + =nowsky
# lesson
We had to write about {a useful animal|our holidays|a hero}. I chose {the limpet|a day when nothing happened|my [k.rel]}, and {got it back with red all over|it was read out, and I went under the table}.
{In sums|In the second hour} I {counted flies|made a boat out of the blotter}, so I cannot say {what a remainder is|who came after the Romans}.
{The inspector came|A visitor came} and asked what {lies north of us|seven eights are}. {Everyone looked at their boots|I knew it, and then I did not}.
I had to {stand in the corner|clean the board}, for {laughing|a frog which was not even mine}. {One sees a good deal from there|It has a nice view of the harbour}.
We had {fractions|the rivers of the north|spelling} {all morning|until the bell}. {I understood the first half|I drew a whale in the margin}.
{No school today|School was shut}, because the {stove smoked|teacher had a cold}. {I bore it well|Nobody cried}.
I got a {star|good mark} for reading and a {blot|bad one} for {talking|sums}, so it comes out even.
We learned a poem about {a daffodil|a battle|the sea}. {I know all of it except the middle|It rhymes, at least}.
{The teacher asked who could spell "yacht"|There was a test}. {Nobody can spell "yacht"|I would rather not write about it}.
# family
My [k.rel] told me about {the old days|when I was a baby}. {It seems I was round|There was no bread, but plenty of singing}. I could listen to it {for ever|every evening}.
{We washed my hair|It was bath night}, and I {screamed on principle|got soap in one ear}. My [k.rel] {sang so that nobody should hear|says I am only half as brave as I look}.
My [k.rel] and I {shelled peas|peeled potatoes} on the step, {a bowl each|in a row}, and {did not talk, in a good way|I ate more than went in the pot}.
My [k.rel] says {I grow out of everything|I am to stop feeding the gulls|a tidy room is a tidy mind}. {[^k.he] should see mine|I said I was still looking for it}.
My [k.rel] has a way of [k.habit]. It {drives us all mad|is rather nice, really}.
At breakfast my [k.rel] {burned the toast and sang|told us the dream about the bishop again}. 
# + event x2
[f.name] has found a {cave|plank} near [o], {which we have sworn about|and now it belongs to us}. {We need only a lamp, a flag and a cook|I am not to write down where}.
[w.full] was [w.task] and let us watch. {I asked eleven questions|We sat as quiet as mice}. {It is beautiful when somebody can do a thing|Afterwards there were crumbs for everyone}.
I {traded|swapped} {a bird's egg|two good shells} with [f] for {a magnet|the right to be king tomorrow}. {I think I won|We shall see who was cheated}.
There was [a], asleep in the sun at [o]. I lay down {beside [a.him]|as well} and {we both dreamed of|we thought about} [a.likes].
I {tried to walk to school backwards|held my breath from the pump to the post office}. {One meets people more suddenly|It can be done, but one sees stars}.
{Something is going on at|They are building something at} [o]. {Nobody tells children anything|There are ropes, and a man with a plan}. [f] and I shall {find out|keep watch}.
[f] and I went to [o] {after school|when it cleared up} and {caught eleven crabs and let ten go|built a dam that held for an hour|found a boot with somebody in it, a hermit crab}. {Then it was supper time|We swore to come back tomorrow}.
I saw [a], [a.owner's] [a.kind], who is known for [a.habit]. {[^a.he] looked at me as if it were my fault|Today it was no different}.
[w.full] let me hold [w.tool]. {It is heavier than one thinks|I dropped it only once}. One day I might be a [w.trade] too, but today I {am still going to be|would rather be} a {pirate|balloonist|beekeeper}.
We {played|had a game of} {pirates|hospitals|funerals} and I was {the plank|the patient|dead} for an hour. {[f] is a good captain but shouts|It is always my turn for that}.
I lent [f] my {knife|marbles|second-best pencil} and got back {a different one|half}. {Friendship is like that|I said nothing}.
There was a {fight|great noise} at [o] between two {gulls|ladies with prams|fishmongers}. {We were sent home before the end|Everyone said the other had begun it}.
I fell {in, and it was quite deep|off the wall, and have a scab like the map of an island}. {My boots are in the oven|Nobody noticed, so I told them}.
# secret
When I am {grown up|old}, I shall let {my children|everybody} {walk on the wall|have pudding first}. {I write it here so that I do not forget|It is sworn}.
[f] says {one can hear the moon if one is quiet|that whales sing}. I {listened|have opened the window}. {Perhaps|So far it is mostly cats}.
I would like to know why {one cannot tickle oneself|Sunday feels different in the stomach}. {I must ask [w.full]|Nobody can tell me}.
{I have a secret|This is private}: I am not {really|so very} afraid of [h.fears] any more. Only {a bit|at night}.
{What I want most is|I still want} [h.wants]. I have not told anyone {but the cat|except this page}.
I have decided to give up [h.habit]. {I shall start on Monday|It lasted till four o'clock}.
# + =nownight
`,
    ),
    plan(
      "a working day",
      `h=worker s=spouse:h c=anyone n=neighbour:h${HEAD}
# + =nowsky
# work
?h-seller: {Began a large order|A big piece of work today}, and had to {undo half of it|start twice}. {Patience, says the one who is not doing it|By the evening it looked like something}.
{I slipped with [h.tool]|My hand slipped; it was the fault of [h.tool]}. {No harm done|A plaster on the thumb}. My father {used to say|said} {that one pays the trade in skin|a sharp tool is the kind one}.
{The lad|My helper} {was late|has grown out of his sleeves}. I said {nothing, but I said it clearly|that I was once late myself, long ago}.
A {great deal|heap} to do, and I {did it|got through it}, {piece by piece, like eating an elephant|and it is no use asking how}. {My back knows it|Tomorrow there is more}.
Up at {five|half past four}. {Dark as the inside of a boot|The street asleep}. I was [h.task] before the {milk came|kettle had boiled}.
{Up before the gulls|Began early}, and found everything {where I had left it|as it should be}. I was [h.task] until {noon|dinner}. {A plain day's work|I like such days}.
?h-seller: {A good day for the work|Sold nearly all}: the last of the [h.makes] went before {noon|three}. {My back knows it|I ought to be pleased, and am}.
?h-seller: {A slow day|Hardly a soul came in}. I cleaned [h.tool], which {did not need it|has wanted it since Easter}, and {counted the nails|looked out of the window}.
There is nothing like [h.task] {for thinking|to quiet the mind}. I thought {about my father, who taught me|about nothing at all}, and {the hours went by|was happy}.
# customer
[c.full] {came to pay an old debt|brought back what was borrowed in spring}. {We were both embarrassed|I had forgotten it}, and talked about [c.likes] {until it passed|at once}.
{A stranger|Somebody from the ferry} asked for [c.full]. "{Look for|You want} [c.wears]," I said, and {it was enough|off he went}.
I hear that [c.full] is afraid of [c.fears]. {I shall not let on|It makes one like a person better}.
[c.full] came by and wanted to talk. {We talked|So I let the work lie}. [^c.he] has a good heart {under all that|and does not know it}.
[c.full] told me [c.he] dreams of one thing: [c.wants]. {One would not think it to look at [c.him]|I was touched. We all have something}.
Saw [c.full] go by in [c.wears], [c.habit]. {It set me up for the day|I waved}.
# + home
[s.name] had {mended my good coat|cut my hair, nearly straight} when I came in. {Not a word about it|I noticed it only at supper}. We had [@treat].
{We quarrelled|A small quarrel}, [s.name] and I, {about the window|over whose turn it was}, and {made it up|forgot it} {over the dishes|before the kettle boiled}.
After supper [s] read {aloud|me the newspaper}, {with all the voices|leaving out the sad parts}. {I fell asleep at the murder|I like that more than the theatre}.
[s] {made|had made} [@treat] for {supper|us}, and we sat {on the step|by the stove} and said {little|hardly ten words}. {Thirty years, nearly, and I would not change|That is the best of being married}.
[s] says I {work too much|hum at table}. I said it was {the wind|better than whistling}. {We laughed|[s] threw the dishcloth}.
My [s.rel] is cross with [n.full] {about a bucket|over the wall}. I {keep out of it|said it would pass}. {It is a very old bucket|Nobody remembers how it began}.
# neighbour
{[n] lent us|[n.full] has borrowed} the {long ladder|big pot} {again|at last}. {The street has one of everything, and it walks|Ours is still at the other end|What is lent is not lost, they say|I suppose we shall see it at Christmas}.
Met [n.full] {at the pump|on the corner}, who is certain it will {rain by Sunday|be a hot year|be a good year for pears}. {[^n.he] was certain last year as well|We agreed to wait and see|I have bet a pie against it|It may be so}.
# thought
{It came to me|I thought, walking home,} that {a day is a small boat and one should not overload it|nobody is as sure as they sound|the sea has never once asked what time it is}.
{I should write to my brother|I have not written to my sister since May}. {I shall|Tomorrow, then}. {One always thinks there is time|It is only that there is so much, or so little, to say}.
I saw my own {hands|face in the shop window} today and thought: {whose are those|that is my mother's}. {It was not unpleasant|So it goes on}.
{I am [h.age] now|[^h.age] years old}, and still I {want|catch myself wanting} [h.wants]. {Well, well|Laugh who will}.
{A thought for today|Written on the back of a bill}: {most trouble is only tiredness with its hat on|one does not see the tide move, and yet it moves|it is easier to mend a thing than to be told it is broken}.
The {accounts|figures} do not {come out|agree}, by {tuppence|four pounds}. {I shall find it in the night, as one does|Let the figures sort it out among themselves}.
# + =nownight
`,
    ),
    plan(
      "an old person's page",
      `h=elder c=child d=elder b=boat${HEAD}
# + =nowsky
# body
{Could not find a comfortable side|Turned over eleven times}, and {got up to look at the stars|made tea at three}. {They are all still there|At that hour it tastes like a secret}.
{Walked to the pump and back|Went as far as the corner}. {A fair distance|Once I would have run it}. {The gulls kept me company|I sat down twice and pretended to admire the view}.
My {ears|eyes} are {not what they were|going}, but {what I do not hear I make up, and it is often better|I see the far things best now, ships and years}.
My {knees|knuckles} said {so|rain} before the barometer did. {At [h.age] one is one's own weather house|They are seldom wrong}.
Slept {badly|like a child}, woke at {four|three}, and {lay listening to the gulls|heard the boats go out}, as I {have|did} all my life.
# + memory x2
{I could smell tar|Somebody was burning leaves}, and {all at once|for a moment} I was {nine|seventeen} and {late for supper|in love with the whole world}.
[d.full] {came and brought|looked in with} {a jar of soup|two pears}. We {sat|talked} till {dusk|the lamp went by}, {and buried everybody once more, and laughed|mostly about people who are gone, as if they were in the next room}.
They have {painted|tarred} [b], [b.colour] as ever. I {remember who laid her keel|was at her launching}. {We threw our hats in|There was a band, and it rained}.
{Found|I came upon} a {button|ribbon|ticket} in {the blue jug|my good coat}. {From what|Where was I going}? {It would not say|I kept it all the same}.
I remember {this day|such a day|one like it}, long ago. {The harbour was full of sails|My mother was hanging out sheets}, and {somebody was singing|there was a smell of tar}, and I {thought it would always be so|did not know it was happiness}.
{When I was small|In my young days} the [b.colour] [b.kind] {lay in the same place|was new}, I mean [b]. {How proud everyone was|She had fewer patches, and so had I}.
[d.full] and I {sat on the mast bench|took our walk to the breakwater|fed the ducks|watched the ferry}. We are {both a little deaf|not quick}, so {we agree about nearly everything|the talk goes two ways at once}.
I {looked for|turned out a drawer for} my {spectacles|thimble} and found {a letter|a dance card} instead, {fifty years old|quite yellow}. {I read it twice|The spectacles were on my nose}.
# visit
[c.full] {read to me|sat with me} for an hour. {The young have such a lot of future and hurry so|It does a house good}. We spoke of [c.likes].
{I taught [c.name] a card trick|Showed [c.name] how to splice}. [c.name] {had it in five minutes|laughed at my hands and then stopped}. {So that at least will not be lost|I shall lose to [c.him] by Sunday}.
Young [c.full] came {with the newspaper|to see me} and asked {whether Noah had a dog|how old the sea is|who invented Mondays}. I said I would {look it up|ask around|think about it}. {We had ginger biscuits|It is good to be asked things|I have thought of nothing else since}.
[c] {ran an errand for me|brought me a crab in a cup}, and {would not take a penny|took three biscuits}. [^c.he] wants [c.wants]. {At that age one should|I hope it happens}.
# thought
What I would still like is [h.wants]. {Do not laugh, book|There is time, if one does not sit about}.
{If anybody reads this|To whoever finds this page}: {it went by quickly and it was worth it|keep the windows open, and forgive your brother}.
{I have caught myself|They say I keep} [h.habit]. {So did my mother|At my age it counts as character}.
{They think I sleep in the chair|People shout at me as if I were far away}. I am {only visiting|listening}.
I am still a little afraid of [h.fears], {which is absurd|at my age}. {Nobody is to know|Let it stand here}.
There is still nothing like [h.likes]. {I had some|I thought about that for a good part of the afternoon}.
# + =nownight
`,
    ),
  ],
};
