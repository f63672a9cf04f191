// How-tos: recipes and the secrets of the trades, in the imperative, each from somebody who knows.

import { type Kind, plan } from "./kind.ts";

/** A how-to in shorthand: what, who teaches it, then "step; step; ...", each with its own wordings. */
interface Craft {
  /** "Bake", to go with "Currant Buns". */
  readonly verb: string;
  readonly what: string;
  readonly teacher: string;
  readonly need: string;
  readonly steps: string;
  readonly done: string;
}

const CRAFTS: readonly Craft[] = [
  {
    verb: "Bake",
    what: "Currant Buns",
    teacher: "baker",
    need: "a pound of flour, a cup of warm milk, a walnut of yeast, an egg, a handful of currants",
    steps: `{Crumble|Rub} the yeast into the milk and {wait until it froths|leave it by the stove}.
Pour it into the flour with the egg and {knead|work it} until {your arms complain|the dough stops sticking to your thumbs}.
Cover the bowl with a cloth and {forget it for an hour|let it rise till it is twice the size}.
{Push in|Fold in} the currants, {counting none of them|a few more than seems right}.
Shape {twelve rounds|a dozen balls}, brush them with {milk|beaten egg}, and bake in a {hot|brisk} oven for a quarter of an hour.`,
    done: "They are done when they sound hollow underneath, like a knock on a friendly door",
  },
  {
    verb: "Cook",
    what: "Fish Chowder",
    teacher: "cook",
    need: "two onions, four potatoes, a piece of smoked haddock, a pint of milk, butter, pepper",
    steps:
      `{Melt|Warm} the butter {slowly|in a deep pot} and let the onions {turn soft, not brown|go glassy in it}.
Add the potatoes, {cut as small as dice|in cubes}, and just enough water to {cover|hide} them.
When a fork goes in, lay the fish on top and {put on the lid|leave it alone for five minutes}.
{Flake|Break up} the fish, {throw out|take away} every bone, and pour in the milk.
{Heat it gently|Bring it up slowly}; if it boils, {it sulks|it will curdle and so will you}. Pepper {last|at the end}.`,
    done: "Serve it in the largest bowls you own, with bread to push",
  },
  {
    verb: "Tie",
    what: "a Bowline Knot",
    teacher: "ropemaker",
    need: "a piece of rope as long as you are, and somebody to watch",
    steps:
      `Make a small loop in the rope {a foot from the end|with the end on top}. {This is the rabbit hole|Call it the hole}.
{Take the end|Pick up the short end} and bring it up through the hole, {like a rabbit that has heard something|from underneath}.
Lead it {round behind|once round} the long part, {as the rabbit goes round the tree|from right to left}.
Now put it {back down|down again} through the {same hole|loop}.
Hold the end and {pull|tug} the long part {firmly|until it bites}.`,
    done: "It will never slip and never jam, which is more than can be said of most friends",
  },
  {
    verb: "Smoke",
    what: "a Kipper",
    teacher: "smokehouse keeper",
    need: "a fat herring, salt, oak chips, patience",
    steps: `{Split|Open} the herring down the back and {clean it|wash it in the sea}.
Lay it in {strong brine|salt water} for {half an hour|as long as it takes to read the newspaper}.
Hang it on a {hook|rod} in the smokehouse, {not touching its neighbour|with the tail up}.
Light the oak chips and {smother the flame|see that they smoke and do not burn}.
Keep the smoke {going|thin and steady} {all night|for twelve hours}, and {do not open the door to look|stay awake if you can}.`,
    done: "A good kipper is the colour of an old violin",
  },
  {
    verb: "Dip",
    what: "Candles",
    teacher: "candlemaker",
    need: "a pan of beeswax, a length of cotton wick, a stick to hang it on",
    steps:
      `{Melt|Warm} the wax {in a pan that stands in water|very slowly}, for wax that gets too hot {catches fire|bites}.
{Tie|Hang} the wick to the stick and {dip it once|let it down into the wax}, {straight as a plumb line|without hurrying}.
Lift it out and {wait|count to thirty} until it is {dull|no longer wet}.
Dip again. {And again|Then once more}. {Thirty times|Each dip adds the thickness of a leaf}.
{Roll it on a smooth board|While it is warm, make it straight between two boards} and cut the foot flat.`,
    done: "Let it rest for a day before you light it, and it will burn like a good child",
  },
  {
    verb: "Mend",
    what: "a Torn Net",
    teacher: "net mender",
    need: "a bone needle, tarred twine, a nail in the wall",
    steps:
      `{Hang|Spread} the net where {the light is good|you can sit} and {find the whole of the hole|look at it from behind}.
{Trim|Cut away} the torn {meshes|threads} {until three sound knots are left at each corner|neatly}.
{Load|Fill} the needle with twine and {tie on|begin} at the top {left|corner}.
Go across, {knot by knot|mesh by mesh}, with one finger as the measure, {so that all come out alike|and pull each knot until it squeaks}.
At the edge, {turn|hang on to the old net} and {come back|work your way home} row by row.`,
    done: "If nobody can find the place, you have done it right",
  },
  {
    verb: "Write",
    what: "a Letter That Will Be Answered",
    teacher: "postman",
    need: "paper, ink, a stamp, and something you wish to know",
    steps:
      `{Begin with the other person|Ask how they are}, and {mean it|wait a moment as if they could reply}.
Tell {one|only one} piece of news, {but properly, with the smell and the weather|from the beginning to the end}.
Say something {foolish|true}. {Nobody answers a wise letter|It makes the paper warm}.
{Ask a question|Put in a question} that can be answered {in one line|at the kitchen table}.
{Stop|Leave off} {before you have said everything|while you still want to go on}.`,
    done: "Post it at once, for letters go sour in a pocket",
  },
  {
    verb: "Read",
    what: "the Tide",
    teacher: "pilot",
    need: "a post in the water, a clock, an almanac if you have one",
    steps:
      `{Stand|Go and stand} where you can see a post and {note|remember} where the water cuts it.
{Wait|Have a sandwich}. {After a quarter of an hour|A little later} look again. {Higher or lower|Now you know which way it is going}.
{Remember|Learn by heart} that from high water to low is {a little more than six hours|six hours and twelve minutes}.
{Add|Reckon} fifty minutes for every day: {the sea is always late, but always by the same amount|so tomorrow's tide comes later than today's}.
{In the third and fourth hours|Half-way between} it runs hardest. {Do not cross the sand then|Keep off the bar}.`,
    done: "When you no longer need the clock, you belong to the place",
  },
  {
    verb: "Light",
    what: "a Fire in a Cold Stove",
    teacher: "blacksmith",
    need: "newspaper, dry twigs, three split logs, one match",
    steps: `{Rake|Clean} out the ash, {all but a thin bed of it|for fire wants to breathe}.
{Crumple|Twist} the paper {loosely|into five balls}{, but not the crossword|; yesterday's news burns best}.
{Build|Stack} the twigs over it like {a tent|a small untidy nest}.
{Light it|Hold the match} low down, on the side where the {draught|air} comes from.
{Do not poke|Sit on your hands}. When it {roars|sings}, lay on the logs, {bark down|one, and then another}.`,
    done: "One match is skill, two is weather, and three is nobody's business",
  },
  {
    verb: "Dress",
    what: "Brown Crab",
    teacher: "crab catcher",
    need: "a pot of sea water, a crab, a small hammer, an apron you do not love",
    steps:
      `{Choose|Take} a crab that is {heavy for its size|cross}. {Light ones have just moved house|Shake it: it should not slosh}.
{Boil it|Put it} in sea water, {fifteen minutes for the first pound|until it is brick red}, and {let it cool|leave it on its back}.
{Twist off|Pull off} the claws and {crack them with one clean blow|tap them like an egg}.
{Lift|Push} the body out of the shell with both thumbs, and {throw away|give the gulls} the grey {fingers|gills}.
{Spoon|Scrape} the brown meat on one side of the plate and the white on the other, with {lemon|vinegar} {between|in the middle to keep the peace}.`,
    done: "Eat it outdoors, where it does not matter how you look",
  },
  {
    verb: "Take",
    what: "Honey from a Hive",
    teacher: "beekeeper",
    need: "a veil, a smoker, a feather, a calm mind",
    steps:
      `{Wait for|Choose} a warm {noon|still day}, when {most of the bees are out shopping|they are in a good mood}.
{Puff|Blow} a little smoke in at the door and {say good morning|wait while they think about it}.
{Lift|Take off} the lid {slowly|as if someone were asleep under it}, for bees {hate a bump|hate haste}.
{Draw out|Raise} a comb and brush the bees off with the feather, {downwards|gently, like crumbs from a tablecloth}.
{Leave them|Never take} {half|more than half}. {It is their winter|They have worked for it}.`,
    done: "Thank them when you close the lid, since manners cost less than stings",
  },
  {
    verb: "Make",
    what: "a Paper Lantern",
    teacher: "lamplighter",
    need: "thin paper, four sticks, glue, a stump of candle, a wire",
    steps:
      `{Glue|Tie} the sticks into a frame, {as square as you can|a hand wide and two hands high}.
{Cut|Snip} shapes in dark paper, {a fish, a star|a boat, your own house}, and paste them {on the inside|to the thin sheet}.
{Wrap|Fold} the thin paper round and {press the edges|hold your breath while the glue dries}.
{Fix|Stand} the candle {in the middle|on a lid}, well away from the {walls|paper}.
{Bend|Loop} the wire into a handle {longer than you think|so that no sleeve comes near the flame}.`,
    done: "Carry it slowly, and the dark will step aside",
  },
  {
    verb: "Win",
    what: "Salt from the Sea",
    teacher: "salt maker",
    need: "a shallow pan as big as a room, the sun, a rake",
    steps:
      `{Let in|Open the gate to} the {spring tide|cleanest water of the month}, {ankle deep|and shut the gate behind it}.
{Wait|Do nothing}. {The wind and the sun are working|This is the hardest part}.
{When|As soon as} the water is {thick and pink|so strong that an egg floats}, lead it into the {last pan|small pan}.
{Skim|Lift off} the first white {skin|flowers}: {that is for guests|it is the finest}.
Rake the rest into {heaps|small hills} and let them {drip|drain} {for two days|overnight}.`,
    done: "Taste one grain: it should be like a wave that means well",
  },
  {
    verb: "Make",
    what: "an Old Boat Look New",
    teacher: "boatbuilder",
    need: "a scraper, sandpaper, putty, two pots of paint, dry weather",
    steps:
      `{Turn her over|Lay her keel up} and {scrape off|take off} every {barnacle|flake}, {talking to her|down to the wood}.
{Rub|Sand} along the grain, never across, until {she feels like a loaf|your hand slides}.
{Fill|Press putty into} the {cracks|seams} with {your thumb|a blunt knife}. {No knife is as good|Thumbs know more than tools}.
{Paint|Brush on} a thin coat. {Wait a day|Go home}. Then a second, {thinner|from the bow to the stern}.
{Last of all|When it is dry}, paint the name, {by one who can spell|with a steady hand and an empty stomach}.`,
    done: "Do not tell her she is beautiful until she is in the water",
  },
  {
    verb: "Dye",
    what: "Wool Red",
    teacher: "dyer",
    need: "a sack of madder root, a pinch of alum, a copper vat, old gloves",
    steps:
      `{Soak|Steep} the roots {overnight|from supper to breakfast} {in rain water|and do not use the well}.
{Simmer|Cook} the wool with the alum first, {for an hour|so that the colour has something to hold}.
{Lower|Let} the wool into the {warm|red} bath and {stir|turn it} with {a stick you keep for nothing else|the paddle}.
{Keep it warm|Never let it boil}, or the red {goes brown|takes offence}.
{Leave it to cool|Let it lie} in the vat {till morning|all night}, then {rinse it in the stream|wash it until the water runs clear}.`,
    done: "Every batch is a little different, and that is how one knows it from factory red",
  },
  {
    verb: "Bind",
    what: "a Cut Finger",
    teacher: "doctor",
    need: "clean water, a clean rag, a calm voice",
    steps:
      `{Sit down|First sit the patient down}, for {fingers make people fall over|the floor is nearer than it looks}.
{Wash|Rinse} it under {running water|the pump} until {it is clean|you can see what it is}.
{Press|Hold} the rag on it {hard|firmly} and {count to two hundred|keep the hand up in the air, as if asking a question}.
{Look|Have a look} {once, not every minute|when you have done counting}. {If it gapes, send for me|Small ones stop by themselves}.
{Tie|Wrap} a clean strip round it, {not so tight that the tip goes blue|with a bow, for children}.`,
    done: "A peppermint afterwards belongs to the treatment",
  },
  {
    verb: "Carve",
    what: "a Wooden Whale",
    teacher: "toy maker",
    need: "a piece of driftwood as long as a hand, a knife, sandpaper, an hour with nobody calling",
    steps:
      `{Look at|Turn over} the wood until you {see where the whale is|find the tail}. {There is always one in it|Do not draw anything yet}.
{Cut|Carve} away from yourself, {thin curls|little by little}, {beginning with the back|the head first}.
{Leave|Keep} the tail {thick|strong} until {last|the end}, since {tails break|that is where beginners cry}.
{Rub|Smooth} it with {coarse paper and then with fine|sand and then your sleeve}.
{Drill|Make} {one small eye|two eyes with a hot nail}, {not too near the mouth|level, or it will look surprised}.`,
    done: "Give it to someone under ten and do not mind where it swims",
  },
  {
    verb: "Make",
    what: "Boots Last",
    teacher: "cobbler",
    need: "a brush, a tin of grease, old newspaper, ten minutes a week",
    steps:
      `{Take off|Knock off} the mud {while it is dry|with the back of a knife}, {outside, please|not on the step}.
{Never dry|Do not put} wet boots {by the stove|in the oven}: {they crack like old paint|leather is skin}. {Stuff|Fill} them with newspaper instead.
{Rub in|Work in} the grease with {two fingers|a rag}, {most of all along the seams|and do not forget the tongue}.
{Let them stand|Leave them} overnight, then {brush|polish} {till you see the window in them|as if you were cross with them}.
{Bring them to me|Come to the shop} when the heel is {half worn|lower on one side}, {not when your sock is showing|and not a month after}.`,
    done: "A boot that is looked after will outlive two hats and a horse",
  },
];

