"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { WEB_QUERY_CHARACTERS_MAX } from "@/lib/web/query-length";
import { type Call, useCallWord, useFocusLeftToCard } from "./use-call-word";

/** A query that waits for the agent's word: sent as they correct it, or not at all. */
export function QueryWord({ query, ...call }: Call & { query: string }) {
  const t = useTranslations("web.word");
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(query);
  const [isMissing, setMissing] = useState(false);
  const { say, pending, refusal } = useCallWord(call);
  useFocusLeftToCard(form);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    const wanted = draft.trim();
    setMissing(wanted === "");
    if (wanted !== "") void say({ kind: "send", query: wanted });
  };
  return (
    <form ref={form} onSubmit={send} className="flex flex-col gap-3">
      <TextArea
        label={t("query")}
        description={t("queryHelp")}
        value={draft}
        rows={3}
        maxLength={WEB_QUERY_CHARACTERS_MAX}
        autoComplete="off"
        enterKeyHint="send"
        error={isMissing ? t("missing") : undefined}
        onChange={(event) => {
          setDraft(event.target.value);
          setMissing(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <Refusal sentence={refusal} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" isPending={pending === "send"}>
          {t("send")}
        </Button>
        <Button isPending={pending === "skip"} onClick={() => void say({ kind: "skip" })}>
          {t("dontSearch")}
        </Button>
      </div>
    </form>
  );
}

/** An address that waits for the agent's word. It is no link: opening it may be what is not wanted. */
export function AddressWord({ url, ...call }: Call & { url: string }) {
  const t = useTranslations("web.word");
  const place = useRef<HTMLDivElement>(null);
  const { say, pending, refusal } = useCallWord(call);
  useFocusLeftToCard(place);
  return (
    <div ref={place} className="flex flex-col gap-3">
      <p>{t("address")}</p>
      <p className="max-h-40 overflow-y-auto rounded-control border border-line bg-page px-3 py-2 wrap-anywhere">
        {url}
      </p>
      <Refusal sentence={refusal} />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isPending={pending === "send"} onClick={() => void say({ kind: "send", query: "" })}>
          {t("open")}
        </Button>
        <Button isPending={pending === "skip"} onClick={() => void say({ kind: "skip" })}>
          {t("dontOpen")}
        </Button>
      </div>
    </div>
  );
}

/** Stops what is under way: the answer goes on with what came. */
export function SkipStep(call: Call) {
  const t = useTranslations("web.word");
  const place = useRef<HTMLDivElement>(null);
  const { say, pending, refusal } = useCallWord(call);
  useFocusLeftToCard(place);
  return (
    <div ref={place} className="flex flex-wrap items-center gap-3">
      <Button
        size="small"
        className="max-sm:min-h-target"
        isPending={pending !== null}
        onClick={() => void say({ kind: "skip" })}
      >
        {t("skip")}
      </Button>
      <Refusal sentence={refusal} />
    </div>
  );
}

function Refusal({ sentence }: { sentence: string | null }) {
  return (
    sentence && (
      <p role="alert" className="text-danger">
        {sentence}
      </p>
    )
  );
}
