import { randomUUID } from "node:crypto";
import { writeZip } from "../../support/zip-writer";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An archive of conversations of one exchange each, as the service exports them, used so many days ago. */
export function anArchiveOf(conversations: readonly { title: string; daysAgo: number }[]): Buffer {
  const told = conversations.map(({ title, daysAgo }) => {
    const [id, questionId, answerId] = [randomUUID(), randomUUID(), randomUUID()];
    const at = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
    const parts = (text: string) => ({ text, parts: [{ type: "text", text }] });
    const turn = { status: "completed", modelLabel: "Modèle d’essai", startedAt: at, endedAt: at };
    const messages = [
      { id: questionId, parentId: null, author: "agent", createdAt: at, ...parts(title) },
      { id: answerId, parentId: questionId, author: "assistant", createdAt: at, ...parts("Une réponse."), turn },
    ];
    return { id, title, createdAt: at, usedAt: at, shownLeafId: answerId, messages };
  });
  const path = (id: string) => `conversations/${id}.json`;
  const index = {
    format: "assistant-ia/archive@1",
    exportedAt: new Date().toISOString(),
    account: {},
    settings: {},
    conversations: told.map(({ id, title }) => ({ id, title, path: path(id) })),
    documents: [],
  };
  return Buffer.from(
    writeZip({
      "donnees.json": JSON.stringify(index),
      ...Object.fromEntries(
        told.map((conversation) => [
          path(conversation.id),
          JSON.stringify({ format: "assistant-ia/export@1", conversations: [conversation] }),
        ]),
      ),
    }),
  );
}
