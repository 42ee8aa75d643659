import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type allMessages from "@/messages/fr.json";

type Namespace = keyof typeof allMessages;

/** What the pieces of the interface say, on any page. */
const EVERYWHERE: readonly Namespace[] = ["ui", "errors", "layout"];

/** Sends to the browser the messages that client components below use, and no others. */
export async function ClientMessages({ also = [], children }: { also?: readonly Namespace[]; children: ReactNode }) {
  const messages = await getMessages();
  const sent = Object.fromEntries([...EVERYWHERE, ...also].map((name) => [name, messages[name]]));
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}
