import { z } from "zod";
import { questionText } from "@/lib/assistant/schema";

export const editQueuedInput = z.object({ id: z.uuid(), text: questionText });
export const removeQueuedInput = z.object({ id: z.uuid() });

/** A question that waits for the running turn to end. */
export type QueuedQuestion = { id: string; text: string };
