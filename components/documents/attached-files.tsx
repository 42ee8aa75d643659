import { useTranslations } from "next-intl";
import { DocumentIcon } from "@/components/ui/icons";
import type { AttachedFile } from "@/lib/documents/schema";

/** What a question came with; each can be taken back as it was sent, unless it was deleted. */
export function AttachedFiles({ documents }: { documents: readonly AttachedFile[] }) {
  const t = useTranslations("documents");
  if (documents.length === 0) return null;
  return (
    <ul aria-label={t("attached")} className="mb-2 flex max-w-[85%] flex-wrap justify-end gap-2">
      {documents.map(({ id, name, isDeleted = false }) => (
        <li key={id} className="min-w-0 max-w-full">
          {isDeleted ? (
            <span className="flex items-center gap-2 rounded-control border border-line px-3 py-1.5 text-sm text-muted">
              <DocumentIcon className="size-4" />
              <span className="truncate">{t("deleted", { name })}</span>
            </span>
          ) : (
            <a
              href={`/api/documents/${id}/original`}
              download={name}
              title={t("download", { name })}
              className="flex items-center gap-2 rounded-control border border-line bg-surface px-3 py-1.5 text-sm hover:bg-surface-hover"
            >
              <DocumentIcon className="size-4 text-action" />
              <span className="truncate">{name}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
