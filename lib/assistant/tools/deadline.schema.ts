import { z } from "zod";
import { DAY_KINDS, HOLIDAYS, isDate } from "./french-days";

/** About ten years: beyond, nobody counts in days, and holidays may have changed. */
export const DAYS_MAX = 3_660;

const date = z.string().trim().refine(isDate, "a date such as 2026-03-31 is expected");

/** What the model asks: the end of so many days, or the number of days until an end. */
export const deadlineInput = z.object({
  start: date,
  count: z.enum(DAY_KINDS),
  days: z.coerce.number().int().min(-DAYS_MAX).max(DAYS_MAX).nullish(),
  end: date.nullish(),
  alsaceMoselle: z.boolean().nullish(),
});
export type DeadlineInput = z.infer<typeof deadlineInput>;

export const deadlineOutput = z.object({
  end: z.string(),
  days: z.number(),
  holidays: z.array(z.object({ date: z.string(), name: z.enum(HOLIDAYS) })),
  /** When `end` is no working day, the next one. */
  extendedTo: z.string().nullable(),
});
export type DeadlineOutput = z.infer<typeof deadlineOutput>;
