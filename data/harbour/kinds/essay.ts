// School compositions and the question box: children and readers write about what they know.

import { type Kind, plan } from "./kind.ts";

/** Compositions. */
export const ESSAY: Kind = {
  name: "composition",
  weight: 5,
  plans: [
    plan(
      "my animal",
      `h=child a=animal o=owner:a k=kin:h
# title
My Favourite Animal, by [h.full]
[a.name], by [h.full], Aged [^h.age]
# + a
My favourite animal is [a.name]. [^a.he] is a [a.kind] and [a.he] is [a.colour].
{I am going to write|This is|I shall tell you} about [a.name], who is a [a.kind]. {The teacher said to choose something we know well|I know [a.him] better than sums}.
# b
[a] belongs to [a.owner], {not to me, which is a pity|but I am allowed to visit}.
[a.owner] owns [a.him], and lives in [o.street].
# c
[a] lives for [a.likes], {mostly|and for nothing else}. {It is not so hard to understand|Once [a.he] ate my homework as well, it is true, Miss}.
What [a.he] likes best is [a.likes].
# ++ d
{A [a.kind] has four corners and one opinion|The use of a [a.kind] is to be looked at and to be warm}.
[a] is very {clever|intelligent}. [^a.he] can tell {Sundays from weekdays|a kind person from a bag of flour}.
# e
Some people do not like [a.him], because of [a.habit]. {I think it is only because [a.he] is bored|But everybody has something}.
The only bad thing is [a.habit]. {My [k.rel] [k.name] has [k.habit], and nobody says a word|We forgive [a.him]}.
# f
When I was {sad|ill} [a.he] {came and sat on my feet|looked in at the window}. {You cannot explain that|That is not in any book}.
I once told [a.him] a secret, and [a.he] has not told it {to this day|yet}.
# ++ g
{If I had a wish|When I am grown up} I would have one just like [a.him]{|, or a whale}. The end.
That is all I know about the [a.kind]. {I could write more but my pen is tired|There is a drawing on the back}.
`,
    ),
    plan(
      "what I want to be",
      `h=child w=worker p=work:w k=parent:h f=friend:h
# title
What I Want to Be, by [h.full]
When I Grow Up. By [h.full], Aged [^h.age]
# + a
When I grow up I want to be a [w.trade], like [w.full].
Most people in my class want to be {pirates|queens}. I want to be a [w.trade].
# b
You work at [p], in [p.street], and it smells of [p.smell] {all day long|and so do you}.
A [w.trade] works at [p], next to [p.beside]. {You cannot miss it|I go past it every day}.
# c
You need [w.tool] and {strong arms|patience|a good breakfast}. You spend the day [w.task].
It is a {good|fine|proper} thing to be, {because you make|for you make} [w.makes], and {people always need that|nobody laughs at you}.
# ++ d
[w.full] let me try it once. I was not very good, but [w.he] said {nobody was dead|I had the hands for it}.
I asked [w.full] if it is hard. [^w.he] said {only on Mondays|it is hard and then one day it is not}.
# e
My [k.rel] is a [k.trade], and thinks I should be one too. {We shall see|I have not said anything yet}.
My friend [f.name] wants [f.wants]. {That is not a trade, I said|I hope we can live next door}.
# ++ f
I also want [h.wants], but {the teacher says one thing at a time|that is for Sundays}.
{If it does not work out|Otherwise} I shall {keep bees|sail away|stay nine for as long as possible}.
# g
{I have practised already|I am saving up for the tool}. I have {fourpence|the apron}.
That is {what I want to be|my plan|how it will be}. {Thank you for reading|I hope there are enough words now}.
`,
    ),
    plan(
      "our town",
      `h=child p=place q=place v=festival b=boat w=keeper:p
# title
Our Town, by [h.full]
Merrowick. A Composition by [h.full], Aged [^h.age]
# + a
Our town is called Merrowick. It is by the sea, and {at high water the sea is nearly by us|when it is foggy you have to believe that}.
I live in [h.street] in Merrowick. {It is not big but it is all there|There are eleven streets and I have fallen down in each of them}.
# b
The {best|most interesting} place is [p] in [p.street]. It has [p.mark].
{If you come|When you visit us}, go to [p] first. You will find it by [p.mark]. [w.full] works there.
# c
[w.full] is the [w.trade] and makes, or sells, [w.makes]. {I am not allowed to touch anything|[w.he] knows my name}.
Then there is [q], which is in [q.street] and smells of [q.smell].
# ++ d
We have forty-two boats. I like [b] best, because she is [b.colour] and has [b.mark]. She belongs to [b.owner].
{In the harbour|On the water} you can see [b], [b.owner's] [b.kind]. She is [b.colour]. {When she comes in, I wave|I could draw her with my eyes shut}.
# e
The best day of the year is [v], [v.date]. There is [v.food] and [v.custom].
On [v.date] we have [v]. It began when [v.origin]. {I believe it|It is quite true}.
# ++ f
{People who go away|Those who leave} {come back|write letters}. {It is because of the light|I think it must be the bread}.
{My aunt lives in a city and says it is louder there, and nobody knows when high water is|There are bigger towns, but I would not know anyone there}.
# g
I would not like to live {anywhere else|in another town}, except perhaps {on the moon|in the lighthouse}.
{That is our town|I have finished}. {My hand hurts|There is one more thing, the goats, but the page is full}.
`,
    ),
    plan(
      "the question box",
      `a=worker b=boat d=animal v=festival p=place c=adult e=child w=keeper:p
# title
The Question Box
{Readers|People} Ask, the Librarian Answers
{Asked and Answered|Questions in the Reading Room}
# ++ q x5
Who is the [a.trade]? [a.full] is {the [a.trade]|one}, of [a.street].
Where does [a.full] work? At [a.work]. [a.he] is the [a.trade].
How old is [c.full]? [^c.age]. {One does not see it|[c.he] told us so}.
Where does [c.full] live? In [c.street], at number [c.number].
What colour is [b]? {She is|The [b.kind] is} [b.colour].
Whose boat is [b]? She belongs to [b.owner].
What kind of boat is [b]? {She is|It is} a [b.kind].
When is [v]? On [v.date].
What does one eat on [v]? [^v.food]. {As much as possible|It tastes of that day only}.
Who leads [v]? [v.leader] does.
Whose [d.kind] is [d.name]? [d.owner's].
What does [d.name] like best? {The answer is short|Everyone knows}: [d.likes].
Where is [p]? In [p.street], {next to|beside} [p.beside].
Who works at [p]? [w.full], the [w.trade], {among others|and you may say we sent you}.
What is [e.full] afraid of? [^e.fears]. {But do not tell|So are many}.
What does [c.full] want most? [^c.wants].
Who is the best friend of [e.full]? [e.friend].
What is [c.full] always doing? [^c.habit].
?a-saying: Who says "[a.saying]"? That is [a.full], {and nobody else|at least twice a day}.
What does [a.full] use all day? [^a.tool].
# ++ last
{That is all for this week|No more room}. Put your questions in the box {by the stove|under the cat}. Philippa Ashby, librarian.
{Why is the sea|How far is up}? {We do not know|The librarian is still reading about that}.
`,
    ),
  ],
};
