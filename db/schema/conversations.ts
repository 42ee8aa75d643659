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
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { maintenanceRole, oneOf, ownRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const TITLE_SOURCES = ["question", "model", "agent"] as const;

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
    deletedAt: moment("deleted_at"),
    /** An answer ended while the agent was looking elsewhere. */
    hasUnseenAnswer: boolean("has_unseen_answer").notNull().default(false),
  },
  (table) => [
    // The target of the composite keys below: a message or a turn always has the owner of its conversation.
    unique("conversations_id_owner").on(table.id, table.ownerId),
    // Written as a query sorts ("desc" means nulls first), otherwise the planner never uses it.
    index("conversations_recent")
      .on(table.ownerId, table.usedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`deleted_at is null`),
    index("conversations_deleted").on(table.deletedAt).where(sql`deleted_at is not null`),
    check("conversations_title_source", oneOf("title_source", TITLE_SOURCES)),
    ownRows("conversations", "owner_id"),
    pgPolicy("conversations_purge_sees", {
      for: "select",
      to: maintenanceRole,
      using: sql`deleted_at is not null`,
    }),
    pgPolicy("conversations_purge", { for: "delete", to: maintenanceRole, using: sql`deleted_at is not null` }),
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
    check("turns_status", oneOf("status", TURN_STATUSES)),
    check("turns_co2_source", oneOf("co2_source", CO2_SOURCES)),
    check("turns_ended", sql`(status = 'running') = (ended_at is null)`),
    ownRows("turns", "owner_id"),
    pgPolicy("turns_sweep_sees", { for: "select", to: maintenanceRole, using: sql`true` }),
    pgPolicy("turns_sweep", {
      for: "update",
      to: maintenanceRole,
      using: sql`status = 'running'`,
      withCheck: sql`status = 'interrupted'`,
    }),
  ],
);

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
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "queued_questions_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    index("queued_questions_of_conversation").on(table.conversationId, table.createdAt, table.id),
    ownRows("queued_questions", "owner_id"),
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
