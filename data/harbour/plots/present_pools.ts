// Lines for those who write on the day itself: the sky, the night and the news, in the first person.

/** What the writer of a diary sees of the weather. */
export const NOW_SKY = `
?fair: {Blue all day|Sun from end to end}, {the washing dry by ten|and everybody out of doors}.
?fair: {A day like a polished apple|A blue and yellow day|Weather like a present|Fine}. I {went without a coat|left the windows open}.
?rain: {Rain|It rained} {again|the whole day}. {The bucket under the leak plays two notes now|Everything smells of dog}.
?rain: {Wet|Pouring}. The {gutters|drains} {talked|gurgled} all {night|day}, and {even the ducks went in|I found three new leaks}.
?fog: Fog. {I could not see my own feet|The bell went every half minute}, and {sounds came from nowhere|people said sorry to lamp posts}.
?fog: {Nothing to be seen|The town has been rubbed out}. {It is like living in a bowl of milk|I walked to the corner by ear}.
?wind: {Wind|A wind from the [day.wind]}. {Two hats went past the window|Somebody's sheet is in our tree}.
?wind: It {blew|has been blowing} so hard that {the hens walked backwards|the door slammed by itself and made us all jump}.
?storm: {A storm|What a storm}! {The whole house hummed|Slates came down like cards}. {All boats in, thank heaven|Nobody slept}.
?storm: {The sea came over the wall|Spray on the windows, even up here}. {I am writing by candle|We sat close and told stories}.
?frost: {Frost|Hard frost}. {My ink was stiff|The milk stood up out of the can}.
?frost: {So cold|Cold enough} {that the pump had to be coaxed|to crack a jug}. {Stars like nails|Everyone breathes smoke}.
?snow: Snow! {The first footprints were mine|It is up to the second step}. {How still it is|The gulls look dirty against it}.
?snow: {White|All white}. {Even the coal heap is pretty|One hears only shovels}.
?cloud: {Grey|Nothing weather}, {neither one thing nor the other|not warm, not cold}. {A good day to get things done|The sort one forgets}.
?cloud: {Cloud|A lid of cloud} all day, and {the sea like slate|not a breath of wind}.
?spring: {The first|There are} primroses {are out|in the lane}. {I nearly trod on them|It does one good}.
?summer: {The evenings are so long now|It is light till ten}, {one does not like to go in|and nobody can get the children to bed}.
?autumn: {The swallows have gone|Brown leaves on the step}. {{I always notice a day too late|One never sees them go|Every year I mean to say goodbye}|It smells of apples and smoke}.
?winter: {Dark at four|The lamps were lit at four}. {I do not mind|One lives like a badger}.
`;

/** How the writer of a diary ends the day. */
export const NOW_NIGHT = `
{The stairs creak|Somebody is coming up}. {I must put out the light|Hide the book}.
{The ink is nearly gone|This page is full}. {There are others|It was a full day, too}.
{A boat came in late|There is a lamp moving on the quay}. {I wonder who|It makes one glad to be indoors}.
{Rain|The wind} may {come|get up} before morning; the tide will be low at [day.low]. {I have taken in the washing|Good night to all at sea}.
{Enough for today|That is all I know}. {The rest is dreams|More when there is more}.
{Warm brick in the bed|Two blankets}, {cold nose|wide awake}. {I count boats|I go through all their names}.
{I forgot to say|One more thing}: {the plums are ripe|somebody smiled at me on the bridge|the bell rang thirteen, and nobody noticed but me}.
{Candle is low|The lamp wants oil}. {Good night, book|Enough}.
High water was at [day.high]. {I heard it turn|It came right up to the chain}.
{To bed|Bed now}. {Tomorrow is another kettle of fish|There is a bun for breakfast}.
{The moon is|Moon} [day.moon]. {I looked for a while|It does not seem to mind us}.
The lighthouse {goes round|blinks}, {on my wall, off my wall|three and a pause}. {I fall asleep between two|It is like being counted}.
I can hear {the rain|them talking} {downstairs|through the floor}. {It is the best sound there is|It makes one sleepy}.
{That was today|Nothing else happened}. {I liked it|One could do worse}.
{Must remember|For tomorrow}: {string, stamps, say sorry|the blue jug, and to be kinder}.
{Somebody has left a window banging|A cat is singing}. {Not our house|I shall pretend I do not hear}.
Low water in the morning at [day.low], {so I shall be up early|if I wake}.
My feet are {cold|still full of sand}. {It was worth it|No matter}.
{One good thing about today|What I shall keep of today}: {the light on the water at four|somebody laughed in the next street, and I laughed as well|the first sip of tea}.
`;

/** A piece of news for a letter. */
export const NOW_NEWS = `
The {Gazette|newspaper} spelled {the mayor's name|"harbour"} wrong {on the front page|again}, and {sold twice as many|four people have framed it}.
{A tooth|An old sea chest} was {found in the wall of|dug up behind} the chapel. {It is thought to be a bishop's|The minister keeps it in his desk}.
{We have a new lamp post|There is a bench by the pump now}, and {the dogs are delighted|the same three people are always on it}.
{The school|The whole school} had {measles|a holiday for lack of coal}, and {one could hear the difference in the street|the goats had no peace}.
{Your old|The} {rowing boat|bicycle} was {seen|borrowed} {on the far shore|by somebody who sang}, and {came back cleaner|has a basket now}.
{I have|We have} {whitewashed the kitchen|papered the hall}, {twice, because of the cat|and most of the dog}.
?rain|storm: {Half the cellar is under water|We bailed the cellar}, and {the potatoes float about like ducks|found the skates}.
?frost|snow: One can {walk across the mill pond|skate as far as the mill}, and {the whole town does, badly|old people have become quite wild}.
?winter: We have had {ice on the rain barrel|snow up to the sills}, and {the pipes talk at night|everyone has a cough}.
?spring: The {lambs|first lambs} are out on the hill, and {the whole town has a cold in the nose and a song in it|one cannot get a carpenter for love or money}.
?summer: It is {hot|so warm} that {the butter has to live in the well|we sleep with the doors open}. The {visitors|trippers} have come, with {hats|parasols}.
?autumn: The {apples|herring} {are in|have come}, {more than we know what to do with|thank goodness}, and {the evenings draw in|there are stoves alight}.
The {bandstand|chapel gate} has been painted {green|white}, and {three people have leaned on it|there is a notice saying so, which fell off}.
{Somebody has been leaving jam on doorsteps|A whale was seen, or a rock}. {Nobody knows who|There are two parties about it}.
The {roof|chimney} has been {mended|swept}, {and now the kettle whistles in tune with it|which it did not like}.
{We had a concert|There was a concert in the chapel hall}. {The second half was better|A dog sang}.
There are {twins|kittens} in the house next door, {and all of them awake|seven at last count}.
The {ferry|pump} was out of order for {two days|a week}, and {people got to know each other|one could hear the river}.
{I have taken up|They are teaching me} {bookbinding|the accordion|draughts}. {The family bears it|So far there is more blood than progress}.
{The new curate|A gentleman from the museum} {fell off the breakwater, but was nice about it|has come to count our steps, and gets a different number each time}.
{Bread is dearer by a farthing|The price of coal is shocking}, {and everybody says it is the end|but mussels are free}.
{A stranger came through with a bear|There was a balloon over the hill on Sunday}. {It was very polite|It waved, or somebody in it did}.
The old {pear tree|plum tree} is {in blossom for the first time in years|propped up with an oar}.
`;
