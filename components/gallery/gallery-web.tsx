"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Answer } from "@/components/assistant/message";
import { WebChoice, WebToggle } from "@/components/assistant/web-choice";
import { SearchesSection } from "@/components/settings/searches-section";
import { WebView } from "@/components/sources/web-view";
import type { WebMode } from "@/lib/assistant/schema";
import { Part, Row } from "./gallery-part";
import { anEngine, aPassage, pageCalls, searchCalls, unreadPages, webAnswer } from "./web-examples";

const save = async () => ({ ok: true as const, data: undefined });

/** All that has to do with searches of the web, step by step. */
export function GalleryWeb() {
  const t = useTranslations("gallery");
  const [mode, setMode] = useState<WebMode>("official");
  return (
    <>
      <Part title={t("webChoice")}>
        <Row>
          <WebToggle mode="off" onChoose={() => {}} />
          <WebToggle mode={mode} onChoose={setMode} />
        </Row>
        <WebChoice mode={mode} onChoose={setMode} engines={[anEngine]} />
      </Part>
      <Part title={t("webCards")}>
        <Answer answerId="web-running" conversationId="gallery" parts={searchCalls} isWriting>
          {null}
        </Answer>
        <Answer answerId="web-unread" parts={unreadPages}>
          {null}
        </Answer>
      </Part>
      <Part title={t("webPageCards")}>
        <Answer answerId="web-pages" conversationId="gallery" parts={pageCalls} isWriting>
          {null}
        </Answer>
      </Part>
      <Part title={t("webSources")}>
        <Answer
          answerId="web-sources"
          parts={webAnswer}
          provenance={{
            modelLabel: t("model"),
            hostingLabel: t("hosting"),
            requestedModelLabel: null,
            firstTokenMs: 830,
            durationMs: 12_400,
            inputTokens: 1_250,
            outputTokens: 640,
            co2: null,
          }}
        >
          <p>{t("paragraph")}</p>
        </Answer>
      </Part>
      <Part title={t("webPanel")}>
        <div className="flex h-96 flex-col border border-line bg-page">
          <WebView titleId="gallery-source" source={aPassage} />
        </div>
      </Part>
      <Part title={t("webSettings")}>
        <SearchesSection
          choices={{ searchesAlone: true, confirmsSearches: false }}
          engines={[anEngine]}
          onSave={save}
        />
        <SearchesSection choices={{ searchesAlone: false, confirmsSearches: false }} engines={[]} onSave={save} />
      </Part>
    </>
  );
}
