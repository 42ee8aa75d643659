"use client";

import { useTranslations } from "next-intl";
import { ContextGauge } from "@/components/assistant/context-gauge";
import { Feedback } from "@/components/assistant/feedback";
import { FeedbackPanel } from "@/components/assistant/feedback-panel";
import { Answer } from "@/components/assistant/message";
import type { MessagePart, Provenance } from "@/lib/conversations/schema";
import { Part } from "./gallery-part";

const asked = { start: "2026-04-30", count: "calendar", days: 16 } as const;
const call = { type: "tool", name: "deadline", input: asked, output: null } as const;
const workDone: MessagePart[] = [
  { type: "reasoning", text: "…", durationMs: 12_400 },
  {
    ...call,
    callId: "1",
    state: "done",
    output: {
      end: "2026-05-16",
      days: 16,
      holidays: [
        { date: "2026-05-01", name: "labour" },
        { date: "2026-05-14", name: "ascension" },
      ],
      extendedTo: "2026-05-18",
    },
  },
  {
    type: "tool",
    name: "query_table",
    callId: "5",
    state: "done",
    input: { document: 1, groupBy: ["Service"], aggregates: [{ calculation: "sum", column: "Montant" }] },
    output: {
      columns: ["Service", "somme de Montant"],
      rows: [
        ["Voirie", "1 234,56 €"],
        ["Sports", "980 €"],
      ],
      matched: 120,
      total: 1_250,
      found: 2,
    },
  },
  {
    type: "tool",
    name: "search_documents",
    callId: "6",
    state: "done",
    input: { query: "indemnité kilométrique" },
    output: { documents: ["guide.pdf"], passages: [12, 14].map((page) => ({ name: "guide.pdf", page })) },
  },
  {
    type: "tool",
    name: "read_pages",
    callId: "7",
    state: "done",
    input: { document: 1, from: 12, to: 40 },
    output: { name: "guide.pdf", from: 12, to: 15, isCut: true },
  },
  { ...call, callId: "2", state: "running" },
  { ...call, callId: "3", state: "failed" },
  { type: "tool", callId: "4", name: "unknown", state: "failed", input: null, output: null },
];

/** What surrounds an answer. */
export function GalleryAnswers() {
  const t = useTranslations("gallery");
  const known: Provenance = {
    modelLabel: t("model"),
    hostingLabel: t("hosting"),
    requestedModelLabel: null,
    firstTokenMs: 830,
    durationMs: 12_400,
    inputTokens: 1_250,
    outputTokens: 640,
    co2: { gramsMin: 0.0712, gramsMax: 0.0712, source: "estimate" },
  };
  const fallback: Provenance = {
    ...known,
    requestedModelLabel: t("otherModel"),
    durationMs: 72_000,
    co2: { gramsMin: 0.12, gramsMax: 0.31, source: "estimate" },
  };
  return (
    <>
      <Part title={t("answers")}>
        <Answer answerId="1" provenance={known} actions={<Feedback answerId="1" opinion={null} />}>
          <p>{t("paragraph")}</p>
        </Answer>
        <Answer
          answerId="2"
          provenance={fallback}
          actions={<Feedback answerId="2" opinion={{ rating: "down", reasons: ["sources"], comment: "" }} />}
        >
          <p>{t("paragraph")}</p>
        </Answer>
        <Answer answerId="3" provenance={{ ...known, co2: { gramsMin: 0.0042, gramsMax: 0.0042, source: "provider" } }}>
          <p>{t("paragraph")}</p>
        </Answer>
      </Part>
      <Part title={t("workDone")}>
        <Answer answerId="4" parts={workDone} isWriting>
          <p>{t("paragraph")}</p>
        </Answer>
      </Part>
      <Part title={t("feedbackPanel")}>
        <FeedbackPanel
          opinion={{ rating: "down", reasons: ["invented", "sources"], comment: "" }}
          isInPlace
          onSend={async () => false}
          onClose={() => {}}
        />
      </Part>
      <Part title={t("contextGauge")}>
        <ContextGauge usedTokens={4_200} budgetTokens={58_000} />
        <ContextGauge usedTokens={44_000} budgetTokens={58_000} />
      </Part>
    </>
  );
}
