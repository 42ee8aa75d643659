"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { StatusDot } from "@/components/conversations/status-dot";
import { pathOf } from "@/components/conversations/use-conversations";
import { classNames } from "@/components/ui/class-names";
import { ChevronDownIcon } from "@/components/ui/icons";
import { PROJECTS_PATH, projectPath } from "@/lib/projects/rules";
import type { ProjectSummary } from "@/lib/projects/schema";
import { dropClass } from "./drop-class";
import { NewProject } from "./new-project";
import { ProjectMark } from "./project-mark";
import { useFolded } from "./use-folded";

const SHOWN_MAX = 6;

/** Above the conversations: the first projects, the open one among them, each of which a conversation can be dropped on. */
export function ProjectLinks({ projects }: { projects: readonly ProjectSummary[] }) {
  const t = useTranslations("projects");
  const pathname = usePathname();
  const id = useId();
  const [isFolded, setFolded] = useFolded();
  const shown = projects.filter((project, at) => at < SHOWN_MAX || pathname === projectPath(project.id));
  return (
    <section aria-labelledby={id} className="mb-3">
      <div className="flex items-center gap-1">
        <h2 id={id} className="min-w-0 flex-1 text-xs font-semibold text-muted">
          {projects.length === 0 ? (
            <span className="block px-3 py-1.5">{t("title")}</span>
          ) : (
            <button
              type="button"
              aria-expanded={!isFolded}
              onClick={() => setFolded(!isFolded)}
              className="flex min-h-target-small w-full items-center gap-1 rounded-control px-3 -outline-offset-2 hover:text-default"
            >
              {t("title")}
              <ChevronDownIcon className={classNames("size-4 transition-transform", isFolded && "-rotate-90")} />
            </button>
          )}
        </h2>
        <NewProject isSmall />
      </div>
      {!isFolded && (
        <ul>
          {shown.map(({ id: projectId, title, colour, isRunning, unseenIds }) => {
            const isCurrent = pathname === projectPath(projectId);
            const isUnseen = unseenIds.some((conversationId) => pathname !== pathOf(conversationId));
            return (
              <li
                key={projectId}
                data-drop-project={projectId}
                data-drop-title={title}
                className={classNames(dropClass, isCurrent ? "bg-action-soft" : "hover:bg-surface-hover")}
              >
                <Link
                  href={projectPath(projectId)}
                  prefetch={false}
                  draggable={false}
                  aria-current={isCurrent ? "page" : undefined}
                  title={title}
                  className={classNames(
                    "flex min-h-10 items-center gap-2.5 rounded-control px-3 py-1.5 text-sm -outline-offset-2",
                    isCurrent && "font-medium",
                  )}
                >
                  <ProjectMark colour={colour} />
                  <span className={classNames("truncate", isUnseen && "font-semibold")}>{title}</span>
                  <StatusDot isRunning={isRunning} isUnseen={isUnseen} />
                </Link>
              </li>
            );
          })}
          {projects.length > SHOWN_MAX && (
            <li>
              <Link
                href={PROJECTS_PATH}
                prefetch={false}
                aria-current={pathname === PROJECTS_PATH ? "page" : undefined}
                className="flex min-h-target-small items-center rounded-control px-3 text-sm text-muted -outline-offset-2 hover:bg-surface-hover hover:text-default"
              >
                {t("all", { count: projects.length })}
              </Link>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
