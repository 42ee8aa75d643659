"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { InstructionsIcon, MoreIcon, PencilIcon, TrashIcon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { deleteProjectAction } from "@/lib/projects/actions";
import { PROJECTS_PATH } from "@/lib/projects/rules";
import type { CountedProject } from "@/lib/projects/schema";
import type { Fate } from "./delete-project-dialog";
import { openInstructions } from "./project-instructions";
import { ProjectMark } from "./project-mark";

const ProjectDialog = lazy(async () => ({ default: (await import("./project-dialog")).ProjectDialog }));
const DeleteProjectDialog = lazy(async () => ({
  default: (await import("./delete-project-dialog")).DeleteProjectDialog,
}));

type ProjectHeaderProps = { project: CountedProject; trashDays: number };

/** The title of a project, and what can be done of it. */
export function ProjectHeader({ project, trashDays }: ProjectHeaderProps) {
  const t = useTranslations("projects");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [open, setOpen] = useState<"change" | "delete" | null>(null);
  const close = () => setOpen(null);
  const { id, title, colour } = project;

  const remove = async (conversations: Fate) => {
    close();
    // Before it is gone, so that its page is not shown as missing.
    router.push(PROJECTS_PATH);
    const result = await deleteProjectAction({ id, conversations }).catch(unanswered);
    if (!result.ok) return void showToast({ tone: "danger", text: errors(result.code) });
    const count = project.conversationsTotal;
    showToast({ tone: "success", text: t(`deletion.done.${count > 0 ? conversations : "none"}`, { title, count }) });
  };

  return (
    <>
      <p className="text-sm">
        <Link href={PROJECTS_PATH} prefetch={false} className="text-link inline-block py-1">
          {t("title")}
        </Link>
      </p>
      <div className="flex items-start gap-3">
        <ProjectMark colour={colour} className="mt-1 size-6" />
        <h1 className="min-w-0 flex-1 text-2xl font-semibold wrap-anywhere">{title}</h1>
        <Menu
          label={t("actions", { title })}
          className="inline-flex size-target-small shrink-0 items-center justify-center rounded-control text-muted hover:bg-surface-hover hover:text-default"
          entries={[
            { id: "change", label: t("change"), icon: <PencilIcon />, onSelect: () => setOpen("change") },
            {
              id: "instructions",
              label: t("instructions.title"),
              icon: <InstructionsIcon />,
              onSelect: openInstructions,
            },
            {
              id: "delete",
              label: t("delete"),
              icon: <TrashIcon />,
              tone: "danger",
              onSelect: () => setOpen("delete"),
            },
          ]}
        >
          <MoreIcon />
        </Menu>
      </div>
      <Suspense fallback={null}>
        {open === "change" && <ProjectDialog project={project} onSaved={() => {}} onClose={close} />}
        {open === "delete" && (
          <DeleteProjectDialog
            project={project}
            trashDays={trashDays}
            onGo={(fate) => void remove(fate)}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
