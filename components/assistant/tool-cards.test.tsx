import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import messages from "@/messages/fr.json";
import { ToolCards } from "./tool-cards";

type QueryCall = ToolPart & { name: "query_table" };

const read = (call: Partial<QueryCall>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={messages} timeZone="Europe/Paris">
      <ToolCards
        answerId="1"
        parts={[{ type: "tool", name: "query_table", callId: "1", state: "done", input: null, output: null, ...call }]}
      />
    </NextIntlClientProvider>,
  )
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replace(/\s/g, " ");

it("says in words what was asked of a spreadsheet, and what was found", () => {
  const card = read({
    input: {
      document: 2,
      sheet: "Budget",
      filters: [
        { column: "Année", operator: "in", value: [2025, 2026] },
        { column: "Note", operator: "empty", value: false },
      ],
      groupBy: ["Service"],
      aggregates: [{ calculation: "sum", column: "Montant" }, { calculation: "count" }],
    },
    output: {
      columns: ["Service", "somme de Montant", "nombre de lignes"],
      rows: [["Voirie", "1 234,56 €", "3"]],
      matched: 1_200,
      total: 100_000,
      found: 4,
    },
  });
  expect(card).toContain("|Calcul sur un tableur|4 lignes|");
  expect(card).toContain(
    "document 2, feuille « Budget », somme de « Montant » et nombre de lignes, par Service, où « Année » est parmi 2025 et 2026 et « Note » n’est pas vide",
  );
  expect(card).toContain("|Lignes retenues|1 200 sur 100 000|Premières lignes|Voirie · 1 234,56 € · 3|");
});

it("gives the figure itself when it is all that was asked", () => {
  const input = { document: 1, aggregates: [{ calculation: "mean" as const, column: "Prix" }] };
  const output = { columns: ["moyenne de Prix"], rows: [["12,5 €"]], matched: 10, total: 10, found: 1 };
  const card = read({ input, output });
  expect(card).toContain("|Calcul sur un tableur|12,5 €|");
  expect(card).not.toContain("Détail");
});

it("shows a query that failed, or made no sense", () => {
  expect(read({ state: "failed", input: { document: 9 } })).toContain("|document 9, lignes|");
  expect(read({ state: "failed" })).toContain("L’outil n’a rien donné");
});
