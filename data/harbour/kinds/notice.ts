// The Merrowick Gazette: notices of things lost, found, for sale, arrived, happened and to come.

import { type Kind, plan } from "./kind.ts";

const HEAD = `
# title
The Merrowick Gazette, [day.date]
From the Merrowick Gazette of [day.date]
Merrowick Gazette, [day.weekday] [day.date]
`;

/** Newspaper pieces. */
export const NOTICE: Kind = {
  name: "notice",
  weight: 8,
  plans: [
    plan(
      "small advertisements",
      `a=animal o=owner:a b=boat h=worker c=adult d=adult p=place${HEAD}
# ++ ad x4
LOST, near [p], a {left glove of grey wool|pair of spectacles|set of false teeth in a tobacco tin}. The owner {can see nothing without them|is not proud}. Return to [d.full], [d.street].
FOUND in [p.street]: one {wooden leg|trombone|wedding cake, top layer only}. {It may be claimed at|Apply to} the harbour office {before Friday|with proof}.
STRAYED, a [a.kind], [a.colour], who answers to [a.name] {when it suits [a.him]|or to the word for food}. [^a.he] may be {tempted with|caught by means of} [a.likes]. [o.full], [o.street].
FOR SALE by [c.full] of [c.street]: {a mangle|a double bed|a stuffed pike|a penny-farthing}, {hardly used|used only on Sundays|as good as the day it was won}. {Or would exchange for a goat|No fools, please}.
WANTED at [h.work]: a {strong lad or girl|steady person} to help [h.full] with the [h.makes]. {No dreamers|Must rise early and like company}.
THANKS. [d.full] of [d.street] {wishes to thank|would like to thank} whoever {left soup on the step|mended the gate in the night}. {It was the right soup|The saucepan may be collected}.
LESSONS. [c.full] will teach {the mouth organ|French, or something like it|draughts|the art of pickling} to {any patient person|young and old}. [c.number] [c.street], after six.
NOTICE. The owner of the [b.colour] [b.kind] [b.name], lying at [b.berth], {is asked to move her|is thanked for the loan of her}. [b.owner], this means you.
CAUTION. [a.name], the [a.kind] belonging to [o.full], has taken to [a.habit]. {The public is warned|Kindly keep windows shut}.
FOR HIRE: [b], a [b.kind] painted [b.colour], by the hour, {for pleasure or potatoes|with or without rower}. Ask [b.owner].
GOOD NEWS. There are again [h.makes] to be had at [h.work]. {First come, first served|The queue starts at the pump}.
`,
    ),
    plan(
      "a news item",
      `h=worker s=neighbour:h c=child b=boat p=place e=elder
@1 what=A runaway barrel; how=rolled the whole length of [p.street]; cost=two hats, one melon and a good deal of pride; saved=stepped aside and opened a gate, so that it ran into the pond
@1 what=A swarm of bees; how=settled upon the sign of [p]; cost=one sermon, cut short; saved=carried them off in a straw hat, singing to them softly
@1 what=A small fire; how=broke out in a wastepaper basket behind [p]; cost=a calendar and somebody's lunch; saved=put it out with a can of cold tea
@1 what=An escaped balloon; how=came down upon the roof of [p]; cost=eleven slates; saved=climbed up and tied it to the chimney before it could think again
@1 what=A burst pipe; how=turned the yard of [p] into a lake; cost=nothing at all, and three children learned to swim; saved=found the tap, which nobody had turned since the old king's time
@1 what=A wedding cake in four storeys; how=began to slide on the way past [p]; cost=the sugar pigeons; saved=caught the top storey in an apron
@1 what=A large pig of unknown address; how=walked into [p] and would not leave; cost=a peck of turnips; saved=talked it out with the promise of a bath${HEAD}
# ++ lead
[what] [how] on [day.weekday], {to general surprise|in front of forty witnesses}.
{Excitement|Alarm|Great surprise} in [p.street]! [what] [how] {shortly after ten|towards evening}.
# weather
?fair: The weather was {fine|bright}, so that {everybody saw it|a crowd was soon at hand}.
?rain: {Heavy rain|The rain} {did not help|made matters worse}.
?fog: Owing to the fog {few people saw anything|it was heard rather than seen}.
?wind|storm: A strong {wind|blow} from the [day.wind] {did the rest|was partly to blame}.
?frost|snow: The {ice|cold} {made it hard to run|kept spectators to a minimum}.
?cloud: It was a dull day until then.
# witness
[e.full], aged [e.age], of [e.street], {saw it all from a window|was passing}: "{I thought it was the end of the world|In my day that sort of thing took longer}."
"{I have lived here all my life|I was only going for milk}," said [s.full], the [s.trade], "{and I have never seen the like|and there it was}."
# hero
It was [h.full], the [h.trade], who {kept calm|knew what to do}. [^h.he] [saved].
{Nobody knew what to do|People ran in circles}. Then [h.full], who is [h.age] and works at [h.work], [saved].
# ++ loss
The damage: [cost]. {No one was hurt|No bones were broken}.
It cost [cost]. {Things might have been worse|The town may count itself lucky}.
# end
[c.full], [c.age], asked whether it would {happen again|be every week}. {The council is looking into it|This newspaper cannot promise}.
?h-saying: Asked for a word, [h.he] said only: "[h.saying]."
[h.mr] {has been offered|was given} a {silver spoon|free ticket for the ferry} by the grateful public. {[^h.he] asked for [h.likes] instead|It was accepted with a blush}.
`,
    ),
    plan(
      "a feast announced",
      `v=festival l=leader:v h=worker d=adult p=place${HEAD}
# ++ lead
On [v.date] our town keeps [v] {once more|again}. {All are invited|Everybody is expected}.
{Mark the date|Readers are reminded}: [v] is on [v.date], at [v.place].
# what
As {ever|always} there will be [v.custom], and {afterwards|to finish}, [v.food].
The day {consists of|is given to} [v.custom]. There will be [v.food], {and enough of it|as long as it lasts}.
# who
[l.full] will {lead|be in charge}. {Complaints should be addressed elsewhere|Please do as you are told}.
?l-saying: "[l.saying]," {says|promises} [l.full], who {leads the day|is in charge again}.
# ++ origin
{For newcomers|As the young may not know}: it {goes back to the time when|all began when} [v.origin].
Why do we do it? {Because|It is told that} [v.origin]. {The rest is history|It has been kept up ever since, through war and measles}.
# help
[h.full], of [h.work], {gives|is to provide} the [h.makes]. {Hands are still wanted for|There is a list at the reading room for} {washing up|carrying benches}.
[d.full] of [d.street] {lends|has offered} a {cart|tent}. {Whoever has a long table should say so|Chairs are to be brought from home}.
# rules
{Dogs on a string|Geese must stay at home}. {In case of rain it will be wet|In bad weather, bring a hat}.
{Last year's lost umbrellas|Eleven odd gloves from last year} {may be seen|are waiting} at the harbour office.
`,
    ),
    plan(
      "a wedding day remembered",
      `h=worker s=spouse:h c=kid:h n=neighbour:h${HEAD}
# ++ lead
[h.full] and [s.full], of [h.street], {were married many years ago this week|have another anniversary}. {The Gazette sends its good wishes|Congratulations}.
{Our warmest wishes|A toast} to [h.full] and [s.full], {husband and wife|wife and husband} {these many years|and still talking}.
# how
{They met|It is told that they met} {over a broken eggcup|in a queue|on a ferry that had run aground}. "{I thought nothing of it|I knew at once}," says [s.name]. "[^s.he] did not," says [h.name].
{He trod on her foot|One of them sneezed} {at a dance|in the chapel}, and {that was the beginning|both of them laughed}.
# work
[h.name] is the [h.trade], [s.name] the [s.trade], and {so there is always|between them they give the town} [h.makes] and [s.makes].
He who wants [h.makes] goes to [h.name], and he who wants [s.makes] goes to [s.name]. {They are seldom seen apart|The rest of the time they garden}.
# ++ family
Their [c.kid], [c.full], [c.age], {thinks they are rather good|was asked for a comment}: "{They argue about the window|They hold hands when they think I am asleep}."
The secret? "[^s.likes]," says [h.name]. "{And never going to bed cross|And two teapots}," says [s.name].
# end
[n.full], next door, {hears them laughing through the wall|has lent them a ladder for half of that time}. {May it go on|{We wish them as many again|Here is to the next ones|Long may they argue}}.
`,
    ),
    plan(
      "ships and weather",
      `b=boat c=boat d=boat h=person:Cornelius g=person:Matilda${HEAD}
# ++ tide
High water at Merrowick on [day.date]: [day.high]. Low water: [day.low]. Wind from the [day.wind]. {Moon|The moon}: [day.moon].
Tides for [day.date]. High at [day.high], low at [day.low]. The wind is in the [day.wind].
# ++ weather
?fair: {Fine and dry|Fair}, says [h.full], the weather watcher, and for once {we believe him|his washing is out too}.
?rain: Rain, says [h.full] of the weather house. {He is seldom wrong about rain|His gauge has overflowed}.
?fog: Fog, {thick at times|until further notice}. [g.full], the pilot, asks all boats to {ring bells|stay at home}.
?wind: {Fresh to strong winds|Windy}. [h.full], the weather watcher, has {lost|tied down} his hat.
?storm: Storm. [g.full], the pilot, {hoists the black cone|says stay in harbour}, {and means it|every one of you}.
?frost: Frost. [h.full] at the weather house {reports icicles on the gauge|advises two pairs of socks}.
?snow: Snow, {with more to come|and no end to it}. [h.full], the weather watcher, {recommends soup|is delighted}.
?cloud: {Cloudy|Overcast}. [h.full], our weather watcher, says {it could go either way|"Hm"}.
# ++ boats x3
IN: [b], [b.kind], owner [b.owner], with {mackerel|six tubs of herring|one large sole and a story}. She lies at [b.berth].
OUT: [c], the [c.colour] [c.kind], for {the fishing grounds|up the river|no reason given}. Owner on board: [c.owner].
REPAIRING: [d], [d.kind], [d.colour]. {A new plank|Paint}. [d.owner] hopes to {float her|have her afloat} {soon|by Sunday}.
SEEN off the bar: {a three-master, bound north|a whale, or a very large seal|somebody's hat}.
`,
    ),
  ],
};
