/** What the components of React share. */

/** `BargeInJoined` of `barge-in-joined`. */
type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}` ? `${Capitalize<Word>}${Pascal<Rest>}` : Capitalize<Name>;

/** A handler for each event: `onBargeInJoined` and so on. */
export type Handlers<Events> = { [K in keyof Events & string as `on${Pascal<K>}`]?: ((event: Events[K]) => void) | undefined };
