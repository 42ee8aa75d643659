import { composeDocument, type ExportedMessage } from "@/lib/export/compose";
import type { ExportDocument } from "@/lib/export/document-model";

const turn = {
  id: "0198c0de-0000-7000-8000-000000000001",
  status: "completed" as const,
  failureCode: null,
  modelLabel: "Modèle d’essai",
  isTruncated: false,
  hostingLabel: null,
  requestedModelLabel: null,
  firstTokenMs: null,
  durationMs: null,
  inputTokens: null,
  outputTokens: null,
  co2: null,
};

const at = { start: 0, end: 1 };
const sources = [
  {
    ...at,
    number: 1,
    documentId: "0198c0de-0000-7000-8000-000000000002",
    name: "rapport.pdf",
    page: 3,
    kind: "page" as const,
    label: null,
    isRecognised: false,
  },
  {
    ...at,
    number: 2,
    url: "https://www.service-public.fr/conges",
    title: "Congés",
    site: "service-public.fr",
    date: null,
    readAt: "2026-11-01T10:00:00Z",
    passage: "…",
  },
];

const createdAt = new Date("2026-07-04T10:00:00Z");
export const aQuestionSaid = (text: string): ExportedMessage => ({
  author: "agent",
  parts: [{ type: "text", text }],
  createdAt,
  turn: null,
});
export const anAnswerSaid = (text: string): ExportedMessage => ({
  author: "assistant",
  parts: [{ type: "text", text, sources }],
  createdAt,
  turn,
});

/** A conversation of one exchange, as it is exported. */
export const anExchange = (answer: string, question = "Une question ?"): ExportDocument =>
  composeDocument("Titre d’essai", [aQuestionSaid(question), anAnswerSaid(answer)]);
