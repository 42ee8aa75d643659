import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { conversations, messages } from "./conversations.ts";
import { projects } from "./projects.ts";
import { allRows, maintenanceRole, oneOf, ownRows, searchedRows, searchRole, tsvector } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** As `lib/documents/schema.ts` explains them. */
export const FILE_STATES = ["received", "checked", "read", "ready", "refused", "failed"] as const;

/** The bytes an agent sent and what was read in them; sent twice under any name, they are read once. */
export const files = pgTable(
  "files",
  {
    /** Also the key of the bytes in the file storage. */
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    sha256: text("sha256").notNull(),
    /** In lower case, without the dot: it decides, with the content, how the bytes are read. */
    extension: text("extension").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    state: text("state", { enum: FILE_STATES }).notNull().default("received"),
    /** A `FileFailure`, when the state is refused or failed. */
    failureCode: text("failure_code"),
    /** A `FileType`, once read. */
    type: text("type"),
    pages: integer("pages"),
    /** Pages that are images, and how many of them were recognised. */
    pagesToRecognise: integer("pages_to_recognise").notNull().default(0),
    pagesRecognised: integer("pages_recognised").notNull().default(0),
    characters: integer("characters"),
    language: text("language"),
    outline: jsonb("outline").notNull().default(sql`'[]'::jsonb`),
    warnings: jsonb("warnings").notNull().default(sql`'[]'::jsonb`),
    createdAt: moment("created_at").notNull().defaultNow(),
    readAt: moment("read_at"),
  },
  (table) => [
    unique("files_id_owner").on(table.id, table.ownerId),
    unique("files_same_bytes").on(table.ownerId, table.sha256, table.extension),
    check("files_state", oneOf("state", FILE_STATES)),
    index("files_unread").on(table.createdAt).where(sql`state in ('received', 'checked', 'read')`),
    ownRows("files", "owner_id"),
    pgPolicy("files_sweep_sees", {
      for: "select",
      to: maintenanceRole,
      using: sql`state in ('received', 'checked', 'read')`,
    }),
  ],
);

/** A file as an agent attached it, under a name. */
export const documents = pgTable(
  "documents",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    /** Null once the document is deleted: only its name is left, for the conversations that used it. */
    fileId: uuid("file_id"),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    deletedAt: moment("deleted_at"),
    /** Sent for a temporary conversation, with which it goes: removed then, if it came with no question. Null: it is kept. */
    expiresAt: moment("expires_at"),
  },
  (table) => [
    unique("documents_id_owner").on(table.id, table.ownerId),
    foreignKey({
      name: "documents_file",
      columns: [table.fileId, table.ownerId],
      foreignColumns: [files.id, files.ownerId],
    }),
    index("documents_recent").on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("documents_of_file").on(table.fileId),
    index("documents_expiring").on(table.expiresAt).where(sql`expires_at is not null`),
    ownRows("documents", "owner_id"),
    searchedRows("documents", "owner_id"),
    // Of a deleted document only its name is left, for the conversations that used it: it goes with the last of them.
    pgPolicy("documents_purge_sees", {
      for: "select",
      to: maintenanceRole,
      using: sql`deleted_at is not null and file_id is null`,
    }),
    pgPolicy("documents_expired_seen", { for: "select", to: maintenanceRole, using: sql`expires_at <= now()` }),
    pgPolicy("documents_purge", {
      for: "delete",
      to: maintenanceRole,
      using: sql`deleted_at is not null and file_id is null`,
    }),
  ],
);

/** What was read in a file, page by page; numbers start at 1. */
export const filePages = pgTable(
  "file_pages",
  {
    fileId: uuid("file_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    number: integer("number").notNull(),
    kind: text("kind").notNull(),
    label: text("label"),
    text: text("text").notNull(),
    /** Of a PDF: the size of the page, in points, and where its text is: [start, length, x, y, width, height] for each run. */
    layout: jsonb("layout"),
    /** Of a sheet: its cells, row by row. */
    cells: jsonb("cells"),
    needsRecognition: boolean("needs_recognition").notNull().default(false),
    /** The text was recognised in an image: to be verified. */
    isRecognised: boolean("is_recognised").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.number] }),
    foreignKey({
      name: "file_pages_file",
      columns: [table.fileId, table.ownerId],
      foreignColumns: [files.id, files.ownerId],
    }).onDelete("cascade"),
    ownRows("file_pages", "owner_id"),
  ],
);

/** A vector, one byte for each dimension, as `lib/passages/rules.ts` makes it. */
const vectorBytes = customType<{ data: Int8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
  fromDriver: (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/** What is searched in a file: each page cut in passages. The index of words serves the history (db/schema/search.ts). */
export const passages = pgTable(
  "passages",
  {
    fileId: uuid("file_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    page: integer("page").notNull(),
    /** In its page, from 0. */
    position: integer("position").notNull(),
    heading: text("heading"),
    text: text("text").notNull(),
    /** As `lib/documents/passages.ts` writes them. */
    lexemes: tsvector("lexemes").notNull(),
    words: integer("words").notNull(),
    /** Null until a model that does this has been asked; the other says which. */
    embedding: vectorBytes("embedding"),
    embeddingModelId: text("embedding_model_id"),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.page, table.position] }),
    foreignKey({
      name: "passages_page",
      columns: [table.fileId, table.page],
      foreignColumns: [filePages.fileId, filePages.number],
    }).onDelete("cascade"),
    foreignKey({
      name: "passages_file",
      columns: [table.fileId, table.ownerId],
      foreignColumns: [files.id, files.ownerId],
    }).onDelete("cascade"),
    index("passages_words").using("gin", table.ownerId, table.lexemes),
    ownRows("passages", "owner_id"),
    allRows("passages_searched", searchRole, "select"),
  ],
);

/** The documents that came with a question, in the order they were attached. */
export const messageDocuments = pgTable(
  "message_documents",
  {
    messageId: uuid("message_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    documentId: uuid("document_id").notNull(),
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.documentId] }),
    foreignKey({
      name: "message_documents_conversation",
      columns: [table.conversationId, table.ownerId],
      foreignColumns: [conversations.id, conversations.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "message_documents_message",
      columns: [table.messageId, table.conversationId],
      foreignColumns: [messages.id, messages.conversationId],
    }).onDelete("cascade"),
    foreignKey({
      name: "message_documents_document",
      columns: [table.documentId, table.ownerId],
      foreignColumns: [documents.id, documents.ownerId],
    }),
    index("message_documents_of_conversation").on(table.conversationId),
    index("message_documents_of_document").on(table.documentId),
    ownRows("message_documents", "owner_id"),
    searchedRows("message_documents", "owner_id"),
    // Identifiers only: whether a conversation still shows a document's name.
    pgPolicy("message_documents_purge_sees", { for: "select", to: maintenanceRole, using: sql`true` }),
  ],
);

/** The documents that a project gives to all its conversations. */
export const projectDocuments = pgTable(
  "project_documents",
  {
    projectId: uuid("project_id").notNull(),
    documentId: uuid("document_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    addedAt: moment("added_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.documentId] }),
    foreignKey({
      name: "project_documents_project",
      columns: [table.projectId, table.ownerId],
      foreignColumns: [projects.id, projects.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "project_documents_document",
      columns: [table.documentId, table.ownerId],
      foreignColumns: [documents.id, documents.ownerId],
    }).onDelete("cascade"),
    index("project_documents_of_document").on(table.documentId),
    ownRows("project_documents", "owner_id"),
  ],
);
