// Registers: who lives where, is married to whom and owns what, entry by entry, as a clerk or a gossip puts it. They
// tell many facts in few words, so that a model that reads them can answer questions about the town.

import { type Kind, plan } from "./kind.ts";

/** Registers of people, boats and animals. */
export const REGISTER: Kind = {
  name: "register",
  weight: 116,
  plans: [
    plan(
      "a couple",
      `h=worker k=spouse:h f=friend:h g=friend:k
# title
{Register of Merrowick|The Town Register}: {The Household of|Household} [h.last]
{Who Is Who|Our Neighbours}: [h.full]
# + home
[h.full], [h.trade], {lives in|of} [h.street]{, at number [h.number]|}.
Of [h.street]: [h.full], a [h.trade] by trade, {aged [h.age]|[h.age] years old}.
In [h.street] {lives|one finds} [h.full], who is a [h.trade].
# marriage
[h.full] is {married to|the [h.man] who married} [k.full], [h.his] [k.rel].
[k.full] is married to [k.spouse], and [h.full] to [k.full], [h.his] [k.rel].
The [k.rel] of [h.full] is [k.full]{, aged [k.age]|}.
{Married|Married for years}: [h.full] and [k.full], who is [h.his] [k.rel].
# friend
[h.full] is {friends|the best of friends} with [h.friend].
{The friend of [h.full] is|The friend for whom [h.full] would walk to the lighthouse is} [h.friend].
[h.friend] {and [h.full] have been friends since school|is a friend of [h.full], and the other way round}.
# friend
[k.full], for [k.his] part, {is friends with|has a friend in} [k.friend].
{Ask for a friend of [k.full], and people name|The friend of [k.full] is} [k.friend].
# work ?
[h.full], the [h.trade], works at [h.work]{ and makes [h.makes]|}.
For [h.makes] one goes to [h.full], the [h.trade], at [h.work].
`,
    ),
    plan(
      "two neighbours",
      `h=anyone f=friend:h n=neighbour:h
# title
{Register of Merrowick|The Town Register}: [h.street]
{From Door to Door|Door by Door}: [h.street]
# + h
{Number [h.number]|First}: [h.full], who is [h.age]{ and wears [h.wears]|}.
[h.full] lives in [h.street], {at number [h.number]|among the neighbours}.
The home of [h.full] is in [h.street].
# friend
{A friend of [h.full]|The best friend of [h.full]} is [h.friend].
[h.full] and [h.friend] are friends.
# friend
[f.full] {lives in|is of} [f.street], {and is [f.age]|as everybody knows}.
One finds [f.full] in [f.street].
# + n
{Not far|A few doors on}: [n.full], of [n.street], aged [n.age].
[n.full] lives in [n.street] {too|as well}.
# trades ?
?h-works,n-works: By trade [h.full] is a [h.trade] and [n.full] a [n.trade].
?h-works: [h.full] is a [h.trade].
?n-works: [n.full] is a [n.trade] {by trade|and proud of it}.
`,
    ),
    plan(
      "the young",
      `h=young m=parent:h g=young p=parent:g i=young q=parent:i
# title
{Register of Merrowick|The Town Register}: {The Young|Under Eighteen}
{The School Roll|The Beadle's List of Children}
# ++ h
[h.full], aged [h.age], lives in [h.street] with [m.full].
{The home of [h.full] is|[h.full] has a bed} in [h.street]. {Ask|Call} for [m.full], [h.his] [m.rel].
In [h.street] lives [h.full], {who is [h.age]|aged [h.age]}.
# ++ g
[g.full] lives in [g.street]{, at number [g.number]|}, and is [g.age].
{Of [g.street]|From [g.street]}: [g.full], child of [p.full].
One finds [g.full], {who is [g.age]|and the parents too}, in [g.street].
# + i
[i.full], of [i.street], is {[i.age] years old|[i.age]}.
[i.full] lives in [i.street], and so does [q.full].
`,
    ),
    plan(
      "school friends",
      `h=child f=friend:h g=child k=friend:g
# title
{Register of Merrowick|The Town Register}: {Who Sits Beside Whom|The Benches at School}
{The Schoolmaster's Notes|Who Plays with Whom}
# ++ h
[h.full] is {friends|the best of friends} with [h.friend].
{The friend of|A friend of} [h.full] is [h.friend], {of [f.street]|who lives in [f.street]}.
[f.full] {sits beside [h.full]: they are friends|is a friend of [h.full]}.
# ++ g
[g.full] and [g.friend] are friends.
{Ask for a friend of [g.full], and people name|The friend of [g.full] is} [g.friend].
[k.full] is friends with [g.full]. [k.full] {lives in|is of} [k.street].
`,
    ),
    plan(
      "the retired",
      `h=retired g=retired i=retired
# title
{Register of Merrowick|The Town Register}: {Those Who Rest|The Retired}
{The Bench in the Sun|Who Was What}
# + h
[h.full], aged [h.age], is a [h.trade] and lives in [h.street].
By trade [h.full] is a [h.trade]{, as everybody knows| now}.
[h.full] of [h.street] is a [h.trade], {and misses the work|and sleeps late}.
# + g
A [g.trade]: [g.full]{, of [g.street]|, who is [g.age]}.
[g.full], the [g.trade], {is found in|lives in} [g.street].
# + i
[i.full] is a [i.trade]{ of [i.age] years|}.
{Ask [i.full], of [i.street]|Best known of them is [i.full]}, who is a [i.trade].
`,
    ),
    plan(
      "boats",
      `b=boat o=owner:b c=boat p=owner:c
# title
{Register of Boats|The Harbour Master's Book}: The [b.name] and the [c.name]
{What Lies in the Harbour|At the Quay}
# + b
[b] is {painted [b.colour]|[b.colour]}, lies at [b.berth] and belongs to [o.full].
[o.full] is the owner of [b], {a [b.colour] [b.kind]|which is [b.colour]}. One finds her at [b.berth].
At [b.berth] lies [b]: [b.colour], and owned by [o.full].
# + c
[c] is {[c.colour] all over|[c.colour]}. Her owner is [p.full], and her berth is at [c.berth].
[c], a [c.colour] [c.kind], lies at [c.berth]. She is the boat of [p.full].
[p.full] owns [c]. She is [c.colour] and lies at [c.berth].
# end ?
{The owner of|Whoever wants to hire} [b] {lives in [o.street]|should ask in [o.street]}.
{Nothing else to report|The rest is fish}.
`,
    ),
    plan(
      "animals",
      `a=animal o=owner:a d=animal p=owner:d
# title
{Register of Animals|The Beadle's Book}: [a.name] and [d.name]
{Who Barks and Who Brays|Fur and Feather}
# + a
[a.name] is a [a.kind] and belongs to [o.full], of [o.street].
[o.full] is the owner of [a.name], a [a.colour] [a.kind].
The [a.kind] called [a.name] is the animal of [o.full].
# + d
[d.name], a [d.kind], is owned by [p.full].
The owner of [d.name] is [p.full], and [d.name] is a [d.kind].
[p.full], of [p.street], owns the [d.kind] [d.name].
# end ?
Both have been {warned|fed}.
[a.name] likes [a.likes], and [d.name] likes [d.likes].
`,
    ),
    plan(
      "friends and couples",
      `a=anyone b=anyone c=anyone d=anyone e=anyone f=anyone j=worker k=spouse:j l=worker m=spouse:l n=worker o=spouse:n
# title
{Register of Merrowick|The Town Register}: {Pairs|Two and Two}
{Who Belongs to Whom|Friends and Couples}
# + a
${friendOf("a")}
# b
${friendOf("b")}
# c
${friendOf("c")}
# + j
${marriage("j", "k")}
# l
${marriage("l", "m")}
# n
${marriage("n", "o")}
# + d
${friendOf("d")}
# e
${friendOf("e")}
# f
${friendOf("f")}
`,
    ),
    plan(
      "owners",
      `b=boat c=boat d=boat a=animal e=animal f=animal
# title
{Register of Merrowick|The Town Register}: {Owners|What Belongs to Whom}
{The Harbour Master's Book|The Beadle's Book}: Owners
# + b
${boatOwner("b")}
# c
${boatOwner("c")}
# d
${boatOwner("d")}
# + a
${animalOwner("a")}
# e
${animalOwner("e")}
# f
${animalOwner("f")}
`,
    ),
  ],
};

/** Ways to tell of the friend of a part. */
function friendOf(part: string): string {
  return `?${part}-friend: [${part}.full] is friends with [${part}.friend].
?${part}-friend: {A friend of [${part}.full]|The friend of [${part}.full]} is [${part}.friend].
?${part}-friend: {Whom does one see with [${part}.full]?|[${part}.full] has a friend:} [${part}.friend].`;
}

/** Ways to tell that two parts are married. */
function marriage(one: string, other: string): string {
  return `[${one}.full] is married to [${one}.spouse].
[${other}.full] {is married to|married} [${other}.spouse].
[${one}.full] and [${one}.spouse] are {married|husband and wife}.`;
}

/** Ways to tell whose a boat is. */
function boatOwner(part: string): string {
  return `[^${part}] belongs to [${part}.master].
The owner of [${part}] is [${part}.master].
[${part}.master] owns [${part}].`;
}

/** Ways to tell whose an animal is. */
function animalOwner(part: string): string {
  return `[${part}.name] belongs to [${part}.master].
The owner of [${part}.name], {a|the} [${part}.kind], is [${part}.master].
[${part}.master] owns [${part}.name].`;
}
