import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { ownRows } from "./roles.ts";

/** Questions that an agent keeps to ask them again, with fields to fill in. */
export const prompts = pgTable(
  "prompts",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    /** Fields are written `{{as this}}`. */
    text: text("text").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("prompts_of_owner").on(table.ownerId, table.title), ownRows("prompts", "owner_id")],
);
