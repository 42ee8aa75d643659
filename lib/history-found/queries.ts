import "server-only";
import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { documents, messageDocuments, passages } from "@/db/schema/documents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { isCitedPage, sourcesIn } from "@/lib/conversations/rules";
import { messageParts } from "@/lib/conversations/schema";
import type { HistoryHit, HistoryKind } from "@/lib/history/schema";
import type { Candidate } from "@/lib/history-candidates/queries";
import { sourceText } from "@/lib/history-index/rules";
import { toSnippet } from "@/lib/snippets/rules";
import { recognise, type Sought } from "@/lib/sought/rules";

/** `texts`: all that it was found by. `held`: how many of the things looked for they hold. */
export type Found = { candidate: Candidate; hit: HistoryHit; texts: string[]; held: number };

/** A text by which something may be found. */
type Piece = { kind: HistoryKind; name: string | null; text: string };

/** Reads what was found, as the actor: in the same order; what is gone meanwhile is left out. */
export async function listFound(
  tx: Transaction,
  actor: Actor,
  candidates: readonly Candidate[],
  sought: Sought,
): Promise<Found[]> {
  if (candidates.length === 0) return [];
  const messageIds = candidates.flatMap(({ messageId, passage }) => (messageId && !passage ? messageId : []));
  // Sent together.
  const [titles, written, named, read] = await Promise.all([
    listTitles(tx, actor, candidates),
    listMessages(tx, actor, messageIds),
    listNames(tx, actor, messageIds),
    listPassages(tx, actor, candidates),
  ]);
  const which = recognise(sought);
  return candidates.flatMap((candidate) => {
    const { conversationId, messageId, passage, at } = candidate;
    const conversation = titles.get(conversationId);
    if (!conversation) return [];
    const { title, project } = conversation;
    const pieces: Piece[] = passage
      ? (read.get(keyOf(passage)) ?? [])
      : messageId
        ? [...(written.get(messageId) ?? []), ...(named.get(messageId) ?? [])]
        : [{ kind: "title", name: null, text: title }];
    const best = bestOf(pieces, which);
    if (!best) return [];
    const { kind, name, snippet, held } = best;
    const hit = { conversationId, title, project, messageId, kind, name, at, snippet };
    return [{ candidate, hit, texts: pieces.map(({ text }) => text), held }];
  });
}

/** The piece that holds the most of what is looked for, the first of them; and what all hold together. */
function bestOf(pieces: readonly Piece[], which: (word: string) => number) {
  const all = new Set<number>();
  const noticing = (word: string) => {
    const found = which(word);
    if (found >= 0) all.add(found);
    return found;
  };
  const snippets = pieces.map((piece) => ({ ...piece, ...toSnippet(piece.text, noticing) }));
  const [best] = snippets.toSorted((one, other) => other.held - one.held);
  return best && { kind: best.kind, name: best.name, snippet: best.pieces, held: all.size };
}

async function listTitles(
  tx: Transaction,
  actor: Actor,
  candidates: readonly Candidate[],
): Promise<Map<string, { title: string; project: string | null }>> {
  const ids = [...new Set(candidates.map(({ conversationId }) => conversationId))];
  const rows = await tx
    .select({ id: conversations.id, title: conversations.title, project: projects.title })
    .from(conversations)
    .leftJoin(projects, and(eq(projects.id, conversations.projectId), eq(projects.ownerId, actor.agentId)))
    .where(
      and(
        eq(conversations.ownerId, actor.agentId),
        isNull(conversations.deletedAt),
        isNull(conversations.expiresAt),
        inArray(conversations.id, ids),
      ),
    );
  return new Map(rows.map(({ id, ...conversation }) => [id, conversation]));
}

async function listMessages(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<Map<string, Piece[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: messages.id, author: messages.author, text: messages.text, parts: messages.parts })
    .from(messages)
    .where(and(eq(messages.ownerId, actor.agentId), inArray(messages.id, [...ids])));
  return new Map(
    rows.map(({ id, author, text, parts }): [string, Piece[]] => {
      if (author === "agent") return [id, [{ kind: "question", name: null, text }]];
      const sources = sourcesIn(messageParts.safeParse(parts).data ?? []).map(
        (source): Piece => ({
          kind: "source",
          name: isCitedPage(source) ? source.title : source.name,
          text: sourceText(source),
        }),
      );
      return [id, [{ kind: "answer", name: null, text }, ...sources]];
    }),
  );
}

/** Of the documents that came with these messages. */
async function listNames(tx: Transaction, actor: Actor, messageIds: readonly string[]): Promise<Map<string, Piece[]>> {
  const names = new Map<string, Piece[]>();
  if (messageIds.length === 0) return names;
  const rows = await tx
    .select({ messageId: messageDocuments.messageId, name: documents.name })
    .from(messageDocuments)
    .innerJoin(documents, eq(documents.id, messageDocuments.documentId))
    .where(and(eq(messageDocuments.ownerId, actor.agentId), inArray(messageDocuments.messageId, [...messageIds])))
    .orderBy(asc(messageDocuments.position));
  for (const { messageId, name } of rows)
    names.set(messageId, [...(names.get(messageId) ?? []), { kind: "document", name, text: name }]);
  return names;
}

type PassageKey = NonNullable<Candidate["passage"]>;

const keyOf = ({ documentId, page, position }: PassageKey): string => `${documentId} ${page} ${position}`;

async function listPassages(
  tx: Transaction,
  actor: Actor,
  candidates: readonly Candidate[],
): Promise<Map<string, Piece[]>> {
  const keys = candidates.flatMap(({ passage }) => passage ?? []);
  if (keys.length === 0) return new Map();
  const rows = await tx
    .select({
      documentId: documents.id,
      page: passages.page,
      position: passages.position,
      name: documents.name,
      heading: passages.heading,
      text: passages.text,
    })
    .from(documents)
    .innerJoin(passages, eq(passages.fileId, documents.fileId))
    .where(
      and(
        eq(documents.ownerId, actor.agentId),
        isNull(documents.deletedAt),
        or(
          ...keys.map(({ documentId, page, position }) =>
            and(eq(documents.id, documentId), eq(passages.page, page), eq(passages.position, position)),
          ),
        ),
      ),
    );
  return new Map(
    rows.map(({ name, heading, text, ...key }): [string, Piece[]] => {
      const isInText = !heading || text.includes(heading);
      return [keyOf(key), [{ kind: "document", name, text: isInText ? text : `${heading}\n${text}` }]];
    }),
  );
}
