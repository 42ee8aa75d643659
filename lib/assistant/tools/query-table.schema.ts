import { z } from "zod";
import { CALCULATIONS, DATE_PARTS, OPERATORS } from "@/lib/documents/table-types";

const name = z.string().trim().min(1).max(200);
/** Models write an empty name for none. */
const optionalName = z.string().trim().max(200).nullish();
const value = z.union([z.string().max(500), z.number(), z.boolean()]);

/** What the model asks of a sheet; columns are named by their header or their letter. */
export const queryTableInput = z.object({
  document: z.coerce.number().int().min(1),
  /** Its name or its number; the first one by default. */
  sheet: z.union([z.string().max(200), z.number().int()]).nullish(),
  columns: z.array(name).max(20).nullish(),
  filters: z
    .array(
      z.object({
        column: name,
        operator: z.enum(OPERATORS),
        value: z.union([value, z.array(value).max(100)]).nullish(),
      }),
    )
    .max(10)
    .nullish(),
  groupBy: z.array(name).max(3).nullish(),
  groupDatesBy: z.enum(DATE_PARTS).nullish(),
  aggregates: z
    .array(z.object({ calculation: z.enum(CALCULATIONS), column: optionalName }))
    .max(8)
    .nullish(),
  sort: z
    .array(
      z.object({
        column: optionalName,
        calculation: z.enum(CALCULATIONS).nullish(),
        isDescending: z.boolean().nullish(),
      }),
    )
    .max(3)
    .nullish(),
  limit: z.coerce.number().int().min(1).max(200).nullish(),
});
export type QueryTableInput = z.infer<typeof queryTableInput>;

/** What its card shows: the first rows of the result, their texts shortened. */
export const queryTableOutput = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  /** Rows of the sheet that the filters keep, and all of them. */
  matched: z.number(),
  total: z.number(),
  /** Rows of the result before its limit. */
  found: z.number(),
});
export type QueryTableOutput = z.infer<typeof queryTableOutput>;
