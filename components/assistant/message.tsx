import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Provenance as ProvenanceFacts } from "@/lib/conversations/schema";
import { KeptDetails } from "./kept-details";
import { Provenance } from "./provenance";

/** Who speaks shows by the place on the screen, and is written on paper. */
const AUTHOR = "sr-only print:not-sr-only print:text-sm print:font-semibold";

/** A question, as it was typed. */
export function Question({ text, actions }: { text: string; actions?: ReactNode }) {
  const t = useTranslations("assistant");
  return (
    <article className="flex flex-col items-end print:items-start">
      <h2 className={AUTHOR}>{t("you")}</h2>
      <p className="max-w-[85%] whitespace-pre-wrap rounded-card rounded-br-sm bg-action-soft px-4 py-2.5 wrap-anywhere">
        {text}
      </p>
      {actions && <div className="mt-1 flex items-center gap-1 text-sm text-muted">{actions}</div>}
    </article>
  );
}

type AnswerProps = {
  answerId: string;
  isWriting?: boolean;
  reasoning?: string;
  provenance?: ProvenanceFacts | undefined;
  actions?: ReactNode;
  children: ReactNode;
};

export function Answer({ answerId, isWriting = false, reasoning = "", provenance, actions, children }: AnswerProps) {
  const t = useTranslations("assistant");
  return (
    <article aria-busy={isWriting || undefined} className="flex flex-col gap-3">
      <h2 className={AUTHOR}>{t("assistant")}</h2>
      {reasoning && (
        <KeptDetails
          id={`${answerId} reasoning`}
          className="print:hidden rounded-control border border-line bg-surface px-4 py-2 text-sm text-muted"
        >
          <summary className="cursor-pointer py-1 font-medium">{t("reasoning")}</summary>
          <p className="mt-2 whitespace-pre-wrap wrap-anywhere">{reasoning}</p>
        </KeptDetails>
      )}
      {children}
      {(actions || provenance) && (
        <footer className="-ml-2 flex min-h-target-small flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {actions}
          {provenance && <Provenance answerId={answerId} provenance={provenance} />}
        </footer>
      )}
    </article>
  );
}
