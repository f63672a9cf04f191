// Inventories: what lies in a cellar or a shop, what is written on the crates, and things in the order of the alphabet.
// They show how words are spelled.

import { type Kind, plan } from "./kind.ts";

/** Lists of things. */
export const INVENTORY: Kind = {
  name: "inventory",
  weight: 36,
  plans: [
    plan(
      "crates",
      `h=worker c=child t=thing u=thing v=thing w=things
# title
{Inventory|What Is in the Crates}: {The Cellar|The Loft} of [h.full]
{Crates and Labels|The Sign Painter's Morning}
# ++ crate
The first crate is marked [t.capitals]: there is a [t] in it.
On the {box|barrel} with the [u] it says [u.capitals].
[h.name] {painted|wrote} [v.capitals] on the lid, for the [v].
{Then came|The next was} the [w]: [w.capitals].
# + end
{What is it, written large?|In capitals, please,} said [c.name]. A [t] is a [t.capitals] and a [v] a [v.capitals].
{All was shut and nailed|Nothing was missing}.
`,
    ),
    plan(
      "shelves",
      `h=worker c=child l=things m=things n=things
# title
{Inventory|On the Shelves}: {In Order|By the Alphabet}
{From A to Z|The Shelves of [h.full]}
# + l
{[c.name] found|There came out of the bag}: [l]. {By the alphabet|In the order of the alphabet} that is [l.sorted].
[l], {put in order|sorted from A to Z}: [l.sorted].
# + m
{Next|On the floor} lay [m]. {Sorted|In order}: [m.sorted].
[h.name] said: [m]. [c.name] {wrote them down by the alphabet|put them on the shelf from A to Z}: [m.sorted].
# + n
{The top shelf|The last shelf} had [n]. {From last to first|The other way round} it is [n.reversed].
[n], and from A to Z: [n.sorted].
# end ?
{So one finds everything|The rest can wait}.
`,
    ),
    plan(
      "signs",
      `h=worker t=thing u=thing v=thing w=thing x=thing y=thing z=things
# title
{Inventory|Signs}: {The Sign Painter's List|Small and Large}
{Large Letters|In Capitals}
# + one
The word [t] in {capitals|capital letters} is [t.capitals], and [u] is [u.capitals].
A [t] is [t.capitals] in {capitals|capital letters}, and a [u] is [u.capitals].
# two
{Small and large|Written}: [v], [v.capitals]; [w], [w.capitals]; [x], [x.capitals].
In capitals a [v] is [v.capitals], a [w] is [w.capitals], and a [x] is [x.capitals].
# + three
{On the door|On the lid} [h.name] wrote [y.capitals], {for a [y]|since there is a [y] inside}.
{The words|Next,} [z] {in large letters|in capitals}: [z.capitals].
`,
    ),
  ],
};
