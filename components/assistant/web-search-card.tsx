import { useFormatter, useTranslations } from "next-intl";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { SearchWebOutput } from "@/lib/assistant/tools/web.schema";
import { receiversOf } from "@/lib/assistant/tools/web-receivers";
import type { SearchEngine } from "@/lib/web/schema";
import { StepStatus } from "./step-status";
import { Fact, Facts, ToolCardFrame } from "./tool-card-frame";
import type { ToolCardProps } from "./tool-cards";
import { VisitedPages } from "./visited-pages";
import { toneOf, WebStepIcon } from "./web-step-icon";
import { QueryWord, SkipStep } from "./web-words";

type SearchCall = ToolPart & { name: "search_web" };
type Step = SearchWebOutput["step"] | "interrupted";

/** A search of the web: what left, for whom, how far it has got and what was read; and what the agent can do about it. */
export function WebSearchCard({ id, conversationId, call, isWriting }: ToolCardProps<SearchCall>) {
  const t = useTranslations("web.search");
  const said = useTranslations("web.said");
  const tools = useTranslations("assistant.tools");
  const format = useFormatter();
  const isRunning = call.state === "running" && isWriting;
  const { output } = call;
  const read = output?.pages.filter(({ state }) => state === "read").length ?? 0;
  const step = stepOf(call, isRunning);
  const count = step === "reading" ? (output?.pages.length ?? 0) : read;
  const state = step ? t(step, { count }) : isRunning ? tools("running") : tools("failed");
  const isFruitless = step === "done" && read === 0;
  const title = tools("title", { name: call.name });
  return (
    <>
      <ToolCardFrame
        id={id}
        icon={<WebStepIcon tone={isFruitless ? "bad" : toneOf(step, isRunning)} />}
        title={title}
        state={state}
        note={output && <Query output={output} step={step} />}
        actions={
          conversationId &&
          output &&
          isRunning &&
          (step === "confirming" ? (
            <QueryWord conversationId={conversationId} callId={call.callId} query={output.query} />
          ) : step === "searching" || step === "reading" ? (
            <SkipStep conversationId={conversationId} callId={call.callId} />
          ) : null)
        }
      >
        {output ? (
          <>
            <Facts>
              {output.removed.length > 0 && (
                <Fact label={t("removed")}>
                  {format.list(output.removed.map((kind) => t("removedKind", { kind })))}
                </Fact>
              )}
              <Fact label={t("period")}>{t("periods", { period: output.period ?? "any" })}</Fact>
              <Fact label={t("sites")}>{t(output.officialOnly ? "official" : "allSites")}</Fact>
              {isFruitless && <Fact label={t("outcome")}>{t("outcomes.empty")}</Fact>}
              {(step === "refused" || step === "skipped" || step === "failed" || step === "limited") && (
                <Fact label={t("outcome")}>{t(`outcomes.${step}`)}</Fact>
              )}
            </Facts>
            <VisitedPages pages={output.pages} isReading={isRunning} />
          </>
        ) : (
          <p>{call.state === "failed" ? tools("nothing") : isRunning ? tools("running") : tools("interrupted")}</p>
        )}
      </ToolCardFrame>
      {isWriting && <StepStatus>{step === "confirming" ? said("confirming") : `${title}. ${state}`}</StepStatus>}
    </>
  );
}

/** What leaves the service, or does not, in the words of what has become of it. */
function Query({ output, step }: { output: SearchWebOutput; step: Step | null }) {
  const t = useTranslations("web.search");
  const { query, engine, engines, step: last } = output;
  const named = ({ label, hosting }: SearchEngine) => t("engine", { label, hosting });
  if (last === "refused" || last === "limited" || (last === "confirming" && step !== "confirming"))
    return t("unsent", { query });
  // The query is in the field below.
  if (step === "confirming") return engines && t("proposedTo", { engines: engines.map(named).join(t("elseTo")) });
  const receivers = receiversOf(output);
  if (receivers.length > 0) return t("sentTo", { query, engines: receivers.map(named).join(t("thenTo")) });
  if (last === "failed") return t("unsent", { query });
  return engine ? t("known", { query, engine: named(engine) }) : t("sent", { query });
}

/** Null while nothing is known, and when there is nothing to know. */
function stepOf({ state, output }: SearchCall, isRunning: boolean): Step | null {
  if (!output) return isRunning || state === "failed" ? null : "interrupted";
  const isUnderWay = output.step === "confirming" || output.step === "searching" || output.step === "reading";
  return isUnderWay && !isRunning ? "interrupted" : output.step;
}
