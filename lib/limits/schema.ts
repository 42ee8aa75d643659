import type { LimitName } from "./rules";

/** What is left of a limit of the actor's. */
export type Allowance = { name: LimitName; limit: number; left: number; reopensAt: Date };
