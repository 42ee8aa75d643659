import "server-only";
import { setImmediate as giveWay } from "node:timers/promises";
import type { ZodType } from "zod";
import { messageParts } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { ExtractionError } from "@/lib/extraction/extraction";
import { type Archive, openArchive } from "@/lib/extraction/zip";
import {
  type ArchiveIndex,
  archiveIndex,
  conversationFrame,
  type ExportedConversation,
  exportedMessage,
} from "./archive-schema";

const ENTRIES_MAX = 250_000;
/** Of one part that is read whole. */
const JSON_BYTES_MAX = 50_000_000;
const INDEX = "donnees.json";
/** Checked before the process answers someone else. */
const MESSAGES_AT_ONCE = 50;

export type OpenedArchive = {
  index: ArchiveIndex;
  readConversation(path: string): Promise<ExportedConversation>;
  hasDocument(path: string): boolean;
  openDocument(path: string): AsyncGenerator<Uint8Array, void>;
};

/** Opens an archive that we made, or that says so: nothing in it is believed. Throws `archive_…`. */
export async function withArchive<T>(
  path: string,
  inflatedBytesMax: number,
  work: (archive: OpenedArchive) => Promise<T>,
): Promise<T> {
  const archive = await openArchive({ path }, { inflatedBytesMax, entriesMax: ENTRIES_MAX }).catch(toAppError);
  try {
    if (!archive.names.every(isSafe)) throw new AppError("archive_unsafe");
    if (!archive.has(INDEX)) throw new AppError("archive_unknown");
    const index = await readJson(archive, INDEX, archiveIndex, "archive_unknown");
    return await work({
      index,
      readConversation: (name) => readConversation(archive, name),
      hasDocument: (name) => archive.has(name),
      openDocument: (name) => archive.stream(name),
    });
  } catch (error) {
    return toAppError(error);
  } finally {
    archive.close();
  }
}

function toAppError(error: unknown): never {
  if (!(error instanceof ExtractionError)) throw error;
  throw new AppError(error.code === "too_large_inside" ? "archive_too_large" : "archive_damaged", { cause: error });
}

/** Nothing of an archive is ever written under its own name; one whose names lead elsewhere was made to harm someone. */
const isSafe = (name: string): boolean =>
  !/^[/\\]|^[a-z]:|\\|\0/i.test(name) && !name.split("/").some((part) => part === ".." || part === ".");

async function readConversation(archive: Archive, name: string): Promise<ExportedConversation> {
  if (!archive.has(name)) throw new AppError("archive_damaged");
  const { conversations } = await readJson(archive, name, conversationFrame, "archive_damaged");
  const [frame] = conversations;
  if (!frame) throw new AppError("archive_damaged");
  const messages: ExportedConversation["messages"] = [];
  for (const said of frame.messages) {
    const message = exportedMessage.safeParse(said);
    if (!message.success || !messageParts.safeParse(message.data.parts).success) throw new AppError("archive_damaged");
    messages.push(message.data);
    if (messages.length % MESSAGES_AT_ONCE === 0) await giveWay();
  }
  const conversation = { ...frame, messages };
  if (!isTree(conversation)) throw new AppError("archive_damaged");
  return conversation;
}

/** Each message once, under one that is there and comes before it, without a loop. */
function isTree({ messages, shownLeafId }: ExportedConversation): boolean {
  const parents = new Map(messages.map(({ id, parentId }) => [id, parentId]));
  if (parents.size !== messages.length) return false;
  if (shownLeafId !== null && !parents.has(shownLeafId)) return false;
  const isRooted = new Set<string>();
  return messages.every(({ id }) => {
    const path: string[] = [];
    for (let at: string | null = id; at !== null && !isRooted.has(at); at = parents.get(at) ?? null) {
      if (!parents.has(at) || path.length > messages.length) return false;
      path.push(at);
    }
    for (const one of path) isRooted.add(one);
    return true;
  });
}

async function readJson<T>(
  archive: Archive,
  name: string,
  schema: ZodType<T>,
  refusal: "archive_damaged" | "archive_unknown",
): Promise<T> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of archive.stream(name)) {
    bytes += chunk.length;
    if (bytes > JSON_BYTES_MAX) throw new AppError("archive_too_large");
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    const text = Buffer.concat(chunks).toString("utf8");
    value = UNSTORABLE.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
    await giveWay();
  } catch (cause) {
    throw new AppError("archive_damaged", { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError(refusal, { cause: parsed.error });
  return parsed.data;
}

/** What may write a null character, or half a character: read value by value, the rest at once. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/** PostgreSQL has neither null characters nor halves of characters. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
