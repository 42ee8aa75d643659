import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ProjectName, projectPath } from "@/lib/projects/rules";
import { ProjectMark } from "./project-mark";

/** At the head of a conversation: the project it is in. */
export function ProjectHeading({ project: { id, title, colour } }: { project: ProjectName }) {
  const t = useTranslations("projects");
  return (
    <p className="mb-6 print:mb-2">
      <Link
        href={projectPath(id)}
        prefetch={false}
        className="inline-flex min-h-target-small max-w-full items-center gap-2 rounded-control px-2 -ml-2 text-sm text-muted hover:bg-surface-hover hover:text-default"
      >
        <ProjectMark colour={colour} className="size-4" />
        <span className="sr-only">{t("inProject")}</span>
        <span className="truncate">{title}</span>
      </Link>
    </p>
  );
}
