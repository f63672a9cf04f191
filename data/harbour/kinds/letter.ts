// Letters: thanks, news, invitations, complaints, apologies, requests, and letters from far away.

import { type Kind, plan } from "./kind.ts";

const HEAD = `
# title
[h.number] [h.street], [day.date]
Merrowick, [day.date]
[h.street], Merrowick. [day.date]
`;

const END = `
# ++ bye
{With love|Your friend|Ever yours|Yours with good wishes|Yours as always}, [h.name]
{In haste|Yours truly|Faithfully|With greetings from everyone here}, [h.full]
`;

/** Letters. */
export const LETTER: Kind = {
  name: "letter",
  weight: 8,
  plans: [
    plan(
      "thanks",
      `h=anyone f=friend:h k=kin:h a=animal
@1 gift=mittens; use=They fit, or they will when my hands have grown into them
@1 gift=jar of plums; use=There is none left, and I must confess that nobody else got any
@1 gift=barometer; use=It points to "Change", and so it goes from chair to table to window
@1 gift=book; use=I read it in one night and was no good to anyone next day
@1 gift=seedlings; use=They stand in a row on the sill and lean towards the sun like a choir
@1 gift=alarm clock; use=It works. The whole street is awake at six${HEAD}
# ++ greeting
Dear [f.name],
My dear [f.name],
# ++ thanks
Thank you for the [gift]. {How did you know|Nobody has ever given me anything better}. [use].
The [gift] came on {Monday|Friday}, {wrapped in so much paper that the cat is living in it|a little squashed but happy}. [use].
You should not have sent the [gift], {but I am very glad that you did|and you know it}. [use].
# ++ news =nownews
# news2 =nownews
# family
My [k.rel], [k.name], asks me to {say|write} that {the kettle is always on|you left a sock here}, and would write too, but is busy {with|as ever with} [k.habit].
[k.name], my [k.rel], has {only one wish|told us again what [k.he] dreams of}: [k.wants]. {You might send advice|We are all saving}.
My [k.rel] [k.name] {sends greetings|says you must come soon} and is well, {apart from|except for} [k.habit]. {You know how it is|One gets used to it}.
[k], my [k.rel], is {still mad about|happy as long as there is} [k.likes]. {Some things do not change|So we are never short of it}.
# animal
You would have laughed to see [a.name], [a.owner's] [a.kind], last week. {In front of the whole street|On a Sunday, too}: [a.habit]!
[a.name] is well. {You ask about [a.him] before you ask about me|That [a.kind] will outlive us}. [a.owner] has promised [a.him] [a.likes], and there is no talking to [a.him] since.
And [a.owner's] [a.kind], [a.name], has been [a.habit] again. {The whole town is talking|I thought you would like to know}.
# ++ ask
{Now it is your turn|Enough of me}. How is {the knee|your roof|the baby}? {Have you still got that hat|Do you still sing on the stairs}? {I want two pages|Answer before the ink is dry}.
{I miss|We miss} {your laugh on the stairs|our Sundays}. {Come when the plums are ripe|You need not write ahead}, {only knock|there is always soup}.
And you? Is it true that you {are learning the trombone|sleep on the roof|have stopped eating turnips|are going up in a balloon}? {Write soon|Tell me everything}, and do not leave out {the food|the quarrels}.
When are you coming? {The spare bed is aired|You can have the good chair}. {The ferry goes every hour|I shall stand at the slip and wave}.
${END}`,
    ),
    plan(
      "an invitation",
      `v=festival h=anyone f=friend:h k=kin:h${HEAD}
# ++ greeting
Dear [f.name],
My dear old [f.name],
# ++ invite
You must come for [v] {this year|again}. It is on [v.date], {as you know|in case you have forgotten}, and there will be [v.food].
On [v.date] it is [v], and {I will not take no for an answer|there is a chair with your name on it}. Come {early|hungry}. You remember the [v.food]!
# what
We shall be at [v.place], [v.custom], {and you are going to do it too|just as we did when we were small}. [v.leader] {leads it|is in charge}, {so it will begin late|as ever}.
You have never seen it, so {I had better explain|here is how it goes}: it means [v.custom], and it all began when [v.origin]. {That is what they say, at least|I did not make it up}.
# ++ news =nownews
# practical
Bring {boots|a warm coat|your own spoon}. {You know what the weather is like in [v.month]|It is no fun in town shoes}.
[k], my [k.rel], will {fetch you from the ferry|make up the bed in the attic}. You will know [k.him] by [k.wears].
# ++ plea
{Last year without you was only half a feast|I have a thing to tell you that I cannot write down}. {Do come|Say yes}.
{If you do not come,|Stay away and} I shall eat {your share|all of it myself}, and {it will be on your conscience|you will have to read about it}.
${END}`,
    ),
    plan(
      "a complaint",
      `g=animal h=adult f=owner:g
@1 lost=eleven lettuces; ask=a stronger gate
@1 lost=my best Sunday hat; ask=a new hat, or the old one unchewed
@1 lost=three nights' sleep; ask=one quiet night
@1 lost=a cold chicken, which I had turned my back on for one moment; ask=a chicken
@1 lost=my dignity, in front of the minister; ask=an apology, in writing, with a paw print${HEAD}
# ++ greeting
Dear [f.name],
Dear neighbour,
# ++ complaint
I am a {patient|peaceful} person, {as everyone will tell you|as you know|whatever they say at the pump}. But it {must be said|cannot go on}. I {write|am writing} about your [g.kind], [g.name].
{I like animals|I have nothing against animals}, {but|only} there is one in particular, [g.colour] all over, and you know {its name|whom I mean}. I mean [g.name].
# detail
I will {be brief|give one example}. On [day.weekday] I {opened the larder|came home}, and there [g.he] was, [g.habit], {as bold as brass|and did not even look up}.
On [day.weekday] [g.he] {was in my garden|came through my kitchen}, [g.habit]. I {spoke to [g.him] firmly|shook a broom}. [^g.he] {yawned|looked at me with pity}.
{It began with|First it was only} [g.habit]. {One can live with that|I smiled}. But since {Tuesday|last week} there is more to it.
# loss
I have lost [lost]. {I do not say it was done on purpose|The look on that face was pure joy}.
The {damage|sum of it} is as follows: [lost]. {I have kept the evidence in a bag|There were witnesses}.
# ++ ask
All I ask for is [ask]. {Is that too much|I think that is fair}.
{I suggest|What I should like is} [ask]. And perhaps you could see to it that [g.he] has enough of what [g.he] loves, which is [g.likes], {at home|on your side of the fence}.
# soft
{I must add|To be honest, though}, that [g.he] came back {in the evening|yesterday} and {laid a chin on my foot|sat with me while I had my tea}. {It was rather pleasant|I only mention it}.
[g] may {visit|call} on Sundays. {There is usually a bone|Not before nine}.
${END}`,
    ),
    plan(
      "an apology",
      `h=child f=friend:h k=parent:h
@1 wrong=I said your boat looked like a bathtub; mend=I only said it because mine does
@1 wrong=I told about the tunnel; mend=it slipped out with the soup
@1 wrong=I laughed when you fell off the donkey; mend=I fell off myself on Sunday and nobody could stop laughing
@1 wrong=I let go of your kite; mend=I have looked on every roof as far as the mill
@1 wrong=I ate your half; mend=I thought you did not like raisins, no, that is not true${HEAD}
# ++ greeting
Dear [f.name],
To [f.name],
# ++ sorry
My [k.rel] says I {have to|must} write this, but I {wanted to anyway|had already begun}. I am sorry that [wrong].
I am sorry. [^wrong], and {it was mean|it has been in my stomach ever since}.
# reason
[^mend]. {That is the truth|You can ask anyone}.
{I do not know why I did it. Well, I do|You will ask why}: [mend].
# ++ without
{The others are all right|I played with the little ones}, but {they do not know the rules, our rules|nobody laughs in the right place}.
{I have nobody to tell things to|I saw a seal and had nobody to show it to}, {so it hardly counts|and it went away}.
It is {dull|no good} here without you. {I played chess with myself and lost|I went to our place and it was just a place}.
I {walked past|stood at} your {gate|window} {three times|yesterday}. {I whistled|I think you saw me}. {Perhaps you did not hear|The curtain moved}.
# news =nownews
# ++ offer
I have {drawn you a map|carved you a boat}. {It is not very good|The mast is on}, and it is {under the stone by your gate|yours, whether you forgive me or not}.
{You may have first choice of everything|I will take the end with the jellyfish} until {Christmas|the end of the holidays}.
You can have my {second-best knife|turn on the swing|jar with the tadpoles}, and {I will carry your bag till Whitsun|you may be captain}.
If you {are still angry|want}, you can {push me into the harbour|say something bad about me}, and {then we are quits|I will not mind}.
# answer
If it is all right, {hang a sock out of the window|ring your bicycle bell twice}. {Any sock|I shall be listening}.
Come to the {wall|pump} at {four|five}. {If you do not come I will know|I shall bring a bun, whole}.
${END}`,
    ),
    plan(
      "news from home",
      `h=adult k=kin:h a=worker b=worker c=boat p=place${HEAD}
# ++ greeting
Dear {cousin|brother|sister}, far away,
{My dear traveller|Dear wanderer},
# ++ open
{It is Sunday and the house is quiet|The lamp is lit and I have a clean sheet}, so I shall {walk you through the town|tell you how we all are}.
{You asked for gossip|You said, write what you see}. {Very well|So I went out and looked}.
{You ask what is new in Merrowick|News of Merrowick, then|What is new here, you ask}. {Nothing is new|Everything}, and {that takes three pages|I shall go from the hill down}.
{Your letter took six weeks|The stamp on your letter was so fine that we all had a look}. {We read it aloud, twice|It smells of cinnamon}. Now here is ours.
# facts x3
[a.full] is the [a.trade] {still|these days} and may be found at [a.work], [a.task] {from morning to night|as though the king had ordered it}.
You remember [b.full]? [^b.he] lives in [b.street], works as a {good|busy} [b.trade], and is [b.age]. {Still the same|Not a grey hair}: always [b.habit].
[c] is {in the water again|freshly painted}, [c.colour], {as she always was|naturally}, and lies at [c.berth]. [c.owner] {is as proud as a hen|polishes her daily}.
At [p] they have {mended the roof|a new bench}, but it smells of [p.smell] as it always did, and {there is still|you would know it by} [p.mark].
My [k.rel] [k.name] is {fit as a fiddle|in good heart} and wants [k.wants]. {We have all been told about it|I fear it is serious}.
# ++ news =nownews
# news2 =nownews
# ++ miss
{We still lay|Mother still lays} your {plate|cup} {by mistake|on Sundays}. {It is only a habit, she says|Nobody puts it away}.
{Do you have tides there|Is there a sea where you are}? {I cannot think how one sleeps without it|If you listen to the enclosed shell, that is us}.
{Nobody has sat in your place|Your coat hangs where you left it}. {We do not say much about it|It keeps its shape}.
In the evening we {look at|watch} the lighthouse and think: {it can be seen for twenty miles, and you are further|that turns, and he turns, and some day it will all come round}.
${END}`,
    ),
  ],
};
