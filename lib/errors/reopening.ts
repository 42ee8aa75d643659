const timeZone = "Europe/Paris";
const timeFormat = new Intl.DateTimeFormat("fr-FR", { timeZone, timeStyle: "short" });
const dateFormat = new Intl.DateTimeFormat("fr-FR", { timeZone, dateStyle: "long" });

/** When a limit reopens, in Paris: the time alone when it is today. */
export function reopening(at: Date, now: Date): { time: string; date: string | null } {
  const date = dateFormat.format(at);
  return { time: timeFormat.format(at), date: date === dateFormat.format(now) ? null : date };
}
