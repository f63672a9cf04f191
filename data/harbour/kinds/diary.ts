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
  weight: 11,
  plans: [
    plan(
      "a child's day",
      `h=child k=parent:h f=friend:h w=worker o=open a=animal${HEAD}
# + =nowsky
# lesson
We had {fractions|the rivers of the north|spelling} {all morning|until the bell}. {I understood the first half|I drew a whale in the margin}.
{No school today|School was shut}, because the {stove smoked|teacher had a cold}. {I bore it well|Nobody cried}.
I got a {star|good mark} for reading and a {blot|bad one} for {talking|sums}, so it comes out even.
We learned a poem about {a daffodil|a battle|the sea}. {I know all of it except the middle|It rhymes, at least}.
{The teacher asked who could spell "yacht"|There was a test}. {Nobody can spell "yacht"|I would rather not write about it}.
# family
My [k.rel] says {I grow out of everything|I am to stop feeding the gulls|a tidy room is a tidy mind}. {[^k.he] should see mine|I said I was still looking for it}.
My [k.rel] has a way of [k.habit]. It {drives us all mad|is rather nice, really}.
At breakfast my [k.rel] {burned the toast and sang|told us the dream about the bishop again}. 
# + event x2
[f] and I went to [o] {after school|when it cleared up} and {caught eleven crabs|built a dam|found a boot}. {We let ten go|It had somebody in it, a hermit crab}.
I saw [a], [a.owner's] [a.kind]. [^a.he] was [a.habit], {and looked at me as if it were my fault|as usual}.
[w.full] let me hold [w.tool]. {It is heavier than one thinks|I dropped it only once}. One day I might be a [w.trade] too, but today I {am still going to be|would rather be} a {pirate|balloonist|beekeeper}.
We {played|had a game of} {pirates|hospitals|funerals} and I was {the plank|the patient|dead} for an hour. {[f] is a good captain but shouts|It is always my turn for that}.
I lent [f] my {knife|marbles|second-best pencil} and got back {a different one|half}. {Friendship is like that|I said nothing}.
There was a {fight|great noise} at [o] between two {gulls|ladies with prams|fishmongers}. {We were sent home before the end|Everyone said the other had begun it}.
I fell {in|off the wall}. {It was quite deep|I have a scab like the map of an island}. {My boots are in the oven|Nobody noticed, so I told them}.
# secret
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
Up at {five|half past four}. {Dark as the inside of a boot|The street asleep}. I was [h.task] before the {milk came|kettle had boiled}.
{A good day for the work|Sold nearly all}: the last of the [h.makes] went before {noon|three}. {My back knows it|I ought to be pleased, and am}.
{A slow day|Hardly a soul came in}. I cleaned [h.tool], which {did not need it|has wanted it since Easter}, and {counted the nails|looked out of the window}.
There is nothing like [h.task] {for thinking|to quiet the mind}. I thought {about my father, who taught me|about nothing at all}, and {the hours went by|was happy}.
# customer
[c.full] came {in|by} and wanted {to talk|credit|something in blue}. {We talked|I gave it}. [^c.he] has a good heart {under all that|and does not know it}.
[c.full] told me [c.he] dreams of one thing: [c.wants]. {One would not think it to look at [c.him]|I was touched. We all have something}.
Saw [c.full] go by in [c.wears], [c.habit]. {It set me up for the day|I waved}.
# + home
[s] {made|had made} [@treat] for {supper|us}, and we sat {on the step|by the stove} and said {little|hardly ten words}. {Thirty years, nearly, and I would not change|That is the best of being married}.
[s] says I {work too much|hum at table}. I said it was {the wind|better than whistling}. {We laughed|[s] threw the dishcloth}.
My [s.rel] is cross with [n.full] {about a bucket|over the wall}. I {keep out of it|said it would pass}. {It is a very old bucket|Nobody remembers how it began}.
# neighbour
{[n] lent us|[n.full] has borrowed} the {long ladder|big pot} {again|at last}. {The street has one of everything, and it walks|I suppose we shall see it at Christmas}.
Met [n.full] {at the pump|on the corner}, who is certain it will {snow|be a hot year}. [^n.he] was certain last year as well.
# thought
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
My {knees|knuckles} said {so|rain} before the barometer did. {At [h.age] one is one's own weather house|They are seldom wrong}.
Slept {badly|like a child}, woke at {four|three}, and {lay listening to the gulls|heard the boats go out}, as I {have|did} all my life.
# + memory x2
I remember this {day|date} long ago. {The harbour was full of sails|My mother was hanging out sheets}, and {somebody was singing|there was a smell of tar}, and I {thought it would always be so|did not know it was happiness}.
{When I was small|In my young days} the [b.colour] [b.kind] {lay in the same place|was new}, I mean [b]. {How proud everyone was|She had fewer patches, and so had I}.
[d.full] and I {sat on the mast bench|took our walk to the breakwater}. We are {both a little deaf|not quick}, so {we agree about nearly everything|the talk goes two ways at once}.
I {looked for|turned out a drawer for} my {spectacles|thimble} and found {a letter|a dance card} instead, {fifty years old|quite yellow}. {I read it twice|The spectacles were on my nose}.
# visit
Young [c.full] came {with the newspaper|to see me} and asked {whether there were motor cars in the Bible|how old the sea is}. I said I would {look it up|ask around}. {We had ginger biscuits|It is good to be asked things}.
[c] {ran an errand for me|brought me a crab in a cup}, and {would not take a penny|took three biscuits}. [^c.he] wants [c.wants]. {At that age one should|I hope it happens}.
# thought
{They think I sleep in the chair|People shout at me as if I were far away}. I am {only visiting|listening}.
I am still a little afraid of [h.fears], {which is absurd|at my age}. {Nobody is to know|Let it stand here}.
There is still nothing like [h.likes]. {I had some|I thought about that for a good part of the afternoon}.
# + =nownight
`,
    ),
  ],
};
