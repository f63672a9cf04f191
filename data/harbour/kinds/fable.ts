// Bedtime tales that the old tell the young: things and beasts that talk, a small folly, a small wisdom.

import { type Kind, plan } from "./kind.ts";

/** How a tale is framed: who tells it to whom. */
const FRAME = `
# frame ?
{Old [h.full] tells it like this|This is one of old [h.full]'s tales}.
When [c.full] could not sleep, old [h.full], who is [h.age], told [c.him] this.
{There is a tale|I have a tale} from [h.full] of [h.street], who had it from {a tinker|nobody}.
`;

const AFTER = `
# ++ after ?
"{Is that the end|And then}?" asked [c.name]. "{Then|Now} it is time to {sleep|put out the lamp}," said old [h.name].
"{I knew it|I like that one}," said [c.name], [c.age], and {asked for it again|was asleep before the last word}.
Old [h.name] {always stops there|says no more}. {What it means is your affair|The rest one can think for oneself|It is true, or it ought to be|Some tales have no tail}.
`;

/** Fables. */
export const FABLE: Kind = {
  name: "fable",
  weight: 7,
  plans: [
    plan(
      "the boastful thing",
      `h=elder c=child
@1 big=anchor; small=rope; boast=Without me every ship would drift away; event=a storm came, and the anchor lay on the bottom and held with all its might; lesson=the strongest iron is only as useful as the string it hangs on; did=frayed itself to a thread and did not let go
@1 big=bell; small=clapper; boast=The whole town gets up when I speak; event=the bell opened its great mouth on Sunday and nothing came out; lesson=a voice is also whoever knocks; did=had gone to be mended
@1 big=sail; small=needle; boast=I am the one who carries the ship; event=a gust tore the sail from top to bottom; lesson=those who hold things together are seldom seen; did=went in and out, in and out, until morning
@1 big=lighthouse; small=match; boast=My light goes twenty miles; event=one evening the lamp was full, the lens was clean, and it stayed dark; lesson=every great light was lit by a small one; did=came out of its box and gave the only thing it had
@1 big=oak door; small=key; boast=No one passes me; event=the house was on fire and everyone was inside; lesson=strength that cannot open is only half of strength; did=turned once, and they were saved
@1 big=clock; small=cog; boast=The sun asks me when it may rise; event=one noon the hands stood still; lesson=nobody counts the teeth until one is missing; did=had only wanted somebody to say good morning to it
# title
The [big] and the [small]
{What the [big] Said|Why the [big] Is Quiet}
${FRAME}
# + boast
"{Have you seen me in the sun|Who is like me}?" the [big] would say. "[boast]. {But you|And what are you}?"
It could not be {near|beside} the [small] without {a remark|sighing}. "[boast]," it {remarked|would begin}, {for the hundredth time|loudly, so that all could hear}.
"[boast]," said the [big] to the [small], {every day, before breakfast|and it liked the sound of it}.
The [big] looked down on the [small]. "[boast]," it said. "{And what do you do|You are hardly there at all}."
# small
The [small] {only smiled, as small things do|looked at its feet}. {It knew what it knew|There was a good deal to be done before evening}.
"{We each do our bit|Perhaps we need each other}," said the [small]. "{Ha|Need}!" said the [big].
The [small] {said nothing|was too busy to answer}. {It had its work|It was used to that}.
"{That is so|You may be right}," said the [small], {and went on with its work|which was polite by nature}.
# ++ event
Then [event].
{One day it happened|So it went until the day when the boasting stopped}: [event].
# turn
"Help!" cried the [big]. {Nobody heard but|There was nobody but} the [small]. The [small] [did].
And the [small]? It [did]. {Not for thanks|It did not make a speech}.
# ++ end
{From that day|Since then} the [big] {says good morning first|greets the [small] every morning}. {It has learned that|For it knows now:} [lesson].
"{I did not know|I have been a fool}," said the [big]. "{No harm done|You could not see me from up there}," said the [small]. {For|You see,} [lesson].
${AFTER}`,
    ),
    plan(
      "two beasts and a thing",
      `h=elder c=child
@1 one=gull; two=crab; thing=a piece of cheese; third=fox; trick=I will weigh it for you; end=ate first a bit of the heavier half and then a bit of the other, until it was perfectly fair and there was none
@1 one=cat; two=dog; thing=the warm place by the stove; third=old hen; trick=Let me keep it warm while you decide; end=hatched nine chicks there
@1 one=heron; two=otter; thing=a fat eel; third=tide; trick=Put it down and fight properly; end=came in, quite softly, and the eel went home
@1 one=goat; two=donkey; thing=the last cabbage in the garden; third=caterpillar; trick=Go and race for it; end=was found in the middle of a lace of ribs, too full to speak
@1 one=rook; two=magpie; thing=a silver spoon; third=little girl; trick=Shall I show you what is in it; end=held it up, and each saw an ugly bird upside down and flew away in fright
@1 one=mouse; two=rat; thing=a whole loaf; third=rain; trick=Leave it till tomorrow; end=turned it into porridge, and both had to eat it with a spoon, side by side
# title
The [one] and the [two]
{Who Got|Who Owns} [thing]?
The [one], the [two] and the [third]
${FRAME}
# + find
It was a {hungry|lean} year. And there lay [thing], and from the left came a [one], and from the right a [two], {at the same trot|both pretending not to hurry}.
{Two old acquaintances|Two neighbours}, a [one] and a [two], {met|bumped noses} over [thing]. "{How nice that you found it for me|Thank you for guarding it}," they said, both at once.
A [one] and a [two] {found|came upon} [thing] at the same moment. "{Mine|I saw it first}," said the [one]. "{Mine|I smelled it first}," said the [two].
There was [thing], and there were a [one] and a [two]. {That is one too many|You see the trouble}.
# quarrel
The [one] {puffed itself up|stamped}. The [two] {showed its teeth, or what it had of them|did the same}. {So it went till noon|It was not a pretty sight}.
{First came words|They argued}, and then {came feathers, fur or shell, as the case was|names}, and {the neighbours shut their windows|no one was any the fatter for it}.
They quarrelled {all morning|until their voices cracked}. The [one] {called the [two]|said the [two] was} a {rascal|thief}, and the [two] said what it thought of {the [one]'s mother|beggars in fine coats}.
{Neither would give way|They pulled and they pushed}. {Friends came and took sides and went away again|The sun climbed over their heads}.
# ++ third
Then came a [third]. "{What is all this|Such a noise}?" it {asked|said}. "{Dear, dear|I see}. [trick]."
{By and by|Just then} a [third] {came along|passed by}. "[trick]," said the [third] {in a voice like butter|kindly}.
# yes
{They ought to have wondered|Now anyone would be careful}. But {they were angry, and anger is stupid|each wished the other not to have it}, and so they {nodded|agreed}.
"{A good idea|Fair is fair}," said the [one]. "{At last somebody sensible|So be it}," said the [two]. {They were so busy watching each other|Each kept an eye on the other}, and nobody {watched|kept an eye on} the [third].
# ++ end
And the [third] [end].
{It did not take long|You can guess}. The [third] [end].
# moral
The [one] looked at the [two]. {"Half would have been a good deal," it said|They laughed, but not at once}. {Since then they share|They have been friends since, and eat early}.
{There is a lesson in it|What do we learn}: {half of something is more than all of nothing|whoever fights over a dinner feeds a stranger}.
${AFTER}`,
    ),
    plan(
      "the sea's child",
      `h=elder c=child o=open
@1 who=a wave; wish=to see what was behind the hill; how=it climbed the beach on a spring tide and went on; turn=the further it went the thinner it grew; end=it came home as rain, and told the others
@1 who=a drop of fog; wish=to be something one can hold; how=it sat down on a cobweb; turn=the night was cold and clear; end=in the morning a child held it up as a bead of ice and said it was the best of all jewels
@1 who=a star; wish=to swim; how=it let go; turn=the water hissed and was very dark; end=fishermen still see it on still nights, and call it phosphorus, but it answers to its own name
@1 who=a small wind; wish=to stay somewhere; how=it crept into a chimney and shut the damper; turn=the house could not breathe; end=it was given the corner behind the door, where it sighs and is content
@1 who=a shadow; wish=to go first for once; how=it turned round one evening; turn=the sun was in its eyes; end=it lets the others lead now, except at sunset, when it is allowed to be tall
@1 who=a pebble; wish=to be soft; how=it asked the sea for help; turn=it took ten thousand years, and hurt; end=it lies in a little girl's pocket, as smooth as a word
# title
{The Tale of|About} [who]
{What Became of [who]|A Wish from the Sea}
${FRAME}
# + once
Once there was [who] that wanted [wish]. {It asked everybody|It thought of nothing else}.
{Far out, where the charts are blue and empty,|In the old days, near [o],} there lived [who]. It had one wish, and that was [wish].
# advice
{Everyone had a reason against it|It was warned three times}. "{Others have tried|Stay where you are wet}," {they said|it heard}. {But who listens to old water|It had already made up its mind}.
"{What for|Why}?" asked {an old buoy|the cormorant}. {"Because," it said|It had no answer, only the wish}.
"{That is not for the likes of you|Be what you are}," said {the rocks|the gulls|its elders}. {But wishing is like an itch|It did not listen}.
{The moon shook her head|A cod laughed}. {"You will be sorry," said the old seal|Only the tide said, "Try"}.
# ++ how
So one {night|day} it did it: [how].
And what did it do? {You will not believe it|Listen}: [how].
# turn
{At first it was glorious|Oh, it was fine at first}! {It laughed aloud|The world was full of names}. But [turn].
{And all went well for a while|For an hour it was happy}. Then it noticed that [turn].
# think
{Now it would have given anything to be back|How far away the others were}! {It thought of the others|"If only somebody called me," it thought}.
{It was cold, and nobody knew its name|Then it was very much alone}. {For the first time it was sorry|But one cannot wish backwards}.
"{What have I done|Oh dear}," it thought. {It would have cried, but it did not know how|It was a long way from home}.
# ++ end
But {nothing is ever quite lost|the world is kind to those who try}: [end].
{And so|In the end} it came right, as things do, {a little to one side|though differently}: [end].
${AFTER}`,
    ),
    plan(
      "the three wishes of a fish",
      `h=elder c=child p=worker
@1 first=a pot that was always full; bad=it could not be stopped, and the soup went down the stairs; last=to be hungry again, just a little, before supper
@1 first=a hat that made one invisible; bad=nobody said good morning any more; last=to be seen by one person, at least
@1 first=never to be tired; bad=the nights were so long, and everyone else asleep; last=one good yawn
@1 first=a house on the hill with forty rooms; bad=one could not find the other one to say good night; last=the old house, with the door that stuck
@1 first=to know what everybody thought; bad=it was mostly about boots, and some of it was not kind; last=to be surprised again
# title
The Fish {That Spoke|in the Bucket}
{Three Wishes|The Third Wish}
${FRAME}
# + catch
A poor {fisherman|crabber} {caught|pulled up} a fish no longer than a {spoon|thumb}, and it spoke. "{Put me back|Let me go}," it said, "and you may wish three times."
{Long ago|Before there was a quay} a {woman|girl} found a fish in a {puddle|bucket}. "{I am in the wrong place|I should be further out}," it said. "{Carry me to the sea|Help me}, and there are three wishes in it for you."
# first
The first wish was {easy|quickly made}: [first].
"{I have always known it|That is soon said}." The wish was this: [first]. And {there it was|it was done}.
# bad
{It went well for a week|Everyone was amazed}. But then [bad].
But, {oh dear|you will have guessed}, [bad].
# ++ second
So the second wish was {used|spent} to {undo|take back} the first. {It often goes that way|The fish said nothing, rather loudly}.
"Fish!" {came the cry across the water|somebody called from the shore|it rang out over the bay}. "{Take it away again|Make it stop}!" {That was the second|And so two were gone}.
# think
{Now one had to be careful|There was one left}. {It lay on the heart like a stone|Whole nights went by over it}.
For the third one needed {a year|three winters}. {Neighbours came with advice|Everyone knew better}: {gold, a crown|a longer nose, a shorter way}.
# ++ third
And then? "{What I should like|What I wish for}," said the voice at the water's edge, "is [last]."
The third wish was [last]. {The fish came right up to hear it twice|"Is that all?" asked the fish}.
# end
"{That you had before|That was yours already|You might have asked for that at the beginning}," said the fish. "{I know|Yes}. {Now I know it|But I had not noticed}." 
{It was granted|The fish smiled, as far as a fish can}, and {the two of them were friends|there was nothing more to wish}.
${AFTER}`,
    ),
    plan(
      "why it is so",
      `h=elder c=child
@1 what=the gull cries; old=the gull sang more sweetly than the lark; fault=it promised the sea a song every morning and overslept; judge=sea; price=kept its voice, and gave it back only broken; now=it flies over the water asking for the rest
@1 what=crabs walk sideways; old=the crab marched straight ahead with a drum; fault=it never once looked to the left or the right, and walked through a wedding; judge=bride; price=turned its feet round; now=it sees everybody, and says excuse me
@1 what=the sea is salt; old=it was as sweet as a well; fault=it swallowed a ship full of sailors' tears and would not say sorry; judge=moon; price=left the taste in its mouth; now=it washes and washes and cannot get it out
@1 what=the donkey has long ears; old=they were as small as a mouse's; fault=it listened at every keyhole in the village; judge=carpenter; price=shut the door on them and pulled; now=it hears everything and understands none of it
@1 what=the tide comes and goes; old=the sea lay still like a plate; fault=it could not decide between two shores that both loved it; judge=wind; price=made it promise to visit each of them twice a day; now=neither shore is ever lonely for longer than a morning
@1 what=the owl is awake at night; old=it went to bed with the hens; fault=it told every secret that it dreamed; judge=council of birds; price=sent it out when there was nobody to tell; now=it asks who, who, and never waits for an answer
# title
Why [what]
{How It Came That [what]|The Reason [what]}
${FRAME}
# + old
{My grandmother said|They tell it on the boats}: [old]. {That was before there were clocks|You would not have known the place}.
{In the beginning|Long ago, when hills were young,} it was different. {Then|In those days} [old].
You ask why [what]? It was not always so. {Once upon a time|When the world was still damp} [old].
# fault
But {it had one fault|nobody is perfect}: [fault].
{All might have stayed like that|It could have gone on for ever}. But [fault].
# ++ judge
{Such a thing cannot be hidden|News travels}. The [judge] {sent for it|wished to have a word}. "{Is it true|What have you to say}?" {It had nothing to say|It hung its head}.
The [judge] {was not pleased|heard of it}. "{This cannot go on|Come here}," said the [judge].
{Somebody complained to the|In the end it came before the} [judge], who {thought for three days|looked it up and down}.
# price
And the [judge] [price].
"{You have brought it on yourself|It must be}," it was told, {not unkindly|with a sigh}. So the [judge] [price].
# ++ now
That is why [what], and [now]. 
And if you {listen|look} {tonight|in the morning}, you will {hear|see} that it is true: [now].
${AFTER}`,
    ),
  ],
};
