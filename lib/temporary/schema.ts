import { z } from "zod";

/** The body of `POST /api/chat/{id}/presence`: whether a page that showed the conversation shows it still. */
export const presenceInput = z.object({ isShown: z.boolean() });
