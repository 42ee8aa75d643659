import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChevronDownIcon, SuccessIcon, WarningIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { MessagePart } from "@/lib/conversations/schema";
import { useDeadlineFacts } from "./deadline-facts";
import { useDocumentsFacts } from "./documents-facts";
import { KeptDetails } from "./kept-details";
import { useQueryTableFacts } from "./query-table-facts";

type ToolCardsProps = {
  answerId: string;
  parts: readonly MessagePart[];
  /** The answer is being written: a call without a result still runs. */
  isWriting?: boolean;
};

/** What the model did to answer, a card for each call of a tool: what was asked, of whom, and what came of it. */
export function ToolCards({ answerId, parts, isWriting = false }: ToolCardsProps) {
  const calls = parts.filter((part) => part.type === "tool");
  if (calls.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2 print:hidden">
      {calls.map((call) => (
        <li key={call.callId}>
          <ToolCard answerId={answerId} call={call} isWriting={isWriting} />
        </li>
      ))}
    </ul>
  );
}

/** What a card says of a call, in the words of its tool; no result yet, or none at all, is null. */
export type ToolFacts = {
  asked: string;
  askedOf: string;
  result: string | null;
  more?: { label: string; text: string }[];
};

function ToolCard({ answerId, call, isWriting }: { answerId: string; call: ToolPart; isWriting: boolean }) {
  const t = useTranslations("assistant.tools");
  const deadline = useDeadlineFacts(call);
  const table = useQueryTableFacts(call);
  const documents = useDocumentsFacts(call);
  const facts = deadline ?? table ?? documents;
  const isRunning = call.state === "running" && isWriting;
  const nothing = call.state === "failed" ? t("nothing") : isRunning ? t("running") : t("interrupted");
  return (
    <KeptDetails
      id={`${answerId} ${call.callId}`}
      className="group/tool rounded-control border border-line bg-surface text-sm"
    >
      <summary className="flex min-h-target-small cursor-pointer list-none flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <StateIcon call={call} isRunning={isRunning} />
        <span className="font-medium">{t("title", { name: call.name })}</span>
        <span className="min-w-0 text-muted wrap-anywhere">
          {facts?.result ?? (call.state === "failed" ? t("failed") : isRunning ? t("running") : "")}
        </span>
        <ChevronDownIcon className="ml-auto size-4 text-muted transition-transform group-open/tool:rotate-180" />
      </summary>
      <dl className="grid gap-x-4 gap-y-1 border-line border-t px-4 py-3 sm:grid-cols-[max-content_1fr]">
        {facts ? (
          <>
            <Fact label={t("asked")}>{facts.asked}</Fact>
            <Fact label={t("askedOf")}>{facts.askedOf}</Fact>
            <Fact label={t("result")}>{facts.result ?? nothing}</Fact>
            {facts.more?.map(({ label, text }) => (
              <Fact key={label} label={label}>
                {text}
              </Fact>
            ))}
          </>
        ) : (
          <Fact label={t("result")}>{nothing}</Fact>
        )}
      </dl>
    </KeptDetails>
  );
}

function StateIcon({ call, isRunning }: { call: ToolPart; isRunning: boolean }) {
  if (isRunning) return <Spinner />;
  if (call.state === "done") return <SuccessIcon className="size-4 text-success" />;
  return <WarningIcon className="size-4 text-warning" />;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
