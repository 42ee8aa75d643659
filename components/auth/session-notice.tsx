"use client";

import { type FocusEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { CONTENT_ID } from "@/components/layout/skip-links";
import { Button, buttonClass } from "@/components/ui/button";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
import { onSessionEnded } from "./session-ended";
import { type SessionView, sessionView } from "./session-view";

type Texts = {
  label: string;
  /** By number of minutes left. */
  ends: string[];
  endsForGood: string[];
  stay: string;
  stayed: string;
  ended: string;
  signInAgain: string;
};

const FIRST_CHECK_MS = 5_000;

export function SessionNotice({ texts }: { texts: Texts }) {
  const [view, setView] = useState<SessionView>({ phase: "open" });
  const [stayed, setStayed] = useState(false);
  const signInLink = useRef<HTMLAnchorElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const check = useCallback(async (extend = false) => {
    clearTimeout(timer.current);
    const { view: next, checkInMs } = await ask(extend);
    if (next) setView(next);
    if (extend) setStayed(next?.phase === "open");
    timer.current = setTimeout(() => void check(), checkInMs);
  }, []);

  useEffect(() => {
    timer.current = setTimeout(() => void check(), FIRST_CHECK_MS);
    // A computer that slept ran no timer; another tab may have signed in again.
    const wake = () => document.visibilityState === "visible" && void check();
    const forget = onSessionEnded(() => void check());
    document.addEventListener("visibilitychange", wake);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener("visibilitychange", wake);
      forget();
    };
  }, [check]);

  const text = textOf(view, texts);
  return (
    <>
      {/* Said when the state changes, not each minute. */}
      <p role="status" className="sr-only">
        {view.phase === "open" ? stayed && texts.stayed : announced(view, texts)}
      </p>
      {text && (
        <NoticeCard label={texts.label}>
          <p className="min-w-0 flex-1 basis-64">{text}</p>
          {view.phase === "ending" && view.canExtend && (
            <StayButton onStay={() => void check(true)} signInLink={signInLink}>
              {texts.stay}
            </StayButton>
          )}
          {view.phase === "ended" && (
            <a
              ref={signInLink}
              href={`/connexion?retour=${encodeURIComponent(`${window.location.pathname}${window.location.search}`)}`}
              className={buttonClass({ variant: "primary" })}
            >
              {texts.signInAgain}
            </a>
          )}
        </NoticeCard>
      )}
    </>
  );
}

type StayButtonProps = { onStay: () => void; signInLink: RefObject<HTMLElement | null>; children: ReactNode };

/** It may be too late: what is left to do then takes its focus. */
function StayButton({ onStay, signInLink, children }: StayButtonProps) {
  const button = useFocusHandedOn<HTMLButtonElement>(() => signInLink.current ?? document.getElementById(CONTENT_ID));
  return (
    <Button ref={button} variant="primary" onClick={onStay}>
      {children}
    </Button>
  );
}

/** Once it goes, gives the focus back to where it came from. */
function NoticeCard({ label, children }: { label: string; children: ReactNode }) {
  const origin = useRef<HTMLElement>(null);
  const card = useFocusHandedOn<HTMLElement>(() =>
    origin.current?.isConnected ? origin.current : document.getElementById(CONTENT_ID),
  );
  const noteOrigin = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !card.current?.contains(relatedTarget)) origin.current = relatedTarget;
  };
  return (
    <section
      ref={card}
      aria-label={label}
      onFocus={noteOrigin}
      className="fixed inset-x-4 top-16 z-50 mx-auto flex max-w-xl flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-surface p-4 text-default shadow-overlay"
    >
      {children}
    </section>
  );
}

async function ask(extend: boolean): Promise<{ view: SessionView | null; checkInMs: number }> {
  try {
    const response = await fetch(extend ? "/api/session/extend" : "/api/session", {
      method: extend ? "POST" : "GET",
      cache: "no-store",
    });
    return sessionView(response.status, response.ok ? await response.json() : null);
  } catch {
    return sessionView(0, null); // the network is away: asked again soon, and nothing is announced
  }
}

function textOf(view: SessionView, texts: Texts): string | undefined {
  switch (view.phase) {
    case "open":
      return undefined;
    case "ending":
      return (view.canExtend ? texts.ends : texts.endsForGood)[view.minutes];
    case "ended":
      return texts.ended;
  }
}

/** The first sentence of a state, kept while it lasts. */
function announced(view: Exclude<SessionView, { phase: "open" }>, texts: Texts): string | undefined {
  if (view.phase === "ended") return texts.ended;
  const sentences = view.canExtend ? texts.ends : texts.endsForGood;
  return view.minutes <= 1 ? sentences[1] : sentences.at(-1);
}
