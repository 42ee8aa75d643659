import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AttachedFiles } from "@/components/documents/attached-files";
import { SourceContext } from "@/components/sources/source-context";
import { SourceList } from "@/components/sources/source-list";
import { otherPagesIn } from "@/components/sources/web-source";
import { checksIn, reasoningMs, saidIn, sourcesIn } from "@/lib/conversations/rules";
import type { MessagePart, Provenance as ProvenanceFacts } from "@/lib/conversations/schema";
import type { AttachedFile } from "@/lib/documents/schema";
import { KeptDetails } from "./kept-details";
import { messageAnchor } from "./message-place";
import { Provenance } from "./provenance";
import { ToolCards } from "./tool-cards";
import { useDuration } from "./use-duration";

/** Who speaks shows by the place on the screen, and is written on paper. */
const AUTHOR = "sr-only print:not-sr-only print:text-sm print:font-semibold";

type QuestionProps = {
  /** Of what is stored. */
  messageId?: string;
  text: string;
  documents?: readonly AttachedFile[] | undefined;
  actions?: ReactNode;
};

/** A question, as it was typed, with what it came with. */
export function Question({ messageId, text, documents = [], actions }: QuestionProps) {
  const t = useTranslations("assistant");
  return (
    <article id={messageId && messageAnchor(messageId)} className="flex flex-col items-end print:items-start">
      <h2 className={AUTHOR}>{t("you")}</h2>
      <AttachedFiles documents={documents} />
      <p className="max-w-[85%] whitespace-pre-wrap rounded-card rounded-br-sm bg-action-soft px-4 py-2.5 wrap-anywhere">
        {text}
      </p>
      {actions && <div className="mt-1 flex items-center gap-1 text-sm text-muted">{actions}</div>}
    </article>
  );
}

type AnswerProps = {
  answerId: string;
  /** Where what waits for the agent is answered; absent from what is stored. */
  conversationId?: string;
  isWriting?: boolean;
  /** What was thought and done before the answer; its text is in the children. */
  parts?: readonly MessagePart[];
  provenance?: ProvenanceFacts | undefined;
  actions?: ReactNode;
  children: ReactNode;
};

export function Answer({
  answerId,
  conversationId,
  isWriting = false,
  parts = [],
  provenance,
  actions,
  children,
}: AnswerProps) {
  const t = useTranslations("assistant");
  const sources = sourcesIn(parts);
  const checks = checksIn(parts);
  const others = isWriting ? [] : otherPagesIn(parts, sources);
  const hasSourcesToTell = !isWriting && sources.length + others.length + checks.dropped + checks.unfound > 0;
  return (
    <article id={messageAnchor(answerId)} aria-busy={isWriting || undefined} className="flex flex-col gap-3">
      <h2 className={AUTHOR}>{t("assistant")}</h2>
      <Reasoning answerId={answerId} parts={parts} />
      <ToolCards answerId={answerId} conversationId={conversationId} parts={parts} isWriting={isWriting} />
      <SourceContext answerId={answerId} sources={sources}>
        {children}
      </SourceContext>
      {hasSourcesToTell && <SourceList answerId={answerId} sources={sources} others={others} checks={checks} />}
      {(actions || provenance) && (
        <footer className="-ml-2 flex min-h-target-small flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {actions}
          {provenance && <Provenance answerId={answerId} provenance={provenance} parts={parts} />}
        </footer>
      )}
    </article>
  );
}

/** What the model thought, folded, and for how long once that is known. */
function Reasoning({ answerId, parts }: { answerId: string; parts: readonly MessagePart[] }) {
  const t = useTranslations("assistant");
  const duration = useDuration();
  const reasoning = saidIn(parts, "reasoning");
  const ms = reasoningMs(parts);
  if (reasoning === "") return null;
  return (
    <KeptDetails
      id={`${answerId} reasoning`}
      className="print:hidden rounded-control border border-line bg-surface px-4 py-2 text-sm text-muted"
    >
      <summary className="cursor-pointer py-1 font-medium">
        {ms === null ? t("reasoning") : t("reasoningFor", { duration: duration(ms) })}
      </summary>
      <p className="mt-2 whitespace-pre-wrap wrap-anywhere">{reasoning}</p>
    </KeptDetails>
  );
}
