import Link from "next/link";
import { useTranslations } from "next-intl";
import { ChevronRightIcon } from "@/components/ui/icons";
import { projectDocumentsPath } from "@/lib/projects/rules";

/** Where the documents of a project are added and taken out, and how many it has. */
export function ProjectDocumentsLink({ id, count }: { id: string; count: number }) {
  const t = useTranslations("projects.documents");
  return (
    <Link
      href={projectDocumentsPath(id)}
      prefetch={false}
      className="flex min-h-target items-center gap-3 rounded-card border border-line px-4 py-2 hover:bg-surface-hover"
    >
      <span className="font-semibold">{t("title")}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-muted">{t("count", { count })}</span>
      <ChevronRightIcon className="size-4 text-muted" />
    </Link>
  );
}
