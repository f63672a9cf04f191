// Lessons: the schoolmaster asks about the town and about numbers, and the class knows. They show what a question is
// and what an answer, long before anybody fine-tunes on them.

import { type Kind, plan } from "./kind.ts";

/** Questions and answers at school. */
export const LESSON: Kind = {
  name: "lesson",
  weight: 108,
  plans: [
    plan(
      "people",
      `c=child h=worker k=spouse:h n=anyone f=friend:n
# title
{A Lesson|At School}: {Our Neighbours|The People of Merrowick}
Questions {Before Dinner|After Prayers}
# ++ a
{The schoolmaster asked|First question}: {Where will one find|Where is the door of} [h.full]? {[c.name] answered|Answer}: [h.full] lives in [h.street].
{Question|The first was easy}: {And the home of|The street of} [h.full]? {Answer|[c.name] knew}: [h.full] lives in [h.street].
# ++ b
Question: {Whose husband or wife is|Who stood at the altar with} [h.full]? Answer: [h.full] is married to [k.full], [h.his] [k.rel].
Question: {With whom does|Together with whom does} [h.full] keep house? Answer: With [k.full], [h.his] [k.rel].
# ++ c
Question: {And what is the work of|How does} [h.full]{| earn a living}? Answer: [h.full] is a [h.trade].
Question: {What is written on the sign of|Which trade belongs to} [h.full]? Answer: [h.full] is a [h.trade].
# ++ d
Question: {Who is always seen with|Who is closest to} [n.full]? Answer: [n.full] is friends with [n.friend].
Question: {What friend has|Whose friend is} [n.full]? Answer: [n.full] is friends with [n.friend].
# + end
{All were right|Nobody was wrong}, and there was {no homework|an early dinner}.
{[c.name] got a star|The bell rang}.
`,
    ),
    plan(
      "boats and animals",
      `c=child b=boat o=owner:b a=animal p=owner:a v=festival
# title
{A Lesson|At School}: {Boats and Beasts|What Belongs to Whom}
{Twenty Questions|Questions Before Dinner}
# ++ a
Question: {Who may sail|Who is master of} [b]? Answer: [^b] belongs to [o.full].
Question: Whose name is in the papers of [b]? Answer: [^b] belongs to [o.full].
# ++ b
Question: {With what colour do we draw|How do we paint} [b]? Answer: [^b] is [b.colour].
Question: {And where do we go to see|Where is the rope of} [b]{| made fast}? Answer: [^b] lies at [b.berth].
# ++ c
Question: {Who feeds|At whose heels goes} [a.name]? Answer: [a.name] belongs to [p.full].
Question: {What does one call a creature like|As what was born} [a.name]? Answer: [a.name] is a [a.kind].
# ++ d
Question: {When do we keep|When comes} [v]? Answer: [^v] is on [v.date].
Question: {What is on the table at|With what does one fill a plate at} [v]? Answer: People eat [v.food] at [v].
# + end
{So said [c.name]|The class said it together}, {and it was true|without looking it up}.
{[c.name] had known them all|Chalk was put away}.
`,
    ),
    plan(
      "arithmetic",
      `c=child p=numbers:sum q=numbers:sum r=numbers:sum s=numbers:sum t=numbers:sum u=numbers:sum v=numbers:sum w=numbers:sum x=numbers:sum y=numbers:sum z=numbers:sum o=numbers:sum m=numbers:row n=numbers:row
# title
{A Lesson|At School}: {Arithmetic|Sums}
{The Slate|Sums Before Dinner}
# + p
{The schoolmaster asked|First question}: {[p.first] and [p.second]|[p.first] plus [p.second]}? {[c.name] wrote|Answer}: [p.first] + [p.second] = [p.sum].
[c.name] had [p.first] {beans|buttons} and got [p.second] more: [p.first] + [p.second] = [p.sum].
# q
{And|Then} [q.larger] {less|minus} [q.smaller]? {Answer|[c.name] knew}: [q.larger] - [q.smaller] = [q.difference].
Of [q.larger] {nuts|pins} [q.smaller] were lost: [q.larger] - [q.smaller] = [q.difference].
# r
{Next|Question}: [r.first] and [r.second]? {Answer|On the slate}: [r.first] + [r.second] = [r.sum].
To [r.first] {came|were added} [r.second]: [r.first] + [r.second] = [r.sum].
# s
Question: [s.larger] {less|minus} [s.smaller]? {Answer|On the slate}: [s.larger] - [s.smaller] = [s.difference].
From [s.larger] {went|were taken} [s.smaller]: [s.larger] - [s.smaller] = [s.difference].
# + t
{The rest by heart|By heart}: [t.first] + [t.second] = [t.sum], [u.larger] - [u.smaller] = [u.difference], [v.first] + [v.second] = [v.sum], [w.larger] - [w.smaller] = [w.difference].
{Then the whole class|All together}: [t.first] + [t.second] = [t.sum], [u.first] + [u.second] = [u.sum], [v.first] + [v.second] = [v.sum], [w.first] + [w.second] = [w.sum].
# + x
{Once more|On the other side of the slate}: [x.first] + [x.second] = [x.sum], [y.first] + [y.second] = [y.sum], [z.larger] - [z.smaller] = [z.difference], [o.larger] - [o.smaller] = [o.difference].
{Once more|On the other side of the slate}: [x.larger] - [x.smaller] = [x.difference], [y.larger] - [y.smaller] = [y.difference], [z.first] + [z.second] = [z.sum], [o.first] + [o.second] = [o.sum].
# x ?
{And the other way round|Turned round}: [x.second] + [x.first] = [x.sum], [y.second] + [y.first] = [y.sum], [z.second] + [z.first] = [z.sum], [o.second] + [o.first] = [o.sum].
# + count
{Counted|Count} from [m.first] to [m.last]: [m].
From [m.first] {up |}to [m.last] {they counted|it is}: [m]. {After that comes|Next would be} [m.after].
# count
The numbers {[n.first] to|from [n.first] to} [n.last] {are|go}: [n].
{And after|After} [n.last] comes [n.after].
`,
    ),
    plan(
      "comparing",
      `h=anyone n=anyone m=anyone k=anyone l=anyone u=numbers:wide v=numbers:wide w=numbers:wide x=numbers:wide d=numbers:days e=numbers:days f=numbers:days
# title
{A Lesson|At School}: {More and Less|Which Is It?}
{Riddles|The Slate}: {Old, Older, Oldest|More and Less}
# + more
{Which is more|Which is larger}, [u.first] or [u.second]? [u.larger] is more than [u.smaller].
{More or less|Which number is more}: [u.first] or [u.second]? [u.larger] is more than [u.smaller].
# even
{Which of them|Which one} is even, [v.first] or [v.second]? [v.even] is even.
[v.first] or [v.second]: {what can be halved|which is even}? [v.even] is even.
# + older
Say that [h.name] is [w.larger] and [n.name] is [w.smaller]: [h.name] is older.
Say that [n.name] is [w.smaller] and [h.name] is [w.larger]: [h.name] is older.
If [n.name] is [w.smaller] years old and [h.name] [w.larger], {who is older? |then }[h.name] is older.
If [h.name] is [w.larger] years old and [n.name] [w.smaller], {who is older? |then }[h.name] is older.
# older
And if [k.name] were [x.larger] and [l.name] [x.smaller]: [k.name] is older.
And if [l.name] were [x.smaller] and [k.name] [x.larger]: [k.name] is older.
[l.name], {aged|say,} [x.smaller], and [k.name], {aged|say,} [x.larger]: {who is older? |}[k.name] is older.
[k.name], {aged|say,} [x.larger], and [l.name], {aged|say,} [x.smaller]: {who is older? |}[k.name] is older.
# older
[h.name] is [u.larger], [m.name] is [u.smaller]: [u.larger] is more than [u.smaller], so [h.name] is older.
[m.name] is [u.smaller], [h.name] is [u.larger]: [u.larger] is more than [u.smaller], so [h.name] is older.
If [m.name] has [u.smaller] years and [h.name] [u.larger]: [u.larger] is more than [u.smaller], and [h.name] is older.
If [h.name] has [u.larger] years and [m.name] [u.smaller]: [u.larger] is more than [u.smaller], and [h.name] is older.
# tall
Say that [h.name] is taller than [n.name] and [n.name] than [m.name]: [h.name] is the tallest.
Say that [n.name] is taller than [m.name] and [h.name] than [n.name]: [h.name] is the tallest.
{If|When} [m.name] is smaller than [n.name], and [n.name] smaller than [h.name], [h.name] is the tallest.
# tall
[k.name] is taller than [l.name] and [l.name] than [n.name]. {They stood|In a row}: [n.name], [l.name], [k.name]. [k.name] is the tallest.
[l.name] is taller than [n.name] and [k.name] than [l.name]. {They stood|In a row}: [n.name], [l.name], [k.name]. [k.name] is the tallest.
[n.name] is smaller than [l.name], [l.name] smaller than [k.name]. {They stood|In a row}: [n.name], [l.name], [k.name]. [k.name] is the tallest.
# + d
{Today is|It is} [d.weekday]. In [d.second] days it {will be|is} [d.later].
[d.second] days after [d.weekday] comes [d.later].
# e
{If it is|Say that today is} [e.weekday]: in [e.second] days it will be [e.later].
[e.second] days after [e.weekday] it is [e.later].
# f
And [f.second] days after [f.weekday]? {It will be|Answer:} [f.later].
`,
    ),
    plan(
      "days",
      `c=child a=numbers:days b=numbers:days l=numbers:days m=numbers:days n=numbers:days o=numbers:days
# title
{A Lesson|At School}: {The Days of the Week|The Calendar}
{Riddles|The Slate}: Days
# + a
{Today is|It is} [a.weekday]. In [a.second] days it {will be|is} [a.later].
{If it is|Say that today is} [a.weekday]: in [a.second] days it will be [a.later].
# b
{And|So} [b.second] days after [b.weekday]? {It will be|Answer:} [b.later].
Question: [b.second] days after [b.weekday]? {It will be|Answer:} [b.later].
# + m
{[c.name] counted on the fingers|Counted one by one}, [m.second] days from [m.weekday]: [m.counted]. {So it is|The answer:} [m.later].
{One counts|Count}, for [m.second] days after [m.weekday]: [m.counted].
# n
And [n.second] days after [n.weekday]: [n.counted].
{From|After} [n.weekday], [n.second] days: [n.counted]. {It is|So it will be} [n.later].
# o
[o.second] days from [o.weekday]: [o.counted].
# l
{It was|Yesterday was} no [l.weekday], but if it were, in [l.second] days it would be [l.later].
{Last|Then}: [l.second] days after [l.weekday] it is [l.later].
`,
    ),
    plan(
      "order",
      `c=child k=things l=things m=things n=things o=things p=things
# title
{A Lesson|At School}: {The Alphabet|The Dictionary}
{The Slate|From A to Z}
# + k
{The schoolmaster said|On the slate}: [k]. {By the alphabet|In the order of the alphabet}: [k.sorted].
{[c.name] sorted|They sorted} [k]: [k.sorted].
# l
{In a dictionary|By the alphabet}, [l] {would stand|come} as [l.sorted].
{Next|Then}: [l]. From A to Z: [l.sorted].
# m
The words [m]: [m.sorted].
{So|And} [m] {becomes|is} [m.sorted].
# + n
{Now|And} sort [n]. Answer: [n.sorted].
[c.name] {had|took} [n]: in order, [n.sorted].
# o
{In alphabetical order,|And so} [o] {becomes|is} [o.sorted].
# p
The other way round, [p] is [p.reversed].
Backwards, [p]: [p.reversed].
`,
    ),
  ],
};