/** One section for each step; the first opens a paragraph. */
function stepSections(steps: string): string {
  return steps.split("\n").map((row, i) => {
    const step = row.trim();
    return `# ${i === 0 ? "+ " : ""}step\n${step}`;
  }).join("\n");
}

/** How-tos. */
export const HOWTO: Kind = {
  name: "how-to",
  weight: 6,
  plans: CRAFTS.map(({ verb, what, teacher, need, steps, done }) =>
    plan(
      what,
      `h=trade:${teacher.replaceAll(" ", "_")} c=child k=kin:h
# title
{How to|The Right Way to|A Good Way to} ${verb} ${what}
How [h.full] {Does It|Would Do It}: ${verb} ${what}
{Lessons|Advice} from [h.full]: How to ${verb} ${what}
# opening
{This is how it is done|So they do it|Here is how they do it} at [h.work], where [h.full], the [h.trade], has been [h.task] since {before you were born|the old king's time|the age of fourteen}.
[c.full] {asked|wanted to know}, and so [h.full], the [h.trade], {explained|told it}, once and for all.
{My [k.rel] thinks everybody knows this|People often ask me}, says [h.full] of [h.street], the [h.trade], {but I have seen what comes of it|but I know what they do at home}.
?h-saying: "[h.saying]," says [h.full], the [h.trade], {and then begins|before anything else}.
There are many ways, says [h.full], {and one that works|all of them wrong but this}. [^h.he] is the [h.trade] and {ought to know|has tried the others}.
# + need
You need: ${need}.
{First get together|Have ready}: ${need}.
{What you want is this|Take}: ${need}.
${stepSections(steps)}
# aside ?
If {it goes wrong|you spoil it}, {begin again|do not despair}: {the first one is always for the hens|everyone's first looks like a hat}.
{Do not talk while you do it|It helps to sing}. [h.name] is given to [h.habit], and says it {steadies the hand|makes no difference but passes the time}.
{My teacher did it by moonlight|Some add a drop of rum}, but {that is showing off|I have never seen the sense of it}.
{Children may help|Even [c.name] can do this part}, {if they have washed|and [c.he] is only [c.age]}.
# + done
${done}. 
${done}. {That is all|The rest is practice}.
${done}, and {when it is finished|afterwards} there ought to be {tea|a sit-down and [h.likes]}.
`,
    )
  ),
};
