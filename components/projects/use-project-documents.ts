import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useAttachments } from "@/components/documents/use-attachments";
import { useReadingFollowed } from "@/components/library/use-reading-followed";
import { showToast } from "@/components/ui/toast";
import type { DocumentSummary } from "@/lib/documents/schema";
import { unanswered } from "@/lib/errors/unanswered";
import { addProjectDocumentsAction, removeProjectDocumentAction } from "@/lib/projects/actions";
import { PROJECT_DOCUMENTS_MAX } from "@/lib/projects/rules";
import type { ProjectDocument } from "@/lib/projects/schema";

/** The documents of a project as they are shown, and what can be done of them; the files that are sent join them once received. */
export function useProjectDocuments(agentId: string, projectId: string, given: readonly ProjectDocument[]) {
  const t = useTranslations("projectDocuments");
  const errors = useTranslations("errors");
  const [seen, setSeen] = useState(given);
  const [known, setKnown] = useState(given);
  const [removedIds, setRemovedIds] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { attachments, shown } = useAttachments(agentId, `projet-${projectId}`);
  const adding = useRef(new Set<string>());

  if (seen !== given) {
    setSeen(given);
    setKnown(given);
    setRemovedIds([]);
  }

  const change = (id: string, changed: Partial<DocumentSummary>) =>
    setKnown((all) => all.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  useReadingFollowed(known, change);

  const add = async (documentIds: string[]): Promise<void> => {
    setRefusal(null);
    const result = await addProjectDocumentsAction({ id: projectId, documentIds }).catch(unanswered);
    if (!result.ok) setRefusal(errors(result.code, { max: PROJECT_DOCUMENTS_MAX }));
  };

  const received = shown.flatMap(({ document }) => document?.id ?? []);
  const toAdd = received.join(",");
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was received is what tells that there is something to add
  useEffect(() => {
    const ids = received.filter((id) => !adding.current.has(id));
    if (ids.length === 0) return;
    for (const id of ids) adding.current.add(id);
    void add(ids).then(() => {
      for (const id of ids) attachments.remove(id);
      for (const id of ids) adding.current.delete(id);
    });
  }, [toAdd]);

  const remove = async ({ id, name }: ProjectDocument): Promise<void> => {
    setRemovedIds((ids) => [...ids, id]);
    const result = await removeProjectDocumentAction({ id: projectId, documentId: id }).catch(unanswered);
    if (result.ok) {
      showToast({ text: t("removed", { name }), action: { label: t("undo"), run: () => void add([id]) } });
      return;
    }
    setRemovedIds((ids) => ids.filter((one) => one !== id));
    showToast({ tone: "danger", text: errors(result.code) });
  };

  return {
    documents: known.filter(({ id }) => !removedIds.includes(id)),
    attachments,
    sending: shown,
    refusal,
    add,
    addFiles: (files: File[]) => void attachments.add(files),
    remove,
    change,
  };
}
