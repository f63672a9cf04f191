// What fills the slots of acts that are asked for.

import { splitPool } from "./family.ts";
import { THINGS } from "./pools.ts";
import type { Part } from "./question_set.ts";

/** What an act can be about, by the slot it fills. */
export const FILLERS: Readonly<Record<string, Readonly<Record<Part, readonly string[]>>>> = {
  person: splitPool(
    ("my neighbour,the mayor,the postman,a child,my landlord,the baker,an old woman,my brother," +
      "the schoolmaster,a stranger,the fishmonger,my sister,the doctor,a sailor,the innkeeper," +
      "my cousin,the cobbler,a passenger,my friend,the beekeeper,the miller,my aunt,the priest," +
      "a tourist,the ferryman,my uncle,the butcher,my grandmother,a guest,the gardener,the captain," +
      "my teacher,a customer,the fiddler,the tailor,my nephew,the night watchman,a beggar,the cook," +
      "my husband,the judge,a soldier,my wife,the smith,a traveller,the carpenter,my grandfather," +
      "the girl next door,a farmer,the lighthouse keeper,the shepherd,my daughter,the washerwoman," +
      "a pilot,the organist,my godfather,the bargeman,a painter,my partner,the porter,a nurse," +
      "my mother-in-law,the blacksmith's wife,an old man,the bellringer,my son,the chimney sweep," +
      "a visitor,the dressmaker,my niece,the harbourmaster,a student,the woodcutter,my enemy," +
      "the milkmaid,an orphan,the clerk,my boss,the glazier,a singer,the widow next door,my rival," +
      "the barber,an actor,the stonemason,my lodger,the gatekeeper,a clockmaker,the boy next door," +
      "my pupil,the midwife,a thief,the sexton,my guest,the vicar,an uncle of mine,the coachman," +
      "my classmate,the policeman,a fisherman," +
      "the ropemaker,the drummer,the curate,the weaver,the goatherd,my father,the boatswain,a poet," +
      "the headmaster,the butler,the customs officer,the tailor's son,a sick man,the shipwright," +
      "a flautist,a nun,a potter,the dairymaid,my stepmother,the cabin boy,a dancer,a governess," +
      "the housekeeper,the sheriff,my wife's brother,a newcomer,the cooper,the choirboy,the bishop," +
      "the saddler,the ploughman,my godson,an admiral,the puppeteer,the librarian,a footman,a magistrate," +
      "the captain's widow,the woman across the road,the sailmaker,the piper,the verger,the locksmith," +
      "a drover,my great-aunt,the first mate,a sculptor,a schoolgirl,the kitchen maid,the town crier," +
      "the baker's daughter,a blind man,the net mender,a cellist,a monk,a hatter,the swineherd,my mother," +
      "the helmsman,an acrobat,the music teacher,the nanny,the notary,my friend's mother,a toddler," +
      "the boatbuilder,the conductor,the deacon,the printer,the stable boy,my twin sister,a midshipman," +
      "the engraver,an apprentice,the errand boy,the tax collector,the mayor's wife,the old man upstairs," +
      "a docker,a harpist,the parson,the goldsmith,the goose girl,my father-in-law,the purser,a novelist," +
      "a professor,a chambermaid,an alderman,the miller's nephew,a young mother,the ship's chandler," +
      "the trumpeter,an abbot,the thatcher,a reaper,my grandson,the ship's cook,the storyteller," +
      "the headmistress,the valet,the constable,my husband's uncle,a widower,an oyster seller,a pianist," +
      "a pilgrim,a basketmaker,the sheep shearer,my stepbrother,a stoker,a photographer," +
      "the drawing master,the groom,the governor,the doctor's sister,the patient in the next bed," +
      "a whaler,the bandmaster,the chaplain,the bookbinder,the cheesemaker,my godmother,the coxswain," +
      "a ballad singer,my tutor,the laundress,my lawyer,the judge's cousin,a boy of ten,the lock keeper," +
      "a composer,the churchwarden,the tanner,the cowherd,my granddaughter,the quartermaster," +
      "the playwright,a schoolboy,a lady's maid,the stationmaster,the ferryman's daughter,the bride")
      .split(","),
  ),
  thing: THINGS,
  work: splitPool(
    ("mend,clean,wash,paint,look after,sweep,dry,brush,polish,tidy,wipe,cover,scrub,repair," +
      "plane,sort out,air,oil,measure,weigh,warm,rinse,wax,tar,trim,patch,iron,pack,wrap," +
      "tie up,hold,steady,watch over,return,renew,fill,stack,straighten,strengthen,decorate," +
      "sketch,praise,describe,shade,dust,varnish,soak,smooth,mark,count,label,cool,unpack," +
      "restore,improve,check,admire,bless,shake out,care for,guard,mind,deliver,lay out,level," +
      "lift,sand,scour,seal,sew,shine,stitch,store,support,tighten,unroll,whitewash,grease," +
      "insure,lengthen,make ready,mop,number,plan,plaster,prepare,prop up,protect,put away," +
      "put in order,rebuild,refresh,rehang,replace,rescue,save,scrape,shelter,spruce up,starch," +
      "stretch,sweeten,thaw,touch up,treat,tune,unfold,value,wait for,whiten,widen,wrap up," +
      "appreciate,arrange,assemble,bandage,beautify,bleach,bolster,buy,carve,celebrate,clear out," +
      "colour,comb,compare,darn,defend,draw,dress,dye,embroider,enlarge,fasten,find,finish," +
      "fit out,fix,fold,frame,freshen,furnish,gather up,gild,give back,glaze,glue,hang up,heat," +
      "help with,hem,hose down,keep dry,keep warm,lace up,line,love,marvel at,modernise,neaten," +
      "nail together,paper,pad,perfume,plait,play with,pump out,raise,recommend,reinforce," +
      "rub down,salute,scent,screen off,soften,sponge,spray,stir,swaddle,thank,toast,train," +
      "upholster,ventilate,visit,wind up").split(","),
  ),
  pest: splitPool(
    ("weeds slugs moths ants mice flies beetles rats wasps snails nettles fleas mould caterpillars " +
      "thistles gnats spiders crows moss worms").split(" "),
  ),
  beast: splitPool(
    ("cat dog cow hen goose goat pony donkey sheep pig duck calf seal heron lamb mule rabbit hedgehog foal hound " +
      "kitten puppy gander ram ox").split(" "),
  ),
  occasion: splitPool(
    ("supper,the fair,a wedding,the harvest feast,breakfast,the regatta,the concert,a picnic,the market," +
      "the Christmas play,a birthday,the dance,the choir's outing,a christening,the ship's launch,the spring ball," +
      "the schoolchildren's play,a garden party,the mayor's reception,the boat race").split(","),
  ),
  place: splitPool(
    ("cellar attic garden kitchen yard shed hall loft pantry porch barn parlour workshop stable chapel")
      .split(" "),
  ),
  food: splitPool(
    ("bread cheese bacon carrots apples onions cabbage fish herring beans pears potatoes ham crabs plums " +
      "mushrooms turnips eggs leeks rhubarb").split(" "),
  ),
};
