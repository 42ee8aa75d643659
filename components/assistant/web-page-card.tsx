import { useTranslations } from "next-intl";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import { StepStatus } from "./step-status";
import { ToolCardFrame } from "./tool-card-frame";
import type { ToolCardProps } from "./tool-cards";
import { VisitedPages } from "./visited-pages";
import { toneOf, WebStepIcon } from "./web-step-icon";
import { AddressWord, SkipStep } from "./web-words";

type PageCall = ToolPart & { name: "read_web_page" };
type Step = "confirming" | "reading" | "done" | "unread" | "refused" | "skipped" | "interrupted";

/** A page of the web that is read for itself: its address, how far it has got, and what the agent can do about it. */
export function WebPageCard({ id, conversationId, call, isWriting }: ToolCardProps<PageCall>) {
  const t = useTranslations("web.page");
  const said = useTranslations("web.said");
  const tools = useTranslations("assistant.tools");
  const isRunning = call.state === "running" && isWriting;
  const page = call.output?.page;
  const step = stepOf(call, isRunning);
  const state = step ? t(step) : isRunning ? tools("running") : tools("failed");
  const title = tools("title", { name: call.name });
  return (
    <>
      <ToolCardFrame
        id={id}
        icon={<WebStepIcon tone={toneOf(step, isRunning)} />}
        title={title}
        state={state}
        // The address that waits for a word is shown with the buttons.
        note={step === "confirming" ? null : page ? (page.state === "read" ? page.title : page.url) : call.input?.url}
        actions={
          conversationId &&
          page &&
          isRunning &&
          (step === "confirming" ? (
            <AddressWord conversationId={conversationId} callId={call.callId} url={page.url} />
          ) : step === "reading" ? (
            <SkipStep conversationId={conversationId} callId={call.callId} />
          ) : null)
        }
      >
        {page ? (
          // An address that the agent did not let through is shown, and is no link.
          <VisitedPages
            pages={[page]}
            isReading={step === "reading"}
            isLinked={step !== "confirming" && step !== "refused" && step !== "interrupted"}
          />
        ) : (
          <p>{call.state === "failed" ? tools("nothing") : isRunning ? tools("running") : tools("interrupted")}</p>
        )}
      </ToolCardFrame>
      {isWriting && <StepStatus>{step === "confirming" ? said("confirmingPage") : `${title}. ${state}`}</StepStatus>}
    </>
  );
}

/** Null while nothing is known, and when there is nothing to know. */
function stepOf({ state, output }: PageCall, isRunning: boolean): Step | null {
  if (!output) return isRunning || state === "failed" ? null : "interrupted";
  const { step, page } = output;
  if ((step === "confirming" || step === "reading") && !isRunning) return "interrupted";
  return step === "done" && page.state !== "read" ? "unread" : step;
}
