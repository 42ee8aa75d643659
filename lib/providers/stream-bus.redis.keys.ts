import "server-only";

/*
 * A turn is one Redis stream. An entry holds the parts said together, each under the name of the bus that said it; its
 * identifier is `n-0`, n being how many parts the turn has with it. So a position is an identifier, and Redis itself refuses
 * what it already has. The entry `END` is above all others: nothing can follow it.
 */
const PREFIX = "assistant:";
export const END = "18446744073709551615-0";

export const streamKey = (turnId: string) => `${PREFIX}turn:${turnId}`;
/** Says that the stream has something new. */
export const newsChannel = (turnId: string) => `${PREFIX}news:${turnId}`;
export const wordKey = (key: string) => `${PREFIX}word:${key}`;
/** Says to what key a word was said, which is read under `wordKey`. */
export const WORDS_CHANNEL = `${PREFIX}words`;

/** `[identifier, [name, part, name, part…]]` */
export type Entry = [id: string, fields: string[]];

export const positionOf = (id: string): number => Number(id.slice(0, id.indexOf("-")));
