import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { StoredMessage } from "@/lib/conversations/schema";
import { type FileProgress, listFileStates } from "@/lib/documents/queries";
import { isImage, isSettled, isSpreadsheet } from "@/lib/documents/rules";
import type { AttachedDocument } from "@/lib/documents/schema";
import { listPages, listTitles, type ReadPage } from "@/lib/pages/queries";
import type { ProjectSource } from "@/lib/projects/schema";
import { modelInfo } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { pageSource, type Sources } from "./citations/sources";
import { type DocumentText, documentsText } from "./prompts/documents";
import { tablePreview } from "./prompts/table-preview";
import type { OpenTurn } from "./start-turn";

/** The documents of a turn's branch, each once, in order: the first is document 1 for the model and its tools. */
export function documentsOf({ documents }: Pick<OpenTurn, "documents">): AttachedDocument[] {
  if (!documents) return [];
  const inOrder = documents.branch.flatMap(({ id }) => documents.attached.filter(({ messageId }) => messageId === id));
  return inOrder.filter(({ id }, index) => inOrder.findIndex((other) => other.id === id) === index);
}

/** A document that a turn may use: attached to a question of its branch, or given by its project. */
export type TurnDocument = Pick<AttachedDocument, "id" | "name" | "fileId"> & { isOfProject?: boolean };

/** Those of the branch, then those of the project that were not attached as well, under whatever name. */
export function allDocumentsOf(turn: Pick<OpenTurn, "documents">): TurnDocument[] {
  return [...documentsOf(turn), ...projectDocumentsOf(turn).map((document) => ({ ...document, isOfProject: true }))];
}

/** The documents of the project that the branch does not give already; one that could not be read is of no use. */
export function projectDocumentsOf({ documents }: Pick<OpenTurn, "documents">): ProjectSource[] {
  if (!documents) return [];
  const { ofProject } = documents;
  const given = new Set(documentsOf({ documents }).map(({ fileId }) => fileId));
  return ofProject.filter(
    ({ fileId, state }, index) =>
      !given.has(fileId) &&
      !(state === "refused" || state === "failed") &&
      ofProject.findIndex((other) => other.fileId === fileId) === index,
  );
}

/** How long a turn waits for what is still being read; then it answers with what is ready. */
const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 500;
/** Share of the context that documents may take: the rest is for the conversation. */
const DOCUMENTS_SHARE = 0.75;
/** The share of those given whole when there are longer ones: what is found in these is to fit too. */
const WHOLE_SHARE = 0.5;
/** What a tool may give of the documents at once: a share of the context, and never more than this. */
const RESULT_SHARE = 0.2;
const RESULT_CHARACTERS_MAX = 12_000;
/** Of a long document, what is given besides its titles. */
const OPENING_CHARACTERS_MAX = 3_000;
/** Even dense French holds at least so many characters in a token. */
const CHARACTERS_PER_TOKEN_MIN = 2;
/** Even dense text holds no more characters than this in a token: a first cut, before tokens are counted. */
const CHARACTERS_PER_TOKEN_MAX = 6;

const hasText = ({ state }: FileProgress): boolean => state === "ready" || state === "read";

/** True when documents may not fit in `budget` (tokens) all together: they are then searched rather than given. */
export async function needSearch(actor: Actor, documents: readonly TurnDocument[], budget: number): Promise<boolean> {
  const fileIds = [...new Set(documents.flatMap(({ fileId }) => fileId ?? []))];
  if (fileIds.length === 0) return false;
  const characters = (await listFileStates(actor, fileIds))
    // Of a spreadsheet, a model with tools is given the beginning only.
    .filter((file) => hasText(file) && !isSpreadsheet(file.type))
    .reduce((sum, file) => sum + (file.characters ?? 0), 0);
  return characters > budget * DOCUMENTS_SHARE * CHARACTERS_PER_TOKEN_MIN;
}

/** How many characters of documents a tool may give at once, for a model that reads `budget` tokens. */
export const resultCharactersMax = (budget: number): number =>
  Math.min(RESULT_CHARACTERS_MAX, Math.floor(budget * RESULT_SHARE * CHARACTERS_PER_TOKEN_MIN));

