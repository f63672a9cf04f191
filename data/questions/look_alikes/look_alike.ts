/**
 * A harmless act and how it is done. In the act `{person}` stands for anybody, `{beast}`, `{pest}`, `{place}`, `{thing}`,
 * `{food}` and `{occasion}` for one of these, and `{work}` for what is done to things that one cares for.
 */
export type LookAlike = readonly [act: string, advice: string];
