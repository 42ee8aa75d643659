import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { SuccessIcon, WarningIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { MessagePart } from "@/lib/conversations/schema";
import { useDeadlineFacts } from "./deadline-facts";
import { useDocumentsFacts } from "./documents-facts";
import { useQueryTableFacts } from "./query-table-facts";
import { Fact, Facts, ToolCardFrame } from "./tool-card-frame";

const WebSearchCard = lazy(async () => ({ default: (await import("./web-search-card")).WebSearchCard }));
const WebPageCard = lazy(async () => ({ default: (await import("./web-page-card")).WebPageCard }));

type ToolCardsProps = {
  answerId: string;
  /** Where a call that waits for the agent is answered; absent from what is stored. */
  conversationId?: string | undefined;
  parts: readonly MessagePart[];
  /** The answer is being written: a call without a result still runs. */
  isWriting?: boolean;
};

/** What the model did to answer, a card for each call of a tool: what was asked, of whom, and what came of it. */
export function ToolCards({ answerId, conversationId, parts, isWriting = false }: ToolCardsProps) {
  const calls = parts.filter((part) => part.type === "tool");
  if (calls.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2 print:hidden">
      {calls.map((call) => (
        <li key={call.callId}>
          <Card id={`${answerId} ${call.callId}`} conversationId={conversationId} call={call} isWriting={isWriting} />
        </li>
      ))}
    </ul>
  );
}

/** A card of any tool. `id`: the same while the answer is written and once it is stored. */
export type ToolCardProps<Call extends ToolPart = ToolPart> = {
  id: string;
  conversationId?: string | undefined;
  call: Call;
  isWriting: boolean;
};

function Card({ call, ...card }: ToolCardProps) {
  if (call.name === "search_web")
    return (
      <Suspense fallback={null}>
        <WebSearchCard {...card} call={call} />
      </Suspense>
    );
  if (call.name === "read_web_page")
    return (
      <Suspense fallback={null}>
        <WebPageCard {...card} call={call} />
      </Suspense>
    );
  return <FactsCard {...card} call={call} />;
}

/** What a card says of a call, in the words of its tool; no result yet, or none at all, is null. */
export type ToolFacts = {
  asked: string;
  askedOf: string;
  result: string | null;
  more?: { label: string; text: string }[];
};

function FactsCard({ id, call, isWriting }: ToolCardProps) {
  const t = useTranslations("assistant.tools");
  const deadline = useDeadlineFacts(call);
  const table = useQueryTableFacts(call);
  const documents = useDocumentsFacts(call);
  const facts = deadline ?? table ?? documents;
  const isRunning = call.state === "running" && isWriting;
  const nothing = call.state === "failed" ? t("nothing") : isRunning ? t("running") : t("interrupted");
  return (
    <ToolCardFrame
      id={id}
      icon={<StateIcon call={call} isRunning={isRunning} />}
      title={t("title", { name: call.name })}
      state={facts?.result ?? (call.state === "failed" ? t("failed") : isRunning ? t("running") : "")}
    >
      <Facts>
        {facts && <Fact label={t("asked")}>{facts.asked}</Fact>}
        {facts && <Fact label={t("askedOf")}>{facts.askedOf}</Fact>}
        <Fact label={t("result")}>{facts?.result ?? nothing}</Fact>
        {facts?.more?.map(({ label, text }) => (
          <Fact key={label} label={label}>
            {text}
          </Fact>
        ))}
      </Facts>
    </ToolCardFrame>
  );
}

function StateIcon({ call, isRunning }: { call: ToolPart; isRunning: boolean }) {
  if (isRunning) return <Spinner />;
  if (call.state === "done") return <SuccessIcon className="size-4 text-success" />;
  return <WarningIcon className="size-4 text-warning" />;
}
