const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A word of the name begins as what is typed, accents and capitals apart. */
export const beginsAs = (name: string, typed: string): boolean => ` ${folded(name)}`.includes(` ${folded(typed)}`);
