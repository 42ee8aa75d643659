import { useTranslations } from "next-intl";
import { PasswordForm } from "@/components/documents/password-form";
import { DocumentFacts } from "@/components/library/document-facts";
import { Button } from "@/components/ui/button";
import { CloseIcon, DocumentIcon, ErrorIcon } from "@/components/ui/icons";
import { asksForPassword } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";
import type { ProjectDocument } from "@/lib/projects/schema";

type ProjectDocumentRowProps = {
  document: ProjectDocument;
  onChange: (document: DocumentSummary) => void;
  onRemove: () => void;
};

/** One document: what it is, how far its reading has got, and the button that takes it out. */
export function ProjectDocumentRow({ document, onChange, onRemove }: ProjectDocumentRowProps) {
  const t = useTranslations("projectDocuments");
  const { name, failureCode, addedAt } = document;
  return (
    <li className="flex gap-3 py-4">
      {failureCode ? <ErrorIcon className="mt-0.5 text-danger" /> : <DocumentIcon className="mt-0.5 text-action" />}
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-semibold wrap-anywhere">{name}</h2>
        <p className="text-sm text-muted">
          <DocumentFacts document={{ ...document, createdAt: addedAt }} />
        </p>
        {asksForPassword(failureCode) && <PasswordForm document={document} onChange={onChange} />}
        {/* Its cross stands under the text above. */}
        <div className="mt-1.5 -ml-3">
          <Button size="small" variant="quiet" aria-label={t("removeNamed", { name })} onClick={onRemove}>
            <CloseIcon className="size-4" />
            {t("remove")}
          </Button>
        </div>
      </div>
    </li>
  );
}
