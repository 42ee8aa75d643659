"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import type { CitedPage } from "@/lib/conversations/schema";
import { hostOf, siteNamed } from "@/lib/web/site-name";
import { MarkedText } from "./marked-text";
import { bringPassage } from "./passage-place";
import { SiteLetter } from "./site-letter";
import { SourceTitle } from "./source-title";
import { useWebDates } from "./use-web-dates";
import { WebLink } from "./web-link";

/** A page of the web as it was read, at what an answer cites of it: nothing is asked of the site. */
export function WebView({ titleId, source }: { titleId: string; source: CitedPage }) {
  const t = useTranslations("sources");
  const { dayOf, timeOf } = useWebDates();
  const frame = useRef<HTMLElement>(null);
  const mark = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (frame.current && mark.current) bringPassage(frame.current, mark.current);
  }, []);
  const { url, title, site, date, readAt, passage } = source;
  const host = hostOf(url);
  const published = date && dayOf(date);
  const read = dayOf(readAt);
  return (
    <>
      <header className="border-line border-b px-4 pt-3 pb-3">
        <SourceTitle id={titleId} number={source.number} name={title || url} />
        <p className="mt-1 flex items-center gap-2 text-sm">
          <SiteLetter site={site} />
          <span className="min-w-0 wrap-anywhere">{siteNamed(source)}</span>
        </p>
        <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
          <p className="min-w-0 text-muted">
            {[
              published ? t("pageOf", { date: published }) : t("undated"),
              read && t("readOn", { date: read, time: timeOf(readAt) }),
            ]
              .filter(Boolean)
              .join(", ")}
          </p>
          {host !== null && (
            <WebLink url={url} className={buttonClass({ size: "small" })}>
              {t("openPage")}
            </WebLink>
          )}
        </div>
      </header>
      <p className="border-line border-b px-4 py-2 text-sm text-muted">{t("asRead")}</p>
      <section
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
        tabIndex={0}
        aria-label={site}
        className="relative min-h-0 flex-1 overflow-auto whitespace-pre-wrap p-4 -outline-offset-2 wrap-anywhere"
      >
        <MarkedText text={passage} type="md" isRecognised={false} passage={source} mark={mark} />
      </section>
    </>
  );
}
