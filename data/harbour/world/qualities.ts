// What things in Merrowick are like, in a word.

/** Every quality. */
export const QUALITIES: readonly string[] = `
old new red blue green white black grey yellow brown big small long short heavy light warm cold wet dry clean dirty
round square soft hard bright dark full empty fresh broken
sharp blunt thick thin narrow wide deep low high loud quiet strong weak smooth rough sweet sour bitter salty rusty dusty
muddy sandy wooden golden silver plain fine cheap dear rare strange good bad poor rich early late pretty ugly hot cool
fast slow tall tiny great little huge hollow loose tight open shut crooked straight ready sticky
`.trim().split(/\s+/);
