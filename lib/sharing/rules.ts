/** For how long a link can be opened, in days. */
export const SHARE_DAYS = [7, 30, 90] as const;
export const SHARE_DAYS_PROPOSED = 30;
/** An agent keeps at most so many links open. */
export const SHARES_MAX = 100;

export const sharePath = (id: string): string => `/partages/${id}`;