export type Wait = {
  signal: AbortSignal;
  /** Called if there is anything to wait for. */
  onWait: () => Promise<void>;
  /** The model sees images: their text need not be recognised. */
  sees?: boolean;
  waitMs?: number;
};

/** Resolves once the files are read, or after a minute. */
export async function untilRead(
  actor: Actor,
  attached: readonly AttachedDocument[],
  { signal, onWait, sees = false, waitMs = WAIT_MS }: Wait,
): Promise<void> {
  const fileIds = [...new Set(attached.flatMap(({ fileId }) => fileId ?? []))];
  if (fileIds.length === 0) return;
  const end = Date.now() + waitMs;
  for (let isFirst = true; ; isFirst = false) {
    const states = await listFileStates(actor, fileIds);
    const isDone = ({ state, type }: FileProgress) => isSettled(state) || (sees && state === "read" && isImage(type));
    if (states.every(isDone) || Date.now() > end) return;
    if (isFirst) await onWait();
    await pause(LOOK_EVERY_MS, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * The branch with the text of the documents in front of the questions they came with, within a share of `budget` (tokens): the
 * most recent ones first, whole if they fit; else their titles and how they begin for a model that can search the rest, their
 * first pages for another. Each page that is given is added to `sources`.
 */
export async function withDocuments(turn: OpenTurn, budget: number, sources: Sources): Promise<StoredMessage[]> {
  const { actor, documents: given } = turn;
  if (!given) return [];
  const { branch, attached } = given;
  const numbered = documentsOf(turn);
  const hasTools = modelInfo(turn.modelId)?.tools === true;
  const canSearch = hasTools && (await needSearch(actor, numbered, budget));
  let left = Math.floor(budget * (canSearch ? WHOLE_SHARE : DOCUMENTS_SHARE));
  const texts = new Map<string, string>();
  for (const { id } of branch.toReversed()) {
    const documents: DocumentText[] = [];
    for (const document of attached.filter(({ messageId }) => messageId === id)) {
      const text = await readDocument(actor, document, { tokens: left, hasTools, canSearch, sources });
      left -= text.pages.reduce((sum, page) => sum + estimateTokens(page.text), 0);
      documents.push({ ...text, number: numbered.findIndex((known) => known.id === document.id) + 1 });
    }
    if (documents.length > 0) texts.set(id, documentsText(documents));
  }
  return branch.map((message) => {
    const text = texts.get(message.id);
    return text ? { ...message, parts: [{ type: "text", text }, ...message.parts] } : message;
  });
}

async function readDocument(
  actor: Actor,
  document: AttachedDocument,
  { tokens, hasTools, canSearch, sources }: { tokens: number; hasTools: boolean; canSearch: boolean; sources: Sources },
): Promise<Omit<DocumentText, "number">> {
  const { id: documentId, name, fileId } = document;
  const nothing = { name, pages: [], pagesTotal: 0 };
  if (!fileId) return { ...nothing, unread: "deleted" };
  const [file] = await listFileStates(actor, [fileId]);
  if (!file) return { ...nothing, unread: "deleted" };
  if (!hasText(file)) return { ...nothing, unread: isSettled(file.state) ? "unreadable" : "not_ready" };
  const preview = hasTools ? await tablePreview(actor, fileId) : null;
  const pages = preview ?? (await listPages(actor, fileId, tokens * CHARACTERS_PER_TOKEN_MAX));
  let left = tokens;
  const first = pages.findIndex(({ text }) => {
    left -= estimateTokens(text);
    return left < 0;
  });
  const known = { name, pagesTotal: file.pages ?? pages.length, unread: null };
  // The beginning of a sheet is written for the model, not as it is stored.
  const numbered = (given: readonly ReadPage[]) =>
    given.map((page) => ({ ...page, source: sources.add(pageSource({ documentId, name }, page, preview ? null : 0)) }));
  if (first < 0 || !canSearch) return { ...known, pages: numbered(first < 0 ? pages : pages.slice(0, first)) };
  const opening = Math.min(OPENING_CHARACTERS_MAX, Math.max(0, tokens * CHARACTERS_PER_TOKEN_MIN));
  return {
    ...known,
    pages: numbered(pages.slice(0, 1).map((page) => ({ ...page, text: page.text.slice(0, opening) }))),
    titles: await listTitles(actor, fileId),
  };
}
