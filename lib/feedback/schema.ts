import { z } from "zod";
import { typedText } from "@/lib/http/typed-text";
import { FEEDBACK_COMMENT_CHARACTERS_MAX, FEEDBACK_REASONS, RATINGS } from "./rules";

export const feedbackReasons = z
  .array(z.enum(FEEDBACK_REASONS))
  .transform((reasons) => FEEDBACK_REASONS.filter((reason) => reasons.includes(reason)));

export const feedbackInput = z.object({
  answerId: z.uuid(),
  rating: z.enum(RATINGS),
  reasons: feedbackReasons,
  comment: typedText.pipe(z.string().max(FEEDBACK_COMMENT_CHARACTERS_MAX)),
});

export const withdrawalInput = z.object({ answerId: z.uuid() });

export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

/** What the agent thinks of an answer. */
export type Feedback = { rating: (typeof RATINGS)[number]; reasons: FeedbackReason[]; comment: string };
