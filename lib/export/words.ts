import { createTranslator } from "use-intl/core";
import messages from "../../messages/fr.json" with { type: "json" };

/** What is written in the files that are taken away; in the browser and in jobs alike, hence without a request. */
export const words = createTranslator({
  locale: "fr",
  messages: { exportFile: messages.exportFile },
  timeZone: "Europe/Paris",
  namespace: "exportFile",
});
/** Where a cited passage is, said as on the screen. */
export const placeWords = createTranslator({
  locale: "fr",
  messages: { sources: messages.sources },
  namespace: "sources",
});

const dayFormat = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeZone: "Europe/Paris" });
const momentFormat = new Intl.DateTimeFormat("fr", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Paris" });
const inFrench = (date: string): string => date.replace(/^1(?= )/, "1er");
export const inDays = (date: Date): string => inFrench(dayFormat.format(date));
export const inMinutes = (date: Date): string => inFrench(momentFormat.format(date));
