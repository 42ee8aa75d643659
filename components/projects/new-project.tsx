"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { PlusIcon } from "@/components/ui/icons";
import { projectPath } from "@/lib/projects/rules";

const ProjectDialog = lazy(async () => ({ default: (await import("./project-dialog")).ProjectDialog }));

/** Makes a project, and opens it. `isSmall`: an icon alone. */
export function NewProject({ isSmall = false }: { isSmall?: boolean }) {
  const t = useTranslations("projects");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  return (
    <>
      {isSmall ? (
        <IconButton label={t("new")} size="small" aria-haspopup="dialog" onClick={open}>
          <PlusIcon className="size-4" />
        </IconButton>
      ) : (
        <Button variant="primary" aria-haspopup="dialog" onClick={open}>
          <PlusIcon />
          {t("new")}
        </Button>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <ProjectDialog
            project={null}
            onSaved={({ id }) => router.push(projectPath(id))}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
