import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { conversations, WEB_MODES } from "./conversations.ts";
import { oneOf, ownRows } from "./roles.ts";

/** Questions sent while a turn runs: each goes out when the one before it has been answered. */
export const queuedQuestions = pgTable(
  "queued_questions",
  {
    /** The identifier that the question keeps once it is asked. */
    id: uuid("id").primaryKey(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    text: text("text").notNull(),
    modelId: text("model_id"),
    /** The documents that come with it, in order. */
    documentIds: uuid("document_ids").array().notNull().default(sql`'{}'::uuid[]`),
    webMode: text("web_mode", { enum: WEB_MODES }).notNull().default("off"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "queued_questions_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    index("queued_questions_of_conversation").on(table.conversationId, table.createdAt, table.id),
    check("queued_questions_web_mode", oneOf("web_mode", WEB_MODES)),
    ownRows("queued_questions", "owner_id"),
  ],
);
