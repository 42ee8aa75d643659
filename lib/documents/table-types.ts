export const OPERATORS = ["eq", "ne", "lt", "le", "gt", "ge", "contains", "in", "empty"] as const;
export type Operator = (typeof OPERATORS)[number];

export const CALCULATIONS = ["sum", "mean", "min", "max", "count", "count_distinct"] as const;
export type Calculation = (typeof CALCULATIONS)[number];

export const DATE_PARTS = ["month", "year"] as const;
export type DatePart = (typeof DATE_PARTS)[number];

export type FilterValue = string | number | boolean;
/** A column is named by its header, or by its letter. */
export type Filter = {
  column: string;
  operator: Operator;
  /** A list for `in`; true or false, true when absent, for `empty`. */
  value?: FilterValue | FilterValue[] | null | undefined;
};
/** Without a column, `count` counts the rows. */
export type Aggregate = { calculation: Calculation; column?: string | null | undefined };
export type Sort = {
  column?: string | null | undefined;
  /** Absent: by the column itself. */
  calculation?: Calculation | null | undefined;
  isDescending?: boolean | null | undefined;
};

export type TableQuery = {
  /** Those to show; all when absent. Without effect when something is grouped or computed. */
  columns?: string[] | null | undefined;
  filters?: Filter[] | null | undefined;
  groupBy?: string[] | null | undefined;
  /** Dates of `groupBy` are grouped by month, or by year. */
  groupDatesBy?: DatePart | null | undefined;
  aggregates?: Aggregate[] | null | undefined;
  sort?: Sort[] | null | undefined;
  limit?: number | null | undefined;
};

export type TableResult = {
  columns: string[];
  rows: string[][];
  /** Rows of the table that the filters keep, and all of them. */
  matched: number;
  total: number;
  /** How many rows the result has before its limit: groups, or rows. */
  found: number;
  /** What may mislead who reads the result, in French sentences. */
  notes: string[];
};

/** A query that makes no sense: its message is a French sentence to correct it with. */
export class TableError extends Error {}
