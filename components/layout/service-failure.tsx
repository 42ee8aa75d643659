"use client";

import { NextIntlClientProvider } from "next-intl";
import messages from "@/messages/fr.json";
import { PageFailure } from "./page-failure";

/** For when the root layout itself failed: no provider is there to lend its messages. */
export function ServiceFailure({ onRetry }: { onRetry: () => void }) {
  return (
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={{ layout: messages.layout }}>
      <main className="flex min-h-dvh flex-col">
        <PageFailure onRetry={onRetry} />
      </main>
    </NextIntlClientProvider>
  );
}
