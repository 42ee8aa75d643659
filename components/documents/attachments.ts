import { isSettled } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import type { Refusal } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { listDocuments, type Upload, uploadFile } from "./document-requests";
import { keepAttached, readAttached } from "./kept-attachments";

/** A file in the composer, from the moment it is chosen. */
export type Attachment = {
  /** The identifier of the document, made here: sent again after a cut, it is the same document. */
  key: string;
  name: string;
  sizeBytes: number;
  /** Share of the bytes that were sent, from 0 to 1. */
  sent: number;
  /** Null until every byte was received. */
  document: DocumentSummary | null;
  /** Why it was not received; `network` when no answer came. */
  refusal: Refusal | "network" | null;
  /** It was there before, and stays among the agent's documents when it is taken away from here. */
  isReused?: boolean;
};

const LOOK_EVERY_MS = 700;
const AT_ONCE = 3;

/** The attachments of one composer: those of a conversation, or of home. */
export function createAttachments(agentId: string, conversationId: string | null) {
  let all: readonly Attachment[] = [];
  const watchers = new Set<() => void>();
  const files = new Map<string, { file: File; upload: Upload | null }>();
  let looking: ReturnType<typeof setTimeout> | undefined;

  function set(next: readonly Attachment[]): void {
    all = next;
    keepAttached(
      agentId,
      conversationId,
      all.flatMap(({ document, isReused = false }) => (document ? { id: document.id, isReused } : [])),
    );
    for (const watcher of watchers) watcher();
  }
  const change = (key: string, update: Partial<Attachment>) =>
    set(all.map((attachment) => (attachment.key === key ? { ...attachment, ...update } : attachment)));

  function sendNext(): void {
    const sending = [...files.values()].filter(({ upload }) => upload !== null).length;
    const waiting = all.filter(
      ({ key, document, refusal }) => !document && !refusal && files.get(key)?.upload === null,
    );
    for (const { key } of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void send(key);
  }

  async function send(key: string): Promise<void> {
    const known = files.get(key);
    if (!known) return;
    known.upload = uploadFile(key, known.file, (sent) => change(key, { sent }));
    const outcome = await known.upload.done;
    known.upload = null;
    if (!files.has(key)) return; // removed meanwhile
    if (outcome.type === "received") {
      files.delete(key);
      change(key, { sent: 1, document: outcome.document, name: outcome.document.name });
      look();
    } else {
      change(key, { refusal: outcome.type === "refused" ? outcome.refusal : "network" });
    }
    sendNext();
  }

  /** Asks where the reading has got to, until nothing moves any more. */
  function look(): void {
    if (looking) return;
    looking = setTimeout(async () => {
      looking = undefined;
      const moving = all.flatMap(({ document }) => (document && !isSettled(document.state) ? document.id : []));
      if (moving.length === 0) return;
      const found = await listDocuments(moving);
      if (found)
        set(
          all.map((attachment) => {
            const fresh = found.find(({ id }) => id === attachment.document?.id);
            return fresh ? { ...attachment, document: fresh } : attachment;
          }),
        );
      look();
    }, LOOK_EVERY_MS);
  }

  return {
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    current: () => all,
    /** What was attached before a reload, and is still there. */
    async restore(): Promise<void> {
      if (all.length > 0) return;
      const kept = readAttached(agentId, conversationId);
      const found = kept.length > 0 ? await listDocuments(kept.map(({ id }) => id)) : [];
      if (!found || found.length === 0 || all.length > 0) return;
      set(
        found.map((document) => {
          const isReused = kept.some(({ id, isReused: was }) => was && id === document.id);
          return { ...fromDocument(document), isReused };
        }),
      );
      look();
    },
    /** Attaches documents that were sent before: nothing is sent again. */
    reuse(documents: readonly DocumentSummary[]): void {
      const added = documents.filter(({ id }) => !all.some(({ key }) => key === id));
      set([...all, ...added.map((document) => ({ ...fromDocument(document), isReused: true }))]);
      look();
    },
    add(chosen: readonly File[]): void {
      const added = chosen.map((file): Attachment => {
        const key = newId();
        files.set(key, { file, upload: null });
        return { key, name: file.name, sizeBytes: file.size, sent: 0, document: null, refusal: null };
      });
      set([...all, ...added]);
      sendNext();
    },
    remove(key: string): void {
      files.get(key)?.upload?.cancel();
      files.delete(key);
      set(all.filter((attachment) => attachment.key !== key));
      sendNext();
    },
    /** Sends again what the network or the server did not take. */
    sendAgain(key: string): void {
      change(key, { refusal: null, sent: 0 });
      sendNext();
    },
    replace(key: string, document: DocumentSummary): void {
      change(key, { document });
      look();
    },
    /** They go with the question that is sent. */
    clear(): readonly Attachment[] {
      const sent = all;
      set([]);
      return sent;
    },
    putBack(sent: readonly Attachment[]): void {
      set([...sent, ...all]);
      look();
    },
  };
}

export type Attachments = ReturnType<typeof createAttachments>;

const fromDocument = (document: DocumentSummary): Attachment => ({
  key: document.id,
  name: document.name,
  sizeBytes: document.sizeBytes,
  sent: 1,
  document,
  refusal: null,
});

export const isSending = ({ document, refusal }: Attachment): boolean => !document && !refusal;
