import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, jsonb, pgPolicy, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { conversations } from "./conversations.ts";
import { maintenanceRole, memberRole, ofKeptConversation, ownRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The link that the transaction opens, set by whoever was given it; null, hence no row, when none was. */
const openedShare = sql`nullif(current_setting('app.share', true), '')::uuid`;

/** What an agent lets other agents read: a branch as it was, under an address that nobody can guess. */
export const shares = pgTable(
  "shares",
  {
    /** Random: whoever knows it, and is signed in, reads. */
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    /** The name of the agent who shares, as it was. */
    sharedBy: text("shared_by").notNull(),
    title: text("title").notNull(),
    /** Messages as `lib/sharing/schema.ts` describes them; parsed when read. */
    messages: jsonb("messages").notNull(),
    withDocuments: boolean("with_documents").notNull(),
    /** Its conversation is deleted, and could come back. */
    isSuspended: boolean("is_suspended").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "shares_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    index("shares_of_owner").on(table.ownerId, table.createdAt),
    index("shares_of_conversation").on(table.conversationId),
    index("shares_expiry").on(table.expiresAt),
    ownRows("shares", "owner_id"),
    pgPolicy("shares_of_kept_conversations", {
      as: "restrictive",
      for: "insert",
      to: memberRole,
      withCheck: ofKeptConversation,
    }),
    // The link is asked for by name: without it, nothing of someone else's is listed, whatever the query.
    pgPolicy("shares_opened", {
      for: "select",
      to: memberRole,
      using: sql`id = (select ${openedShare}) and not is_suspended and expires_at > now()`,
    }),
    // Identifiers and dates only: granted column by column.
    pgPolicy("shares_purge_sees", { for: "select", to: maintenanceRole, using: sql`true` }),
    pgPolicy("shares_close", { for: "update", to: maintenanceRole, using: sql`true`, withCheck: sql`is_suspended` }),
    pgPolicy("shares_purge", { for: "delete", to: maintenanceRole, using: sql`expires_at <= now()` }),
  ],
);
