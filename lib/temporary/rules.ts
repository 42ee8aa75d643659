/** How long a temporary conversation lives at most, whoever looks at it. */
export const LIFE_HOURS = 24;
export const latestEnd = (createdAt: Date): Date => new Date(createdAt.getTime() + LIFE_HOURS * 3_600_000);

/** How long after it was left it may still be opened again: the time of a reload, or of coming back. */
export const GRACE_SECONDS = 90;
/** How often a page that shows one says so; browsers let hidden tabs speak once a minute. */
export const SHOWN_EVERY_MS = 30_000;

/** In the address of home: the next question opens a temporary conversation. */
export const TEMPORARY_PARAMETER = "temporaire";
export const TEMPORARY_HOME = `/?${TEMPORARY_PARAMETER}=1`;
