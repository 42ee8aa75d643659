import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { projects } from "./projects.ts";
import { maintenanceRole, memberRole, ofKeptConversation, oneOf, ownRows, searchedRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const TITLE_SOURCES = ["question", "model", "agent"] as const;

/** Whether a question is answered with a search of the web: of all of it, or of official sites only. */
export const WEB_MODES = ["off", "all", "official"] as const;

export const conversations = pgTable(
  "conversations",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    /** Who gave the title: the start of the first question, the title model, or the agent, whose title stays for ever. */
    titleSource: text("title_source", { enum: TITLE_SOURCES }).notNull().default("question"),
    /** The last message of the branch that is shown. Answers form a tree; nothing is overwritten. */
    shownLeafId: uuid("shown_leaf_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** Last question or answer: the order of the list. */
    usedAt: moment("used_at").notNull().defaultNow(),
    /** Since when it is in the trash; the purge removes it later. */
    deletedAt: moment("deleted_at"),
    /** Pinned: on top of the list, and kept whatever its age. */
    pinnedAt: moment("pinned_at"),
    /** Out of the list, in « Archives »; a new question brings it back. */
    archivedAt: moment("archived_at"),
    /** When its owner was first told that it would be deleted, for want of use since then. */
    announcedAt: moment("announced_at"),
    /** When a temporary one ends; null: it is kept. Nobody but its owner is ever to read a temporary one. */
    expiresAt: moment("expires_at"),
    /** An answer ended while the agent was looking elsewhere. */
    hasUnseenAnswer: boolean("has_unseen_answer").notNull().default(false),
    /** As it was for the last question: the next one begins with it. */
    webMode: text("web_mode", { enum: WEB_MODES }).notNull().default("off"),
    /** The project it is in; the list of the project shows it then, instead of the sidebar's. */
    projectId: uuid("project_id"),
  },
  (table) => [
    // Whoever deletes a project says first what becomes of its conversations.
    foreignKey({
      name: "conversations_project",
      columns: [table.projectId, table.ownerId],
      foreignColumns: [projects.id, projects.ownerId],
    }),
    // The target of the composite keys below: a message or a turn always has the owner of its conversation.
    unique("conversations_id_owner").on(table.id, table.ownerId),
    // Written as a query sorts ("desc" means nulls first), otherwise the planner never uses it.
    index("conversations_recent")
      .on(table.ownerId, table.usedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is null`),
    index("conversations_listed")
      .on(table.ownerId, table.usedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is null and archived_at is null and pinned_at is null and project_id is null`),
    index("conversations_of_project")
      .on(table.projectId, table.usedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`project_id is not null`),
    index("conversations_pinned")
      .on(table.ownerId, table.pinnedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is null and archived_at is null and pinned_at is not null`),
    index("conversations_archived")
      .on(table.ownerId, table.archivedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is null and archived_at is not null`),
    index("conversations_trashed")
      .on(table.ownerId, table.deletedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is not null`),
    index("conversations_announced")
      .on(table.ownerId, table.usedAt, table.id)
      .where(sql`deleted_at is null and pinned_at is null and announced_at is not null`),
    index("conversations_unused").on(table.usedAt).where(sql`deleted_at is null and pinned_at is null`),
    index("conversations_deleted").on(table.deletedAt).where(sql`deleted_at is not null`),
    index("conversations_expiring").on(table.expiresAt).where(sql`expires_at is not null`),
    check("conversations_title_source", oneOf("title_source", TITLE_SOURCES)),
    check(
      "conversations_temporary",
      sql`expires_at is null or (pinned_at is null and archived_at is null and announced_at is null and deleted_at is null
        and project_id is null)`,
    ),
    check("conversations_web_mode", oneOf("web_mode", WEB_MODES)),
    ownRows("conversations", "owner_id"),
    searchedRows("conversations", "owner_id", sql`expires_at is null`),
    pgPolicy("conversations_purge_sees", {
      for: "select",
      to: maintenanceRole,
      using: sql`deleted_at is not null`,
    }),
    pgPolicy("conversations_purge", { for: "delete", to: maintenanceRole, using: sql`deleted_at is not null` }),
    pgPolicy("conversations_expired_seen", { for: "select", to: maintenanceRole, using: sql`expires_at <= now()` }),
    // Retention: what is kept, neither pinned nor in the trash, is announced, then put there. A pin takes it out of sight.
    pgPolicy("conversations_retention_sees", {
      for: "select",
      to: maintenanceRole,
      using: sql`deleted_at is null and pinned_at is null and expires_at is null`,
    }),
    pgPolicy("conversations_retention", {
      for: "update",
      to: maintenanceRole,
      using: sql`deleted_at is null and pinned_at is null and expires_at is null`,
      withCheck: sql`pinned_at is null`,
    }),
    // Its owner too removes for good only what is in the trash, or temporary.
    pgPolicy("conversations_erased_from_trash", {
      as: "restrictive",
      for: "delete",
      to: memberRole,
      using: sql`deleted_at is not null or expires_at is not null`,
    }),
  ],
);

export const MESSAGE_AUTHORS = ["agent", "assistant"] as const;

/** A question or an answer. An answer exists, empty, before the model is called. */
export const messages = pgTable(
  "messages",
  {
    id: uuid("id").primaryKey(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    /** The message it answers or follows; null for the first of a conversation. */
    parentId: uuid("parent_id"),
    author: text("author", { enum: MESSAGE_AUTHORS }).notNull(),
    /** Parts as `lib/conversations/schema.ts` describes them; parsed when read. */
    parts: jsonb("parts").notNull(),
    /** The plain text of the parts. */
    text: text("text").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("messages_id_conversation").on(table.id, table.conversationId),
    foreignKey({
      name: "messages_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "messages_parent",
      columns: [table.parentId, table.conversationId],
      foreignColumns: [table.id, table.conversationId],
    }).onDelete("cascade"),
    index("messages_of_conversation").on(table.conversationId, table.id),
    index("messages_of_parent").on(table.parentId),
    check("messages_author", oneOf("author", MESSAGE_AUTHORS)),
    ownRows("messages", "owner_id"),
    searchedRows("messages", "owner_id", ofKeptConversation),
    // The purge counts what it removes; it is granted the conversation's identifier only.
    pgPolicy("messages_purge_counts", {
      for: "select",
      to: maintenanceRole,
      using: sql`exists (select from conversations where conversations.id = conversation_id and deleted_at is not null)`,
    }),
  ],
);

export const TURN_STATUSES = ["running", "completed", "stopped", "failed", "interrupted"] as const;

export const CO2_SOURCES = ["provider", "estimate"] as const;

/** One question and its answer being written: a durable job, not a request. */
export const turns = pgTable(
  "turns",
  {
    id: uuid("id").primaryKey(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    questionId: uuid("question_id").notNull(),
    answerId: uuid("answer_id").notNull(),
    status: text("status", { enum: TURN_STATUSES }).notNull().default("running"),
    failureCode: text("failure_code"),
    /** The model that answers, as `lib/providers` knows it: the one asked for, or the fallback that took its place. */
    modelId: text("model_id").notNull().default(""),
    /** The model that was asked for, when another one answered. */
    requestedModelId: text("requested_model_id"),
    /** The label of the model, as configured and shown. */
    modelLabel: text("model_label").notNull(),
    /** Where the model runs, and by whom, as configured and shown. */
    hostingLabel: text("hosting_label"),
    /** The answer of which this one is the continuation: it begins with the same text. */
    continuesId: uuid("continues_id"),
    webMode: text("web_mode", { enum: WEB_MODES }).notNull().default("off"),
    /** The model stopped at its limit of length: « Continuer » is offered. */
    isTruncated: boolean("is_truncated").notNull().default(false),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    /** Grams of CO2 equivalent; the two differ when the size of the model is not known exactly. */
    co2GramsMin: doublePrecision("co2_grams_min"),
    co2GramsMax: doublePrecision("co2_grams_max"),
    co2Source: text("co2_source", { enum: CO2_SOURCES }),
    startedAt: moment("started_at").notNull().defaultNow(),
    firstTokenAt: moment("first_token_at"),
    /** Renewed by the process that runs the turn; a stale one means that process died. */
    heartbeatAt: moment("heartbeat_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
    /** How its question and its answer are in the index of the history (`SEARCH_VERSION`); 0: not yet. */
    searchVersion: smallint("search_version").notNull().default(0),
  },
  (table) => [
    foreignKey({
      name: "turns_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "turns_question",
      columns: [table.questionId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    foreignKey({
      name: "turns_answer",
      columns: [table.answerId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    unique("turns_answer_once").on(table.answerId),
    uniqueIndex("turns_one_running").on(table.conversationId).where(sql`status = 'running'`),
    index("turns_question_id").on(table.questionId),
    index("turns_heartbeat").on(table.heartbeatAt).where(sql`status = 'running'`),
    index("turns_to_index").on(table.searchVersion).where(sql`status <> 'running'`),
    check("turns_status", oneOf("status", TURN_STATUSES)),
    check("turns_co2_source", oneOf("co2_source", CO2_SOURCES)),
    check("turns_web_mode", oneOf("web_mode", WEB_MODES)),
    check("turns_ended", sql`(status = 'running') = (ended_at is null)`),
    ownRows("turns", "owner_id"),
    searchedRows("turns", "owner_id"),
    pgPolicy("turns_sweep_sees", { for: "select", to: maintenanceRole, using: sql`true` }),
    pgPolicy("turns_sweep", {
      for: "update",
      to: maintenanceRole,
      using: sql`status = 'running'`,
      withCheck: sql`status = 'interrupted'`,
    }),
  ],
);

/** What the oldest messages of a branch said, in short, for the model: they no longer fit in its context. */
export const summaries = pgTable(
  "summaries",
  {
    /** The last message that is summed up; the branch above it is in the summary too. */
    messageId: uuid("message_id").primaryKey(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    text: text("text").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "summaries_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "summaries_message",
      columns: [table.messageId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    index("summaries_of_conversation").on(table.conversationId),
    ownRows("summaries", "owner_id"),
  ],
);
