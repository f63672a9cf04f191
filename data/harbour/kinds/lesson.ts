// Lessons: the schoolmaster asks about the town, and the class knows. They show what a question is and what an
// answer, long before anybody fine-tunes on them.

import { type Kind, plan } from "./kind.ts";

/** Questions and answers at school. */
export const LESSON: Kind = {
  name: "lesson",
  weight: 30,
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
  ],
};
