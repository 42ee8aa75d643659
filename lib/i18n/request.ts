import { getRequestConfig } from "next-intl/server";
import messages from "@/messages/fr.json";

/** One language today. English is `messages/en.json` and a choice made here. */
export default getRequestConfig(async () => ({ locale: "fr", messages, timeZone: "Europe/Paris" }));
