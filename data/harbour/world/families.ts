// The families of Merrowick: who lives where with whom, at what age and by what trade. A first name
// belongs to one person only, so that it answers a question by itself.

/** One household, in a shorthand that `people.ts` reads: "Name sex age trade", children without a trade. */
export interface FamilyEntry {
  readonly surname: string;
  readonly street: string;
  readonly number: number;
  readonly parents: string;
  readonly children: string;
  /** A grandparent under the same roof, and whose parent that is. */
  readonly elder?: string;
  readonly elderOf?: string;
}

/** Every household, one row each: surname, street, number, parents, children, elder, elder's child. */
const ROWS = `
Pell | Rope Lane | 4 | Mara f 44 baker, Jonas m 46 baker | Tilly f 11, Sam m 8 | Agnes f 73 retired baker | Jonas
Harrow | Gull Steps | 2 | Edda f 39 net mender, Tobias m 41 fisherman | Finn m 12, Ida f 9, Bram m 6 | |
Quill | Chapel Row | 7 | Rosalind f 35 schoolteacher, Martin m 37 postman | Nell f 10 | |
Tarrant | Tar Yard Lane | 1 | Hugo m 52 boatbuilder, Beatrix f 50 sailmaker | Piers m 17, Clara f 14 | Silas m 80 retired boatbuilder | Hugo
Crane | Lantern Hill | 9 | Winifred f 58 lighthouse keeper, Amos m 60 lamplighter | | |
Bellamy | Market Square | 3 | Cecily f 47 innkeeper, Rufus m 49 cook | Dora f 13, Jem m 10 | |
Thorne | Mill Path | 1 | Gideon m 55 miller, Hester f 51 cheesemaker | Luke m 15, Posy f 7 | |
Osgood | Cockle Lane | 5 | Walter m 63 crab catcher, Minnie f 61 fishmonger | | |
Finch | Chapel Row | 2 | Laurence m 42 minister, Olive f 40 music teacher | Peter m 9, Susan f 9, Toby m 4 | |
Drake | Harbour Street | 1 | Augusta f 54 harbourmaster, Edwin m 56 clerk | Leonard m 16 | |
Lovell | Market Square | 8 | Henry m 45 grocer, Marjorie f 43 draper | Alice f 12, Fred m 7 | Barnaby m 77 retired grocer | Marjorie
Penrose | Lantern Hill | 3 | Judith f 48 doctor, Simon m 50 chemist | Flora f 14 | |
Weaver | Cockle Lane | 11 | Hannah f 36 weaver, Nathan m 38 dyer | Ruth f 8, Jacob m 5 | |
Stokes | Tar Yard Lane | 6 | Bertram m 53 blacksmith, Gwen f 49 tinsmith | Arthur m 13, Molly f 11 | |
Rudd | Gull Steps | 8 | Dan m 34 ferryman, Lottie f 33 ticket seller | Kit m 6, Annie f 3 | |
Merriman | Windy Corner | 2 | Oswald m 66 clockmaker, Phoebe f 64 seamstress | | |
Gale | Harbour Street | 12 | Matilda f 59 pilot, Ambrose m 62 fog bell keeper | | |
Hobbs | Rope Lane | 10 | Percy m 51 ropemaker, Nora f 47 twine maker | Will m 14, Elsie f 10, Joe m 8 | Constance f 79 retired lacemaker | Nora
Sparrow | Mill Path | 6 | Rebecca f 32 beekeeper, Adam m 34 gardener | Daisy f 5 | |
Vane | Windy Corner | 5 | Cornelius m 70 weather watcher, Harriet f 68 almanac maker | | |
Tuck | Market Square | 11 | Ned m 44 butcher, Sally f 42 pie maker | Oliver m 12, Bess f 9 | |
Lowry | Cockle Lane | 2 | Ewan m 29 oysterman, Kirsty f 28 oyster seller | Rory m 3 | |
Ashby | Chapel Row | 12 | Philippa f 57 librarian, George m 59 printer | Evelyn f 17 | |
Marlowe | Lantern Hill | 14 | Isaac m 74 retired captain, Ottilie f 71 painter | | |
Fenn | Salt Pans Road | 1 | Jory m 40 salt maker, Tamsin f 38 smokehouse keeper | Wren f 11, Davy m 9 | |
Plum | Rope Lane | 7 | Leopold m 48 cobbler, Ivy f 46 hat maker | Hilda f 12, Victor m 7 | |
Cobb | Salt Pans Road | 4 | Eli m 31 carter, Martha f 30 laundress | Tess f 6, Ben m 2 | Jerusha f 69 retired laundress | Eli
Birch | Mill Path | 9 | Stephen m 43 carpenter, Lydia f 41 toy maker | Robin m 10, Hazel f 8 | |
Nightingale | Windy Corner | 8 | Felix m 39 fiddler, Sophia f 37 dancing teacher | Laura f 9 | |
Gannet | Gull Steps | 5 | Malachi m 57 fisherman, Dorcas f 55 fish salter | Zachary m 19 fisherman | Ezra m 82 retired fisherman | Malachi
Wick | Cockle Lane | 8 | Prudence f 45 candlemaker, Giles m 47 cooper | Hetty f 13, Mark m 11 | |
Larkin | Mill Path | 12 | Duncan m 50 shepherd, Elspeth f 48 spinner | Callum m 14, Maisie f 7 | |
Rowe | Harbour Street | 6 | Vera f 52 chandler, Humphrey m 54 sign painter | Ada f 15 | |
Swift | Salt Pans Road | 9 | Jack m 27 fisherman, Nancy f 26 net mender | Polly f 4 | |
Underhill | Lantern Hill | 6 | Abel m 61 stonemason, Charity f 58 midwife | | |
Yarrow | Gull Steps | 11 | Miriam f 41 tailor, Joseph m 43 bellringer | Esther f 11, Noah m 8 | |
Potter | Tar Yard Lane | 9 | Thomas m 46 potter, Bridget f 44 tile maker | Grace f 12, Ralph m 6 | Edith f 72 retired potter | Thomas
Whitlock | Harbour Street | 15 | Roderick m 38 customs officer, Eleanor f 36 telegraph clerk | Julian m 10 | |
`;

/** Every household of the town. */
export const FAMILIES: readonly FamilyEntry[] = ROWS.trim().split("\n").map((row) => {
  const [surname, street, number, parents, children, elder, elderOf] = row.split("|").map((cell) =>
    cell.trim()
  );
  return {
    surname,
    street,
    number: Number(number),
    parents,
    children,
    ...(elder ? { elder, elderOf } : {}),
  };
});
