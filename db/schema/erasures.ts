import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { allRows, gateRole, maintenanceRole, memberRole, oneOf, ownRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });
const counted = (name: string) => integer(name).notNull().default(0);

/** From the trash after its days there, for want of use, by the agent from the trash, with the whole account, or temporary. */
export const PURGE_KINDS = ["trash", "retention", "erased", "account", "temporary"] as const;

/** What was removed for good, or put in the trash for want of use: counts only, neither what nor whose. */
export const purges = pgTable(
  "purges",
  {
    id: uuid("id").primaryKey(),
    at: moment("at").notNull().defaultNow(),
    kind: text("kind", { enum: PURGE_KINDS }).notNull(),
    conversations: counted("conversations"),
    messages: counted("messages"),
    documents: counted("documents"),
    files: counted("files"),
  },
  (table) => [
    index("purges_at").on(table.at),
    check("purges_kind", oneOf("kind", PURGE_KINDS)),
    allRows("purges_erased", memberRole, "insert"),
    allRows("purges_maintenance", maintenanceRole, "all"),
  ],
);

/** An account being deleted, then the receipt of it: once it is finished, nothing says whose it was. */
export const accountErasures = pgTable(
  "account_erasures",
  {
    /** Also the number of the receipt, which opens it. */
    id: uuid("id").primaryKey(),
    agentId: uuid("agent_id").references(() => agents.id, { onDelete: "set null" }),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    finishedAt: moment("finished_at"),
    conversations: counted("conversations"),
    messages: counted("messages"),
    documents: counted("documents"),
    files: counted("files"),
  },
  (table) => [
    unique("account_erasures_agent").on(table.agentId),
    index("account_erasures_unfinished").on(table.requestedAt).where(sql`finished_at is null`),
    ownRows("account_erasures", "agent_id"),
    allRows("account_erasures_gate_sees", gateRole, "select"),
    allRows("account_erasures_gate_asks", gateRole, "insert"),
    allRows("account_erasures_maintenance", maintenanceRole, "all"),
  ],
);
