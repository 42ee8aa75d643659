import { z } from "zod";

export const deleteAccountInput = z.object({ confirmation: z.string().max(320) });
export const receiptNumber = z.uuid();

/** What was removed with an account, in numbers. `finishedAt` is null while it is being removed. */
export type Receipt = {
  number: string;
  requestedAt: Date;
  finishedAt: Date | null;
  conversations: number;
  messages: number;
  documents: number;
  files: number;
};
