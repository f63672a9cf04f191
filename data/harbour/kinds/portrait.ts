// Portraits: a person of the town, or a place, described by somebody who knows both.

import { type Kind, plan } from "./kind.ts";

/** Portraits of people, families and places. */
export const PORTRAIT: Kind = {
  name: "portrait",
  weight: 8,
  plans: [
    plan(
      "a person at work",
      `h=worker f=friend:h k=kin:h c=anyone
# title
[h.full]
{People of Merrowick|Faces of the Town}: [h.full]
The [^h.trade] of [h.street]
# + who
[h.full] is the [h.trade]. [^h.he] is [h.age] years old and lives in [h.street].
If you need [h.makes], you go to [h.full], who is the [h.trade] {in|of} Merrowick.
{At number|The house with number} [h.number] in [h.street] {lives|is the home of} [h.full], [h.trade] by trade and [h.age] by years.
# work
[h] works at [h.work]. Most days you will find [h.him] [h.task].
Come to [h.work] {in the morning|before noon} and there [h.he] is, [h.task], with [h.tool] {close by|within reach}.
# look
{Among a hundred people|In any crowd} one would know [h.name] by [h.wears].
{In the morning|Every day} [h] puts on [h.wears], {and the street can start|as a ship puts up her flag}.
You can tell [h.him] {by|from far away by} [h.wears].
{Nobody has ever seen [h.him] without|[h.he] always wears} [h.wears]. {There may be a reason|It began as a joke}.
# + kin
At home there is [h.his] [k.rel], [k.full], who is [k.age]. {They argue about the stove|There is a good deal of laughing}.
{Of the family one should mention|One meets [h.him] often with} [k.full], [h.his] [k.rel].
[k.full] is [h.his] [k.rel]. {They have the same laugh|One cannot tell their voices apart on the stairs}.
[h] has a [k.rel] called [k.name], {of whom [h.he] is proud|and speaks of little else}.
# friend
When [h.name] has {bad news|good news}, the first to hear it is [f.full], [h.his] best friend. {So it has been for years|They meet half-way, at the pump}.
Ask for [h.his] best friend, and everybody will say: [h.friend]. {They once shared a boat and a toothache|There was a quarrel once, and both have forgotten it}.
[h.name's] best friend is [h.friend]. {On Sundays they walk out to the breakwater|They play draughts and both cheat}.
[f.full] has been [h.his] friend {since school|for longer than either can remember}. {They do not need many words|They share a newspaper and never agree who reads it first}.
# habit
[h] is known for [h.habit]. {Dogs come to it|One gets fond of that}.
{Strangers wonder about|The first thing one notices is} [h.habit]. {After a week one misses it|It means that all is well}.
{There is one thing|People smile}: [h.name] cannot stop [h.habit]. 
[h.p] friends put up with [h.habit]. {After all, they have their own ways|It could be worse}.
# + likes
{Two things about [h.name]|It is soon told}: [h.he] loves [h.likes] and runs from [h.fears].
For [h.likes] [h.name] will walk five miles. {To get away from|At the mere thought of} [h.fears] [h.he] will {walk ten|run}.
[h] likes [h.likes]. [^h.he] is afraid of [h.fears]. {That is all anyone needs to know|It is good to know both about a person}.
Offer [h.him] [h.likes] and {you have won|the day is saved}. {Never|Better not} mention [h.fears].
# wants
Once, {late in the evening|after two glasses}, [h.name] {told|said} what [h.he] dreams of: [h.wants].
[h] still wants [h.wants], {and why not|and puts a penny in a jar for it}.
And {what does [h.he] want|if [h.he] had one wish}? [^h.wants]. {One day, perhaps|There are smaller dreams}.
Somewhere {at the back of the drawer|under the apron} there is a dream: [h.wants].
# saying
?h-saying: "[h.saying]," [h.he] says. {You will hear it before you have shut the door|It suits most occasions|Children say it after [h.him]|It might as well be painted on the wall}.
?h-saying: {If you meet [h.him], wait for it|Stay a while}. {Sooner or later|In the end} [h.he] will say: "[h.saying]."
`,
    ),
    plan(
      "a child",
      `h=child f=friend:h k=parent:h s=kin:h
# title
[h.full], Aged [^h.age]
{The Youngest|Children} of [h.street]: [h.name]
[h.name]
# + who
[^h.age] years old, {quick|small} and {seldom clean|hard to catch}: that is [h.full] of [h.street].
{Who is that|Whose feet are those}, {running down|up on the wall in} [h.street]? It is [h.full], aged [h.age].
[h.full] is [h.age]. [^h.he] lives in [h.street] with [h.his] [k.rel], [k.full], {and the rest|and whoever else is hungry}.
In [h.street] there lives a [h.kid] of [h.age], [h.full].
# kin
[h.p] [k.rel] is [k.full], the [k.trade]. {Both of them are stubborn|People say they walk alike}.
[k.full], the [k.trade], is [h.his] [k.rel], and [s.full] is [h.his] [s.rel].
# friend
If you look for [h.name], look for [f.full]; {where one is the other is|they come in pairs}. They are best friends.
[h.name] and [f.full] are best friends. {They have sworn it with tar|It began with a bitten apple}.
The best friend of [h.name] is [h.friend]. {You rarely see one alone|They have a language that uses only three words}.
[f.full], who is [f.age], is [h.his] best friend. {They share|Between them they own} {a knife, a secret and half a boat|one good pair of skates}.
# + likes
[h] likes [h.likes] and wants [h.wants]. {Teachers sigh|Nobody laughs at it twice}.
More than anything [h.he] wants [h.wants]. Until then, [h.likes] will do.
# fear
{In the dark|On a dare} [h.name] will go anywhere, but not where there is any talk of [h.fears].
[h] would {fight a bear|swim to the rock}, [h.he] says. But [h.fears]? {No, thank you|That is different}.
{There is only one thing|Just one thing on earth} [h.he] cannot stand, and that is [h.fears].
?h-child: [h] is afraid of [h.fears], {but does not say so|and of nothing else}.
# look
{One hears|You will notice} [h.habit], and round the corner comes [h.wears], and inside it is [h.name].
{What [h.name] wears is|In all seasons you see [h.him] in} [h.wears]. {It was bought to grow into|Nobody knows what colour it was}.
[h] wears [h.wears] {whenever possible|even to chapel}, and is known for [h.habit].
{Look for|You will see} [h.wears] {running|going by at great speed}; that is [h.he]. {Note also|One more sign is} [h.habit].
# + dream
{At school|In class} [h.he] sits by the window, {and that explains the marks|which was a mistake, the teacher says}.
{The pockets of [h.name] hold|In [h.his] pockets there are} {string, a crust, a dead beetle|nine shells and a key to nothing}, {all of it needed|in case}.
{When [h.he] is big|Later on} [h.he] means to be {a pilot|a pirate, but a kind one|somebody who is asked}. {At present|For now} there is school.
{Ask [h.him] anything|Talk to [h.him]} about {tides|crabs|how bread is made|knots}, {for an answer|and bring a chair}.
`,
    ),
    plan(
      "a place",
      `p=place w=keeper:p v=worker q=open c=child
# title
[^p]
{A Walk to|A Visit to} [p]
{Places to Know|Round the Town}: [p]
# + where
[^p] {is in|stands in|is to be found in} [p.street], {beside|right next to} [p.beside].
You walk along [p.street] until you see [p.mark]. That is [p].
# sense
It smells of [p.smell]. {Shut your eyes and you would know it|{It gets into your coat, and you do not mind|Dogs walk more slowly there|One could find the place in the dark}}.
{First you smell it|The nose gets there first}: [p.smell].
# mark
{Everyone looks at|The first thing one sees is} [p.mark]. {Strangers draw it|Nobody can say how old it is|It has been there longer than the oldest cat}.
{Children touch|People have always touched} [p.mark] {in passing|for luck}.
# + who
[w.full] works there. [^w.he] is the [w.trade], and is mostly [w.task].
There you will meet [w.full], [w.age], the [w.trade], with [w.tool].
# thing
From here come [w.makes]. {Half the town lives by them|There is not a house without them|One cannot think of the place without them|People ask for nothing else}.
{What you carry home from there|The thing to ask for} is [w.makes].
# talk
{There is nearly always somebody leaning by the door|It is a good place to hear news|People stop there on the way to somewhere else|One never has to wait long for company}. {[c.name] knows|[c.full] can show you} a {gap in the wall|short cut} that leads {straight to [q]|back to [q]}.
?w-saying: "[w.saying]," says [w.name] to {everyone who comes in|dogs and bishops alike}.
# + hour
{Go|It is best to go} {early|towards evening}, when {the light comes in low|there is time to talk}. {Wipe your feet|Do not lean on anything}.
{In winter the windows steam|On wet days it is full of people who only want to get dry}. {In summer the door stands open|Then it is warm, and there is a joke going round}.
{I have been there a hundred times|One comes out again} {and always seen something new|with more than one went in for}.
`,
    ),
    plan(
      "a family",
      `h=adult s=spouse:h c=kid:h b=worker
# title
The Family [h.last]
{Families of Merrowick|Our Neighbours}: the [h.last] Family
[h.number] [h.street]
# + house
{Knock|You may knock} at [h.number] [h.street] {at any hour|before you come in}: that is the [h.last] family.
{Half-way along|In the middle of} [h.street], at number [h.number], {there is always a light|somebody is always calling somebody}. The [h.last] family lives there.
At [h.number] [h.street] live the [h.last] family. {There is a boot in the hall for every weather|The door sticks, and everyone knows just where to push}.
The [h.last] family lives in [h.street]. {You can hear them before you see the house|Theirs is the door with the dented letter box}.
# parents
The {head|heart} of the house is [h.full], the [h.trade], {or else|unless it is} [h.his] [s.rel] [s.full], the [s.trade].
[s.full] is the [s.trade]. [s] is married to [h.full], the [h.trade].
[h.full], [h.age], is the [h.trade]. [h.name's] [s.rel] is [s.full], the [s.trade].
[h.full] and [s.full] are married. {One|The one} is the [h.trade] and the other the [s.trade].
# child
[c.full] is their [c.rel] and is [c.age] years old.
Their [c.rel], [c.full], is [c.age]. [^c.he] likes [c.likes].
# + ways
{At table|Of an evening} there is [h.habit] at one end, for that is [h.name], and [s.habit] at the other, for that is [s.name].
{On Sundays|If there is money} [h.name] has [h.likes], [s.name] has [s.likes], and [c.name], who would rather have [c.likes], {gets some of both|waits for a birthday}.
[h.name] likes [h.likes]; [s.name] prefers [s.likes]. {So there are two suppers|On birthdays there is both}.
[h.name] is known for [h.habit], [s.name] for [s.habit], {and [c.name] for hiding|so it is a lively house}.
# fear
[s.name] is afraid of [s.fears], and [h.name] of [h.fears]. {They take turns at being brave|So one of them goes first in any case|It takes two to make one hero|Fortunately the two seldom come together}.
# wish
What does [h.name] want? [^h.wants]. And [s.name]? [^s.wants]. {So they save in two jars|One can hear them planning through the wall|They have promised each other to do it together, both things}.
{Do not ask for their plans|They have plans}: [c.name] alone wants [c.wants], {and begins on it every Saturday|which will need a bigger house}.
{They dream|Each of them dreams}: [h.name] wants [h.wants], and [c.name] wants [c.wants]. {The house is full of plans|There is not room for it all}.
# visitor ?
[b.full], the [b.trade], {drops in on Fridays|has eaten there so often that there is a fourth hook by the door}.
`,
    ),
  ],
};
