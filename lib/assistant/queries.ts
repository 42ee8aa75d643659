import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { conversations, messages, summaries, turns } from "@/db/schema/conversations";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { listBranch } from "@/lib/branches/queries";
import { getConversation } from "@/lib/conversations/queries";
import type { MessagePart, StoredMessage } from "@/lib/conversations/schema";
import { listAttached } from "@/lib/documents/queries";
import type { AttachedDocument } from "@/lib/documents/schema";
import { ERROR_CODES } from "@/lib/errors/app-error";
import { projectSources } from "@/lib/projects/queries";
import type { ProjectSource } from "@/lib/projects/schema";
import type { Summary } from "./context";
import type { StreamParts, TurnMetadata } from "./stream-parts";

/** Branches deep enough to need more are rare; an older summary is then made again. */
const SUMMARIES_MAX = 50;

export const turnMetadata = {
  turnId: turns.id,
  conversationId: turns.conversationId,
  questionId: turns.questionId,
  answerId: turns.answerId,
  modelLabel: turns.modelLabel,
};

/** The turn being written in a conversation of the actor's, or null. Throws `conversation_not_found`. */
export async function findRunningTurn(actor: Actor, conversationId: string): Promise<TurnMetadata | null> {
  const { id } = await getConversation(actor, conversationId);
  const [running] = await asMember(actor.agentId, (tx) =>
    tx
      .select(turnMetadata)
      .from(turns)
      .where(and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, id), eq(turns.status, "running"))),
  );
  return running ?? null;
}

export type TurnContext = {
  branch: StoredMessage[];
  summaries: Summary[];
  attached: AttachedDocument[];
  settings: TurnSettings;
};

/** What of the agent's settings, and of the project of the conversation, bears on an answer. */
export type TurnSettings = {
  ownInstructions: string;
  /** Null out of any project. */
  project: { instructions: string; documents: ProjectSource[] } | null;
  /** The model may search the web by itself. */
  searchesAlone: boolean;
  /** Each query is shown to the agent before it leaves. */
  confirmsSearches: boolean;
};

/** What a turn needs to know: the branch that ends with `messageId`, its summaries and documents, and the settings. */
export async function getTurnContext(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<TurnContext> {
  const [branch, summed, attached, settings] = await Promise.all([
    listBranch(tx, actor, conversationId, messageId),
    selectSummaries(tx, actor, conversationId),
    listAttached(tx, actor, conversationId),
    getTurnSettings(tx, actor, conversationId),
  ]);
  return { branch, summaries: summed, attached, settings };
}

/** All in one query, that of the project included: each one more is a wait before the first word. */
export async function getTurnSettings(tx: Transaction, actor: Actor, conversationId: string): Promise<TurnSettings> {
  const [found] = await tx
    .select({
      ownInstructions: agents.instructions,
      searchesAlone: agents.searchesAlone,
      confirmsSearches: agents.confirmsSearches,
      projectInstructions: projects.instructions,
      projectDocuments: projectSources,
    })
    .from(agents)
    .leftJoin(conversations, and(eq(conversations.id, conversationId), eq(conversations.ownerId, agents.id)))
    .leftJoin(projects, and(eq(projects.id, conversations.projectId), eq(projects.ownerId, agents.id)))
    .where(eq(agents.id, actor.agentId));
  if (!found) return { ownInstructions: "", searchesAlone: false, confirmsSearches: false, project: null };
  const { projectInstructions: instructions, projectDocuments: documents, ...settings } = found;
  return { ...settings, project: instructions === null ? null : { instructions, documents: documents ?? [] } };
}

/** The text of a stored question; empty when it does not exist: opening its turn says so. */
export async function findQuestionText(actor: Actor, conversationId: string, id: string): Promise<string> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ text: messages.text })
      .from(messages)
      .where(
        and(eq(messages.ownerId, actor.agentId), eq(messages.conversationId, conversationId), eq(messages.id, id)),
      ),
  );
  return found?.text ?? "";
}

/** The branch that ends with `messageId`, from its first message. */
export function listMessagesUpTo(actor: Actor, conversationId: string, messageId: string): Promise<StoredMessage[]> {
  return asMember(actor.agentId, (tx) => listBranch(tx, actor, conversationId, messageId));
}

/** What the oldest messages of a conversation said in short, on whatever branch; the most recent summaries first. */
export const listSummaries = (actor: Actor, conversationId: string): Promise<Summary[]> =>
  asMember(actor.agentId, (tx) => selectSummaries(tx, actor, conversationId));

const selectSummaries = (tx: Transaction, actor: Actor, conversationId: string) =>
  tx
    .select({ messageId: summaries.messageId, text: summaries.text })
    .from(summaries)
    .where(and(eq(summaries.ownerId, actor.agentId), eq(summaries.conversationId, conversationId)))
    .orderBy(desc(summaries.createdAt), desc(summaries.messageId))
    .limit(SUMMARIES_MAX);

/** The stored answer of a turn, or null while it runs. */
export async function findEndedAnswer(
  actor: Actor,
  { turnId, conversationId, answerId }: TurnMetadata,
): Promise<{ parts: MessagePart[]; end: StreamParts["end"] } | null> {
  const [answer] = await asMember(actor.agentId, (tx) => listBranch(tx, actor, conversationId, answerId, 1));
  if (answer?.turn?.id !== turnId || answer.turn.status === "running") return null;
  const { id: _, status, failureCode, isTruncated, ...provenance } = answer.turn;
  const code = ERROR_CODES.find((known) => known === failureCode);
  const end = { status, ...(code && { code }), ...(isTruncated && { isTruncated }), provenance };
  return { parts: answer.parts, end };
}
