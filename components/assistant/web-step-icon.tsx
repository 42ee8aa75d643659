import { InfoIcon, MinusIcon, SuccessIcon, WarningIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import type { ReadWebPageOutput, SearchWebOutput } from "@/lib/assistant/tools/web.schema";

export type WebStepTone = "running" | "asking" | "good" | "left" | "bad";

/** `left`: the agent did not want it. What it stands for is written beside it. */
export function WebStepIcon({ tone }: { tone: WebStepTone }) {
  switch (tone) {
    case "running":
      return <Spinner className="size-4" />;
    case "asking":
      return <InfoIcon className="size-4 text-info" />;
    case "good":
      return <SuccessIcon className="size-4 text-success" />;
    case "left":
      return <MinusIcon className="size-4 text-muted" />;
    case "bad":
      return <WarningIcon className="size-4 text-warning" />;
  }
}

type Step = SearchWebOutput["step"] | ReadWebPageOutput["step"] | "unread" | "interrupted";

/** `step`: null while nothing is known, and when there is nothing to know. */
export function toneOf(step: Step | null, isRunning: boolean): WebStepTone {
  switch (step) {
    case "confirming":
      return "asking";
    case "done":
      return "good";
    case "refused":
    case "skipped":
      return "left";
    case "failed":
    case "limited":
    case "unread":
    case "interrupted":
      return "bad";
    default:
      return isRunning ? "running" : "bad";
  }
}
