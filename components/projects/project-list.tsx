import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { FolderIcon } from "@/components/ui/icons";
import { projectPath } from "@/lib/projects/rules";
import type { CountedProject } from "@/lib/projects/schema";
import { ProjectMark } from "./project-mark";

/** All the projects of the agent, and how much is in each. */
export function ProjectList({ projects }: { projects: readonly CountedProject[] }) {
  const t = useTranslations("projects");
  if (projects.length === 0)
    return (
      <EmptyState icon={<FolderIcon className="size-8" />} title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  return (
    <ul className="mt-6 divide-y divide-line border-y border-line">
      {projects.map(({ id, title, colour, conversationsTotal, documentsTotal }) => (
        <li key={id} className="group relative flex items-start gap-3 px-1 py-3 hover:bg-surface-hover">
          <ProjectMark colour={colour} className="mt-0.5 size-6" />
          <div className="min-w-0">
            <Link
              href={projectPath(id)}
              prefetch={false}
              className="font-semibold wrap-anywhere group-hover:underline after:absolute after:inset-0 after:rounded-control focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
            >
              {title}
            </Link>
            <p className="text-sm text-muted">
              {t("conversationCount", { count: conversationsTotal })}
              {documentsTotal > 0 && <> · {t("documentCount", { count: documentsTotal })}</>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
