import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { ArrowDownIcon, DocumentIcon, ErrorIcon, NewConversationIcon, TrashIcon } from "@/components/ui/icons";
import { isReusable } from "@/lib/library/rules";
import type { LibraryDocument, Uses } from "@/lib/library/schema";
import { projectPath } from "@/lib/projects/rules";
import { DocumentFacts } from "./document-facts";
import { Excerpt } from "./excerpt";

type LibraryRowProps = {
  document: LibraryDocument;
  isUsing: boolean;
  onUse: () => void;
  onRemove: () => void;
};

/** One document: what it is, where it answers, where it was used, and what can be done with it. */
export function LibraryRow({ document, isUsing, onUse, onRemove }: LibraryRowProps) {
  const t = useTranslations("library.row");
  const { id, name, failureCode, excerpt, uses, canBeTakenBack } = document;
  return (
    <li className="flex gap-3 py-4">
      {failureCode ? <ErrorIcon className="mt-0.5 text-danger" /> : <DocumentIcon className="mt-0.5 text-action" />}
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-semibold wrap-anywhere">{name}</h2>
        <p className="text-sm text-muted">
          <DocumentFacts document={document} />
        </p>
        {excerpt && <Excerpt {...excerpt} />}
        <UsedIn uses={uses} />
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          {isReusable(document) && (
            <Button size="small" isPending={isUsing} aria-label={t("useNamed", { name })} onClick={onUse}>
              <NewConversationIcon className="size-4" />
              {t("use")}
            </Button>
          )}
          {canBeTakenBack && (
            <a
              href={`/api/documents/${id}/original`}
              download={name}
              aria-label={t("downloadNamed", { name })}
              className={buttonClass({ variant: "quiet", size: "small" })}
            >
              <ArrowDownIcon className="size-4" />
              {t("download")}
            </a>
          )}
          <Button size="small" variant="quiet" aria-label={t("removeNamed", { name })} onClick={onRemove}>
            <TrashIcon className="size-4" />
            {t("remove")}
          </Button>
        </div>
      </div>
    </li>
  );
}

function UsedIn({ uses: { conversations, count, projects } }: { uses: Uses }) {
  const t = useTranslations("library.row");
  if (count === 0 && projects.length === 0) return <p className="text-sm text-muted">{t("unused")}</p>;
  const others = count - conversations.length;
  return (
    <>
      {projects.length > 0 && (
        <p className="text-sm text-muted wrap-anywhere">
          {t("inProjects", { count: projects.length })} <Named things={projects} pathOf={projectPath} />
        </p>
      )}
      {count > 0 && (
        <p className="text-sm text-muted wrap-anywhere">
          {t("usedIn")} <Named things={conversations} pathOf={(id) => `/conversations/${id}`} />
          {others > 0 && ` ${t("others", { count: others })}`}
        </p>
      )}
    </>
  );
}

type NamedProps = { things: readonly { id: string; title: string }[]; pathOf: (id: string) => string };

const Named = ({ things, pathOf }: NamedProps) =>
  things.map(({ id, title }, index) => (
    <span key={id}>
      {index > 0 && ", "}
      <Link href={pathOf(id)} prefetch={false} className="text-link">
        {title}
      </Link>
    </span>
  ));
