/** Where days begin and end for the agents, wherever the server runs. */
const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short" });

/** The calendar day in Paris, such as « 2026-11-26 ». */
export const parisDay = (at: Date): string => format.format(at);
