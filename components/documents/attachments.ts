import { isTemporary } from "@/components/temporary/temporary-mode";
import { isSettled } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import type { Refusal } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { type Asked, askRepeatedly } from "./ask-repeatedly";
import { listDocuments, type Upload, uploadFile } from "./document-requests";
import { type KeptAttachment, keepAttached, readAttached } from "./kept-attachments";

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

const AT_ONCE = 3;

/** The attachments of one composer: those of a conversation, or of home. */
export function createAttachments(agentId: string, conversationId: string | null) {
  let all: readonly Attachment[] = [];
  const watchers = new Set<() => void>();
  const files = new Map<string, { file: File; upload: Upload | null }>();
  /** What was attached before a reload, and could not be asked for yet. */
  let missing: readonly KeptAttachment[] = [];

  function set(next: readonly Attachment[]): void {
    all = next;
    const known = all.flatMap(({ document, isReused = false }) => (document ? { id: document.id, isReused } : []));
    keepAttached(agentId, conversationId, [...missing, ...known]);
    for (const watcher of watchers) watcher();
  }
  const change = (key: string, update: Partial<Attachment>) =>
    set(all.map((attachment) => (attachment.key === key ? { ...attachment, ...update } : attachment)));

  function toSend(key: string, file: File): Attachment {
    files.set(key, { file, upload: null });
    return { key, name: file.name, sizeBytes: file.size, sent: 0, document: null, refusal: null };
  }

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
    known.upload = uploadFile({ id: key, file: known.file, isTemporary: isTemporary(conversationId) }, (sent) =>
      change(key, { sent }),
    );
    const outcome = await known.upload.done;
    known.upload = null;
    if (!files.has(key)) return; // removed meanwhile
    if (outcome.type === "received") {
      files.delete(key);
      change(key, { sent: 1, document: outcome.document, name: outcome.document.name });
      reading.start();
    } else {
      change(key, { refusal: outcome.type === "refused" ? outcome.refusal : "network" });
    }
    sendNext();
  }

  /** Asks where all of them have got to, in one request. */
  async function look(): Promise<Asked> {
    const moving = all.flatMap(({ document }) => (document && !isSettled(document.state) ? document.id : []));
    const asked = [...missing.map(({ id }) => id), ...moving];
    if (asked.length === 0) return "done";
    const found = await listDocuments(asked);
    if (!found) return "failed";
    const restored = missing.flatMap(({ id, isReused }) => {
      const document = found.find((each) => each.id === id);
      return document && !all.some(({ key }) => key === id) ? { ...fromDocument(document), isReused } : [];
    });
    missing = [];
    const fresh = (attachment: Attachment) => found.find(({ id }) => id === attachment.document?.id);
    set([
      ...restored,
      ...all.map((attachment) => ({ ...attachment, document: fresh(attachment) ?? attachment.document })),
    ]);
    return "waiting";
  }
  const reading = askRepeatedly(look);

  return {
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    current: () => all,
    /** What was attached before a reload, and is still there. */
    async restore(): Promise<void> {
      const kept = readAttached(agentId, conversationId);
      if (kept.length === 0 || all.length > 0) return;
      missing = kept;
      await look();
      reading.start();
    },
    /** Attaches documents that were sent before: nothing is sent again. */
    reuse(documents: readonly DocumentSummary[]): void {
      const added = documents.filter(({ id }) => !all.some(({ key }) => key === id));
      set([...all, ...added.map((document) => ({ ...fromDocument(document), isReused: true }))]);
      reading.start();
    },
    /** Gives the key of each. */
    add(chosen: readonly File[]): string[] {
      const added = chosen.map((file) => toSend(newId(), file));
      set([...all, ...added]);
      sendNext();
      return added.map(({ key }) => key);
    },
    /** Sends from its start a file whose sending a reload stopped: one that the server has stays what it is. */
    sendStopped(key: string, file: File): void {
      if (all.some((attachment) => attachment.key === key)) return;
      set([...all, toSend(key, file)]);
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
      reading.start();
    },
    /** They go with the question that is sent. */
    clear(): readonly Attachment[] {
      const sent = all;
      set([]);
      return sent;
    },
    putBack(sent: readonly Attachment[]): void {
      set([...sent, ...all]);
      reading.start();
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
