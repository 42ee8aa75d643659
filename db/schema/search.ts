import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, timestamp, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { conversations, messages } from "./conversations.ts";
import { allRows, searchRole, tsvector } from "./roles.ts";

/**
 * The words of each message and of each title, as `lib/history-index` writes them. Nobody reads it but two functions of the
 * database, which give a transaction's actor what is theirs: the operators of full text are not leakproof, and a policy that
 * compares owners would forbid their index.
 */
export const searchEntries = pgTable(
  "search_entries",
  {
    conversationId: uuid("conversation_id").notNull(),
    /** Null: the title of the conversation. */
    messageId: uuid("message_id"),
    ownerId: uuid("owner_id").notNull(),
    /** When it was written. */
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** An answer for which the web was searched or read. */
    hasWeb: boolean("has_web").notNull().default(false),
    /** Weights: A for a title, B for the names of documents, C for sources that are cited. */
    lexemes: tsvector("lexemes").notNull(),
  },
  (table) => [
    unique("search_entries_message").on(table.messageId),
    uniqueIndex("search_entries_title").on(table.conversationId).where(sql`message_id is null`),
    foreignKey({
      name: "search_entries_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "search_entries_of_message",
      columns: [table.messageId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    index("search_entries_of_conversation").on(table.conversationId),
    index("search_entries_recent").on(table.ownerId, table.at.desc().nullsFirst()),
    index("search_entries_titles").on(table.ownerId, table.at.desc().nullsFirst()).where(sql`message_id is null`),
    index("search_entries_words").using("gin", table.ownerId, table.lexemes),
    allRows("search_entries_search", searchRole, "all"),
  ],
);
