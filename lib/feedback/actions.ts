"use server";

import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { giveFeedback, withdrawFeedback } from "./mutations";
import { feedbackInput, withdrawalInput } from "./schema";

export async function giveFeedbackAction(input: unknown): Promise<ActionResult> {
  return attempt("feedback.give", async () => {
    const actor = await requireActor();
    const { answerId, ...opinion } = parseInput(feedbackInput, input);
    await giveFeedback(actor, answerId, opinion);
  });
}

export async function withdrawFeedbackAction(input: unknown): Promise<ActionResult> {
  return attempt("feedback.withdraw", async () => {
    const actor = await requireActor();
    await withdrawFeedback(actor, parseInput(withdrawalInput, input).answerId);
  });
}
