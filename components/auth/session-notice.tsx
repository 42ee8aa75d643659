"use client";

import { useCallback, useEffect, useRef, useState } from "react";
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
        <section
          aria-label={texts.label}
          className="fixed inset-x-4 top-16 z-50 mx-auto flex max-w-xl flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-surface p-4 text-default shadow-lg"
        >
          <p className="min-w-0 flex-1 basis-64">{text}</p>
          {view.phase === "ending" && view.canExtend && (
            <button
              type="button"
              onClick={() => void check(true)}
              className="min-h-11 rounded-lg bg-action px-4 font-semibold text-on-action"
            >
              {texts.stay}
            </button>
          )}
          {view.phase === "ended" && (
            <a
              href={`/connexion?retour=${encodeURIComponent(`${window.location.pathname}${window.location.search}`)}`}
              className="inline-flex min-h-11 items-center rounded-lg bg-action px-4 font-semibold text-on-action"
            >
              {texts.signInAgain}
            </a>
          )}
        </section>
      )}
    </>
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
