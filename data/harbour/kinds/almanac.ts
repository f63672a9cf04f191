// The almanac: plain statements of what is so in Merrowick, in many wordings, so that they can be learned.

import { type Kind, plan } from "./kind.ts";

/** Almanac entries. */
export const ALMANAC: Kind = {
  name: "almanac",
  weight: 8,
  plans: [
    plan(
      "a day",
      `h=adult b=boat s=worker
# title
[day.date]
The {Almanac|Merrowick Almanac} for [day.date]
# + tide
[day.date] {is|falls on} a [day.weekday]. High water {is|comes} at [day.high] and low water at [day.low].
A [day.weekday]. The tide is high at [day.high], {and low|low} at [day.low].
# wind
The wind {blows|is} from the [day.wind]. The moon is [day.moon].
{Look for|Expect} a wind from the [day.wind] and a moon that is [day.moon].
# weather
?fair: {It is a fair day|The sky is clear}: {dry your sheets|a day for paint and picnics}.
?rain: {It rains|Rain}: {stay in and mend|good for cabbages}.
?fog: {There is fog|Fog}: {keep to the wall|listen for the bell}.
?wind: {It blows|A windy day}: {hold your hat|tie down the hens}.
?storm: {There is a storm|Storm}: {bring in the boats|let nobody go out for a bet}.
?frost: {It freezes|Frost}: {mind the steps|put straw round the pump}.
?snow: {It snows|Snow}: {feed the birds|dig a path to your neighbour first}.
?cloud: {It is cloudy|A grey day}: {neither plant nor reap, but write letters|nothing to be said about it}.
# season
?spring: {In this season|Now} {sow peas, tar boats, turn mattresses|look for plovers' nests but leave the eggs}.
?summer: {In this season|Now} {cut hay, paint doors, sleep with the window open|the herring are fat and the evenings long}.
?autumn: {In this season|Now} {dig potatoes, salt herring, find the other glove|lay up small boats and bring in the geraniums}.
?winter: {In this season|Now} {mend nets, tell stories, keep a kettle hot|oil boots, and be patient with the old}.
# saying
[s.full], the [s.trade], {reminds us|says}: {a fair tide waits at the same door as a foul one|a day is as long as its work}.
{On such a day|Today} one may see [h.full] about, in [h.wears].
# boat ?
{Boat of the day|The boat for today}: [b], [b.owner's] [b.colour] [b.kind], at [b.berth].
`,
    ),
    plan(
      "a feast",
      `v=festival w=festival
# title
[v]
{Feasts of the Year|The Feasts}: [v]
When Is [v]?
# + date
[v] {is on|is kept on|falls on} [v.date].
Every year on [v.date] {the town keeps|comes} [v].
# place
{It is held at|People keep it at|The place for it is} [v.place]. {One|What one} {sees|finds} {there|on that day} {is|is, above all,} [v.custom].
{The custom is|It means} [v.custom], and {the place is|all that happens at} [v.place].
# food
{The dish of the day is|One eats} [v.food].
{There is always|Nobody goes home without} [v.food].
# leader
[v.leader] leads {it|the day}.
{It is led by|The one who leads it is} [v.leader].
# origin
{It began when|People say it began when|The story goes that} [v.origin].
# + other
The next thing to remember is [w], on [w.date], with [w.food].
{Do not mix it up with|It is not the same as} [w], {which is on|which comes on} [w.date] and is kept at [w.place].
`,
    ),
    plan(
      "a boat",
      `b=boat o=owner:b c=boat
# title
{The|Register of Boats: The} [b.name]
{Boats of Merrowick|Our Boats}: [b]
# + kind
[b] is a [b.kind]. She is [b.colour].
[b] is a [b.colour] [b.kind].
# owner
She belongs to [b.owner]{| [o.last]}, {of [o.street]|who lives in [o.street]}.
Her owner is [o.full], {aged [o.age]|[o.age] years old}: [b.owner's] boat, and nobody else's.
# berth
{Her place is|She lies at|You will find her at} [b.berth].
# mark
{You may know her by|Everyone knows her by|Her mark is} [b.mark].
# + tale
{She is quick|She is slow} {in a light wind|against the tide} and {kind|hard} to {beginners|children}. {She has never lost anyone|She once lost an anchor and found it again next year}.
She was {built|launched} {in a hard winter|on a lucky Friday} at the boatyard, and {has been mended so often that only the name is old|still smells of pine when the sun is on her}.
# other
{Beside her|In the next register entry} {stands|comes} [c], a [c.kind], [c.colour], {owner|the owner is} [c.owner].
{Not to be confused with|Do not take her for} [c], which is [c.colour] and belongs to [c.owner].
`,
    ),
    plan(
      "an animal",
      `a=animal o=owner:a d=animal
# title
{Animals of Merrowick|Our Animals}: [a.name]
[a.name] the [a.kind]
# + kind
[a.name] is a [a.kind]. [^a.he] is [a.colour] and {belongs to|lives with} [a.owner]{| [o.last]}.
[a.name] is [a.owner's] [a.kind], [a.colour] {from end to end|in all lights}.
# likes
[a] {loves|likes} [a.likes] {more than anything|best of all}.
{What [a.he] likes is|Give [a.him]} [a.likes]{|, and you will be friends}.
# habit
[a.p] {one fault|bad habit} is [a.habit].
{People complain of|One has to forgive} [a.habit]. 
# owner
[o.full] is [o.age] and lives in [o.street]. {They are seldom apart|One calls and the other comes, now and then}.
{The owner|[o.full]}, who lives in [o.street], {says that [a.he] understands every word|would not part with [a.him] for a farm}.
# + other
{A friend of the same street|Another animal to know} is [d.name], a [d.kind], {who is|and} [d.colour].
[d.name], the [d.kind] that belongs to [d.owner], {keeps out of the way|is another matter}: that one is known for [d.habit].
`,
    ),
  ],
};
