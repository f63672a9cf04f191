// Dialogues: two people talk, one line each, about the town and one another.

import { type Kind, plan } from "./kind.ts";

/** Dialogues. */
export const DIALOGUE: Kind = {
  name: "dialogue",
  weight: 8,
  plans: [
    plan(
      "asking the way",
      `h=adult s=child p=place w=keeper:p b=boat
# title
Asking the Way
At the {Ferry Slip|Corner|Pump}
{Where Is [p]?|How to Find [p]}
# ++ a
[s.name]: Excuse me, {can you tell me the way to|where is} [p]?
[s.name]: Please, I am looking for [p]. I have been {round the square twice|down this street three times}.
# ++ b
[h.name]: [^p]? That is on [p.street]. {You cannot miss it: there is|Go on until you see} [p.mark].
[h.name]: You are nearly there. [^p] is in [p.street], {right beside|next to} [p.beside].
# ++ c
[s.name]: {What does it look like|How shall I know it}?
[s.name]: {People tell me that every time, and every time I miss it|I was told so before, and came out at the sea}. {How will I know|What do I look for}?
# ++ d
[h.name]: {Ask for|Look out for} [w.full], who is always by the door. And {if the fog comes down|with your eyes shut}, follow your nose: it smells of [p.smell].
[h.name]: It smells of [p.smell], {summer and winter|from morning to night}. {If you come to the water|When your feet get wet}, you have gone too far.
# ++ e
[s.name]: And whom do I ask for {there|inside}?
[s.name]: Will there be {anyone|somebody} there {at this hour|now}?
# ++ f
[h.name]: [w.full], the [w.trade]. [^w.he] works at [w.work]. You will know [w.him] by [w.wears].
[h.name]: [w.full] is always there, [w.task]. [^w.he] is our [w.trade], and a good one. {Do not be put off by|Never mind} [w.habit].
# ++ g
[s.name]: Thank you. {You have been very kind|I have a parcel for [w.him], and it ticks}.
[s.name]: {That is a great help|Much obliged}. Is it {far|uphill}?
# ++ h
[h.name]: {Good morning costs nothing, as we say here, and neither does the way|Everything in Merrowick is uphill, both ways}. {Mind the goat|Watch the third step}.
[h.name]: {Five minutes|Ten minutes}, unless somebody {talks to you|asks you in}. {Then it is an hour|Allow for tea}.
`,
    ),
    plan(
      "who is that",
      `h=adult s=child k=worker f=friend:k b=boat
# title
Who Is That?
{Two on a Wall|On the Harbour Wall}
[s.name] Asks a Question
# ++ a
[s.name]: Who is that over there, in [k.wears]?
[s.name]: Do you see the [k.man] with [k.tool]? Who is [k.he]?
# ++ b
[h.name]: That? That is [k.full], the [k.trade].
[h.name]: {You do not know|Have you never met} [k.full]? [^k.he] is the [k.trade]. [^k.he] works at [k.work].
# ++ c
[s.name]: {What does a [k.trade] do all day|And what does [k.he] do}?
[s.name]: Is that hard {work|to learn}?
# ++ d
[h.name]: At this hour [k.he] is mostly [k.task]. {Try it once|Stand there for an hour}, and you will {sleep well|see}.
[h.name]: You have had [k.his] [k.makes] in your {hands|house} often enough. {All of that comes from|It all begins with} [k.task].
# ++ e
[s.name]: How old is [k.he]?
[s.name]: {Where does [k.he] live|Does [k.he] live near here}? And is [k.he] very old?
# ++ f
[h.name]: [k.he] is [k.age] and lives in [k.street]. {Do not tell [k.him] I told you|It is no secret}.
[h.name]: [^k.age]. {Younger than I am|It is not old at all}. The house is in [k.street], number [k.number].
# ++ g
[s.name]: {Why is [k.he] always alone|Is [k.he] never lonely}?
[s.name]: {Has [k.he] got any friends|Who is [k.his] best friend}?
# ++ h
[h.name]: Oh, [k.he] is not without company. [f.full] is [k.his] best friend. {They are like two shoes|One hears them laughing over the water}.
[h.name]: The best friend is [k.friend]. {They quarrel every Friday and make up on Saturday|It began over a dropped egg, forty years ago or so}.
# ++ i
[s.name]: {And what is [k.he] afraid of|Is there anything that frightens [k.him]}?
[s.name]: What does [k.he] like {best|most in the world}?
# ++ j
[h.name]: [^k.likes] is what [k.he] likes. As for fear, there is only one thing: [k.fears]. {But I said nothing|You did not hear it from me}.
[h.name]: Ask [k.him] about [k.likes] and you will have a friend for life. {Only do not mention|Just keep off the subject of} [k.fears].
# ++ k
[s.name]: {I think I will go over and say hello|I shall ask [k.him] myself}. => going
[s.name]: {How do you know all that?|You know everything!}
# ++ l
?!going: [h.name]: It is a small town. {We have only each other to look at|You will find they know all about you, too}.
?going: [h.name]: {You do that|A good idea}. {[k.he] will be glad|And come back and tell me what I left out}.
`,
    ),
    plan(
      "two at work",
      `h=worker s=colleague:h c=anyone a=animal
# title
{Over the Work|Between Two Jobs}
{Talk at|A Morning at} [h.work]
# ++ a
[h.name]: Have you seen [h.tool]? {It was here a minute ago|I had it before breakfast}. => tool
[h.name]: {Somebody has moved|I cannot find} [h.tool] again. {It has legs|I put it down for one second}. => tool
[h.name]: You are late. {The clock says ten past|I have been [h.task] since six}. => late
[h.name]: {Good morning, if it still is|There you are at last}. I have been [h.task] {for two hours|on my own}. => late
# ++ b
?tool: [s.name]: {It is right in front of you|You are leaning on it}. {Did you hear about|What do you say to} [c.full]?
?tool: [s.name]: {Look behind you|On the hook, where it lives}. And now listen. {You will never guess|It is about} [c.full].
?late: [s.name]: I met [c.full] on the way, and {you cannot just walk past|that takes time}. Do you know what [c.he] {told me|is up to}?
?late: [s.name]: It was [c.full] who kept me. {Ask me why|Just wait till you hear}.
# ++ c
[h.name]: {No, what is it|What, again}? {Hold that end|Talk, but work}.
[h.name]: I do not listen to gossip. {Go on|Start at the beginning}.
# ++ d
[s.name]: {[c.name] means to do it at last|[c.name] told me the great secret}. You know: [c.wants]. => wish
[s.name]: [c.name] was seen {at the crossroads|on the slip} at {six|midnight}, practising. It can only be one thing: [c.wants]! => wish
[s.name]: It seems [a.owner's] [a.kind], [a.name], got into [c.name's] house by the window. It was [a.habit], {right on the bed|in front of the visitors}. => beast
[s.name]: [a.name] has done it again, you know, [a.owner's] [a.kind]. {This time [c.name] was in the way|And [c.name] saw it all}: [a.habit], {in broad daylight|for a whole hour}. => beast
# ++ e
?wish: [h.name]: At the age of [c.age]? {I would pay to see that|Well, why not}. And what did you say?
?wish: [h.name]: But [c.he] is afraid of [c.fears]. {What will happen then|How will that go together}?
?beast: [h.name]: {Ha! And what did [c.name] say|The poor thing! [c.name], I mean. What happened then}?
?beast: [h.name]: That [a.kind] {should be put in the council|has more sense than most}. What did [c.name] do?
# ++ f
?beast: [s.name]: Not a word. Just {stood there|looked}, in [c.wears]. {I had to go round the corner to laugh|Then [c.he] asked me not to tell you}.
?beast: [s.name]: Offered it [a.likes], as if it were {the mayor|a guest}. {Now it will come every day|They parted as friends}.
?wish: [s.name]: I {said "Good for you"|shook hands on it}. {We all want something|I think it is rather fine}. You want [h.wants], do you not?
?wish: [s.name]: {Laugh if you like|I was quite moved}. {There is more to people than boots and porridge|I gave [c.him] sixpence towards it}.
# ++ g
[h.name]: {There|Done}. That is the last of the [h.makes]. {Tea|Shall we stop}?
?h-saying: [h.name]: [h.saying]. That is what I say.
# ++ h
[s.name]: {Time for tea|Let us stop for tea}. {You bring the cups and I bring the story|I shall tell you the end of it, for there is more}.
?s-saying: [s.name]: And I say: [s.saying]. {Where are the cups|Is there any cake}?
`,
    ),
    plan(
      "bedtime",
      `s=child h=parent:s g=person:Winifred b=boat a=animal
# title
{Bedtime|Good Night}
{One More Question|The Last Question}
Not Sleepy
# ++ a
[s.name]: I am not {tired|sleepy}.
[s.name]: {Leave the door open|You may leave the door open, if you like}. => door
# ++ b
?!door: [h.name]: {Nobody asked you|Of course not}. {Lie down and be wide awake with your eyes shut|Then rest your ears}.
?door: [h.name]: {A crack|So wide}? {There|Now}. What is it?
?door: [h.name]: It is open. {Is there anything else|And what else} before you sleep?
?!door: [h.name]: {No, I can see that|Not even a little}? Then lie still {for my sake|and listen to the sea}.
# ++ c
[s.name]: What is [b] doing {now|all alone in the dark}? => boat
[s.name]: Do boats sleep? {Does [b]|[b], for example}? => boat
[s.name]: {Where is|What about} [a.name]? Is [a.he] asleep too? => beast
[s.name]: Can [a.name] come up on the bed, just {once|tonight}? => beast
# ++ d
?boat: [h.name]: [b] is lying at [b.berth], {all [b.colour] in the dark|rocking}, and [b.owner] has {tied her up well|said good night to her}.
?boat: [h.name]: Boats do nothing else all night. [b] lies at [b.berth], and she is [b.colour] even when nobody looks. {Her|The} owner is [b.owner].
?beast: [h.name]: [a.name] is {in the straw|at home}, dreaming of [a.likes]. {Even a [a.kind] needs sleep after so much|That is what comes of} [a.habit].
# ++ e
[s.name]: And the light? Who looks after the light {all night|when we are asleep}?
[s.name]: Who is awake {at this hour|besides us}?
# ++ f
[h.name]: [g.full], up in her tower. She is the lighthouse keeper. She is [g.task], {so that every ship can see|and drinking tea}, and she does not sleep until the sun {takes over|is up}.
[h.name]: [g.full], up in [g.work]. {She has a big pot of tea|Somebody has to be}. She turns the light {on you, and on me, and on the sea|over the roofs, over us, and out again|so that it goes by every bed}.
# ++ g
[s.name]: {Does she know me|Can she see us}? => see
[s.name]: What is she afraid of, {all alone|up there}? => fear
[s.name]: Has she got {a cat|anybody to talk to}? => cat
# ++ h
?see: [h.name]: {She can see every window in the town, and she counts them|She knows everybody, and you by the way you run}. {Now shut your eyes|Hush}.
?fear: [h.name]: Of [g.fears]. {But do not tell|That is her secret}. {Breathe with the light: in, and out|Close your eyes}.
?cat: [h.name]: She has a ginger cat called Captain, who {sleeps on the charts|likes warm lamps}. {Now be like him|Hush}.
# ++ i
[s.name]: One more question. {What comes after tomorrow|Why is the sea}? => big
[s.name]: {Will you stay|Are you still there}? => near
# ++ j
?big: [h.name]: {I will tell you at breakfast|That is the best question of all. Good night}.
?near: [h.name]: {Yes|I am here}. {Good night|Sleep now}.
`,
    ),
    plan(
      "buying and selling",
      `h=seller s=adult a=animal v=festival
# title
In [h.work]
{Over the Counter|A Customer}
{Early|Late} on [day.weekday]
# ++ a
[h.name]: Good {morning|afternoon}, [s.mr]. What {can I do for you|will it be}?
[h.name]: Come in, [s.mr], come in, and {shut the door on the wind|mind the step}. {The usual|What is it today}?
# ++ b
[s.name]: I need something for [v]. It is on [v.date], {and I always leave it late|as you well know}.
[s.name]: {I hear|They tell me} you have the best [h.makes] in town.
# ++ c
[h.name]: {Then you have come to the right door|Do not remind me}. I have been [h.task] {for a week|all night} and there are still {forty|thirty} orders.
[h.name]: I have [h.makes], {the best in weeks|all made for people like you}, and I have {advice, which is free|a chair, if you are tired}.
# ++ d
[s.name]: {How much|And the price}?
[s.name]: {Can I pay on Friday|Is a promise good enough}? [a.name] ate my purse. [a.owner's] [a.kind], you know. Always [a.habit].
# ++ e
[h.name]: {Threepence|Sixpence}, and {a penny off for the story|a smile}.
[h.name]: {For you|Since it is you}, {a shilling|tenpence}. {For [s.name] with the long face, ninepence|I have children to feed}.
# ++ f
[s.name]: {That is robbery|Done}. {I will take two|Wrap it up}.
[s.name]: You are {a rascal|too kind}. {Everyone at home will want to know how I got it so cheap|I shall tell everyone}.
# ++ g
[h.name]: {Greetings at home|Give my love to all of them}. {And try some [s.likes], it does wonders|See you at [v.place]}!
[h.name]: {Mind how you go|Thank you kindly}. And if it {breaks|disappoints}, {bring it back|I was never here}.
`,
    ),
    plan(
      "lesson",
      `h=person:Rosalind s=child c=child v=festival b=boat p=place
# title
{In the Schoolhouse|A Lesson}
{Questions|Third Lesson, Before Dinner}
Who Knows?
# ++ a
Rosalind: Good morning, children. {Today I ask and you answer|Slates away}. When is [v]?
Rosalind: {Quiet, please|Sit down, all of you}. Who can tell me the date of [v]?
# ++ b
[s.name]: On [v.date], {Mrs Quill|Miss}. I know because {my birthday is nearly then|I ate too much last time}.
[s.name]: [^v.date]! And there is [v.food].
# ++ c
Rosalind: {Very good|Right}. And why do we keep it, [c.name]? => why
Rosalind: {Correct|Quite so}. [c.name], you are looking out of the window. {Where is it held|Where do we go that day}? => where
Rosalind: {Good|I see somebody did the reading}. [c.name], what do people do that day? => where
# ++ d
?where: [c.name]: {I was thinking|I only looked for a second}. It is at [v.place], and it means [v.custom].
?where: [c.name]: {They go|We all go} to [v.place]. {There is|What one does is} [v.custom].
?why: [c.name]: It began long ago, when [v.origin]. {That was before I was born|We had it last week}.
?why: [c.name]: Because [v.origin]. {My gran was there, she says|At least that is what they tell}.
# ++ e
Rosalind: {Good|You were listening after all}. Next: boats. What colour is [b], and who owns her? => colour
Rosalind: {That is it|Sit up}. Now, which of you knows [b]? => know
# ++ f
?know: [s.name]: {Everyone does|I do}! She is a [b.kind], [b.colour], and belongs to [b.owner]. She lies at [b.berth].
?colour: [s.name]: She is [b.colour], and she belongs to [b.owner]. {May I be excused|I have been aboard}.
?know: [s.name]: {My father does, and so do I|We can see her from our window}. She is [b.owner's] [b.kind], [b.colour], with [b.mark].
?colour: [s.name]: [^b.colour]. [b.owner] owns her. {She has|You can tell her by} [b.mark].
# ++ g
Rosalind: And where do you find [p]?
Rosalind: {One more|Last question before dinner}. On which street is [p]?
# ++ h
[c.name]: In [p.street], beside [p.beside]. It smells of [p.smell].
[c.name]: [^p.street]. {You walk towards|You see} [p.mark] and there you are.
# ++ i
Rosalind: {You may all go out|That will do}. {Not through the window, [s.name]|One at a time}.
Rosalind: {I have nothing left to teach you|Splendid}. {Except spelling|Off you go, and do not frighten the goose}.
`,
    ),
  ],
};
