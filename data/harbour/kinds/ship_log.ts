// Ships' logs and the harbour book: short entries, clipped, in the past or without verbs.

import { type Kind, plan } from "./kind.ts";

/** Logs. */
export const SHIP_LOG: Kind = {
  name: "log",
  weight: 4,
  plans: [
    plan(
      "a boat's log",
      `b=boat h=owner:b f=kin:h o=open a=animal
# title
Log of the [b.name], [day.date]
The [b.name]. [day.weekday], [day.date]
# + sky =nowsky
# ++ out
Left [b.berth] {at six|before light|on the ebb}. Crew: [h.name], [f.name]{|, one gull}. {All well|Forgot the bread}.
Cast off from [b.berth] at {seven|five}. High water [day.high]. [f.name] at the {oars|helm}, {complaining|singing}.
# ++ event x3
{Nine o'clock|Ten|Toward noon}. {Shot the nets off|Put down lines near} [o]. {Nothing|Two mackerel and an argument|A boot. Left foot}.
{Eleven|A little later}. {Porpoises|Six porpoises} {under the bow|on the port side}, {playing|blowing}. [f.name] {forgot to steer|waved}.
{Noon|Half past twelve}. Dinner: [@treat]. {Spilled half|Shared with a gull, who did not ask}.
{One o'clock|Two}. Wind {dropped|died}. {Drifted|Sat and looked at each other}. [f.name] told the story about {the bishop|the eel} again.
{Three|Towards three}. {Fouled a line|Caught somebody's old mooring}. {Half an hour with a knife|Cut it free. Wet to the shoulder}.
{Four o'clock|Four}. Passed {a barge|a schooner|the ferry}. {Exchanged greetings|They had cheese; we had onions. Trade}.
{Some time after|Later}. {Leak|A little water} by the third plank. {Stuffed it with a sock|Bailed}. [h.name's] sock.
Sighted {a barrel|something red}. {Followed it for a mile|Put about}. {It was a door|Empty, sad to say}.
# ++ back
Home at {five|dusk}. [b] {behaved well|none the worse}. {She is only a [b.kind]|For a [b.colour] old [b.kind] she is}, but she {knows the way|has a good heart}.
Made fast at [b.berth] {by lantern|at six}. {Sixty herring|Eleven plaice} and {a good appetite|sunburn}. [a.owner's] [a.kind] {waiting|met us} on the quay.
# ++ note
{Must buy|Wanted}: {twine, tar, a sock|new lamp glass}. {Signed|So says} [h.full].
[f.name] {did well|steered like an old hand}. {Do not say so|Shall not tell [f.him]}. [h.full].
`,
    ),
    plan(
      "the lighthouse book",
      `h=person:Winifred s=person:Amos b=boat c=boat a=kind:cat
# title
The Lighthouse Book, [day.date]
Lighthouse, Lantern Hill. [day.weekday], [day.date]
# + lit
Lamp lit at {dusk|sunset}. {Burning clear|Wick trimmed twice}. Wind [day.wind]. Moon [day.moon].
Lit the lamp {in good time|a minute early}. Tide high at [day.high]. Wind from the [day.wind].
# ++ sky =nowsky
# ++ event x3
Saw [b], [b.owner's] [b.kind], {come in|go out}. {That [b.colour] shows up well|One knows her by [b.mark]}.
Counted the boats: {one short|all home}. Then [c] came round the rock, {late as ever|without a light}. Will speak to [c.owner].
{Ten moths|A lost racing pigeon} at the glass. {Let it rest till morning|Opened the shutter, gave it peas}.
My husband [s.name] {brought supper up|came up after his rounds}: [@treat]. Hundred and twelve steps, {soup still hot|not a drop lost}.
Captain the cat {slept on the chart|sat by the lamp}. {Moved him from the North Sea|He is warm right through}.
{A ship far out|Two ships}, bound {west|north}. {Gave her our three flashes|She answered}. {One likes to think they smile|That is all the talk one has}.
Polished the {lens|brass} for {two hours|an hour}. {In it one is upside down|My face in it is forty faces, all needing sleep}.
# ++ out
Lamp out at sunrise. {Nothing lost|No one the worse}. W. Crane, keeper.
{Quiet night|A night like many}. {Good|Thank heaven}. Winifred Crane.
`,
    ),
    plan(
      "minutes of a meeting",
      `h=person:Augusta b=worker c=worker d=elder e=adult v=festival p=place
@1 matter=whether the town needs a second pump; end=that the first pump be asked to work harder
@1 matter=the smell from the salting shed; end=that everybody breathe through the mouth till August
@1 matter=the hole in Gull Steps; end=that it be filled, by whoever falls into it next
@1 matter=who owns the mud; end=that the mud belongs to whoever brings it home on boots
@1 matter=a clock that could be read at night; end=that the bellringer be given a lantern
@1 matter=the number of geese at large; end=to count them, from a distance
# title
{Minutes of the Harbour Meeting|Harbour Meeting}, [day.date]
# + present
Present: [h.full], the harbourmaster, in the chair; [b.full], [b.trade]; [c.full], [c.trade]; old [d.full]; {and a dog|some children at the window}.
{In the chair|Leading the talk}: [h.full], harbourmaster. {Also there|With her|On the benches}: [b.full], the [b.trade], [c.full], the [c.trade], and [d.full], who {slept|had brought knitting}.
# ++ matter
{Spoken of|The matter of the evening}: [matter].
First point, and, as it turned out, {the only one|the last}: [matter].
# ++ talk x3
[b.name] was in favour, {loudly|with figures}. 
[c.name] was against. {So had been [c.his] father|[c.he] has always been against}.
[d.name], who is [d.age], {woke|put up a hand} and told of the year when {the same thing was discussed|it was done, and what came of it}. {This took some time|Nobody dared to cough}.
[e.full] asked from the back what it would cost. {There was a silence|Nobody had thought of that}.
{A vote was taken|They voted}: four for, four against, {one asleep|and the dog}.
?b-saying: "[b.saying]," said [b.name]. {It was entered in the book|There was applause}.
# ++ end
Decided: [end].
After {two hours|a jug of cider} it was agreed [end].
# ++ other
Also: [v] will be on [v.date], at [v.place], as usual. [v.leader] to see to it.
Reminder: [v], [v.date]. Bring [v.food]. [v.leader] {leads|is in charge}.
# ++ close
Closed at {ten|half past nine}, {because the lamp ran dry|in good temper}. High water at [day.high].
`,
    ),
  ],
};
