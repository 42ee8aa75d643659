import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgPolicy, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { conversations, messages } from "./conversations.ts";
import { memberRole, ofKeptConversation, oneOf, ownRows } from "./roles.ts";

export const RATINGS = ["up", "down"] as const;

/** What an agent thinks of an answer; one opinion an answer, which can change. */
export const feedback = pgTable(
  "feedback",
  {
    answerId: uuid("answer_id").primaryKey(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    rating: text("rating", { enum: RATINGS }).notNull(),
    /** Reasons as `lib/feedback/schema.ts` lists them; parsed when read. */
    reasons: jsonb("reasons").notNull().default(sql`'[]'::jsonb`),
    comment: text("comment").notNull().default(""),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "feedback_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "feedback_answer",
      columns: [table.answerId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    index("feedback_of_conversation").on(table.conversationId),
    check("feedback_rating", oneOf("rating", RATINGS)),
    ownRows("feedback", "owner_id"),
    pgPolicy("feedback_of_kept_conversations", {
      as: "restrictive",
      for: "insert",
      to: memberRole,
      withCheck: ofKeptConversation,
    }),
  ],
);
