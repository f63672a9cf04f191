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
      "my classmate,the policeman,a fisherman").split(","),
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
