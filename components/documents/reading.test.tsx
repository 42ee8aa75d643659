import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { DocumentSummary } from "@/lib/documents/schema";
import messages from "@/messages/fr.json";
import { Reading } from "./reading";

const aPdf: DocumentSummary = {
  ...{ id: "1", name: "rapport.pdf", sizeBytes: 10, state: "ready", failureCode: null, type: "pdf", pages: 130 },
  ...{ pagesToRecognise: 0, pagesRecognised: 0, characters: 4_000 },
};

it.each<[string, Partial<DocumentSummary>]>([
  ["Lecture en cours", { state: "received", type: null, pages: null, characters: null }],
  ["Lecture en cours", { state: "checked", type: null, pages: null, characters: null }],
  ["Reconnaissance du texte, 12 sur 130 pages", { state: "read", pagesToRecognise: 130, pagesRecognised: 12 }],
  ["Reconnaissance du texte, 0 sur 1 page", { state: "read", type: "png", pagesToRecognise: 1 }],
  ["130 pages", {}],
  ["1 page", { pages: 1 }],
  ["3 feuilles", { type: "xlsx", pages: 3 }],
  ["1 diapositive", { type: "odp", pages: 1 }],
  ["Lu", { type: "docx", pages: 1 }],
  ["130 pages, texte reconnu, à vérifier", { pagesToRecognise: 130, pagesRecognised: 130 }],
  [
    "130 pages, texte reconnu, à vérifier, sur 100 des 130 pages numérisées",
    { pagesToRecognise: 130, pagesRecognised: 100 },
  ],
  ["130 pages, aucun texte reconnu", { pagesToRecognise: 130, pagesRecognised: 130, characters: 0 }],
])("« %s » is said of %j", (sentence, more) => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" timeZone="Europe/Paris" messages={{ documents: messages.documents }}>
      <Reading document={{ ...aPdf, ...more }} />
    </NextIntlClientProvider>,
  );
  expect(html).toBe(sentence);
});
