// Games: children say words again, some of which mean nothing, spell them, turn them round, and ask who has what. They
// show that what comes next may have to be looked up a few words before.

import { type Kind, plan } from "./kind.ts";

/** Word games. */
export const GAME: Kind = {
  name: "game",
  weight: 44,
  plans: [
    plan(
      "echo",
      `h=child f=friend:h w=thing x=word v=thing y=things z=things
# title
{A Game|At the Well}: {Echo|Say It After Me}
{Once More|The Echo Game}
# ++ echo
[h.name] called: [w]. {The well|[f.name]} answered: [w], [w].
{Then came|Harder was} [x]. {Again:|And back came} [x]. [f.name] wrote it large: [x.capitals].
[f.name] whispered [v]. {So [h.name] said|What did it sound like?} [v], and "[v]" it was.
# ++ row
[h.name] called: [y]. {Backwards|From behind} it was [y.reversed].
[f.name] {called|sang}: [z]. {As the alphabet has them|As in the dictionary}: [z.sorted].
{Three at once|All together}: [y]. And the echo: [y].
# + end
{What was the first word?|How did it begin?} [w], {of course|said [f.name]}.
{How is [v] written large?|On the wall it says} [v.capitals].
`,
    ),
    plan(
      "who has what",
      `h=anyone f=friend:h n=anyone m=anyone k=anyone s=thing t=thing u=thing v=word a=thing b=thing p=quality q=quality
# title
{A Game|In the Yard}: {Who Holds What|Hands Behind the Back}
{Guess and Tell|Three Hands}
# ++ hands
[h.name] holds the [t], [n.name] holds the [u]. {And the [u]|Whose hand has the [u]}? [n.name] has the [u].
The [v] went to [f.name] and the [t] to [h.name]. {And who got the [v]|The [v]}? [f.name] has the [v].
[n.name] gave the [u] to [f.name] and the [v] to [h.name]. {Who is it that got the [u]|The [u] now}? [f.name] has the [u].
The [s] is with [h.name], the [v] with [f.name]. {Where would one look for the [s]|The [s]}? [h.name] has the [s].
# + both
[m.name] bought the [a] and [k.name] bought the [b]. Who has the [a]? [m.name] has the [a]. Who has the [b]? [k.name] has the [b].
[k.name] has the [b] and [m.name] has the [a]. {And now, who has|Who has} the [a]? [m.name] has the [a]. And the [b]? [k.name] has the [b].
The [a] is with [m.name], the [b] with [k.name]. Whose is the [b]? [k.name] has the [b]. And whose is the [a]? [m.name] has the [a].
The [b] belongs to [k.name] and the [a] to [m.name]. By whom is the [a] kept? [m.name] has the [a]. And the [b]? [k.name] has the [b].
# + like
{[h.name] said|It was said} that the [s] is [p]. {And how is|Now, how was} the [s]? The [s] is [p].
{[h.name] found|Here comes} a [q] [t]. {How is|And how is} the [t]? The [t] is [q].
In the bag lies a [p] [u]. {What does the bag hold|Who can tell what it is}? A [p] [u].
# + tell
{I am called [n.name]|They named me [n.name]}. {Who am I|So who are you}? Your name is [n.name].
In the box is a [s]. {What did you put there|Guess}: a [s].
"A [t]," said [h.name]. {What did [h.name] say|Pardon}? A [t].
`,
    ),
  ],
};
