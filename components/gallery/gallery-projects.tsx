"use client";

import { useTranslations } from "next-intl";
import { ProjectHeading } from "@/components/projects/project-heading";
import { ProjectLinks } from "@/components/projects/project-links";
import { ProjectList } from "@/components/projects/project-list";
import { PROJECT_COLOURS } from "@/lib/projects/rules";

export function GalleryProjects() {
  const t = useTranslations("gallery");
  const names = useTranslations("projects.editor.colours");
  const projects = PROJECT_COLOURS.map((colour, at) => ({
    id: colour,
    colour,
    title: at === 1 ? t("titleLong") : names(colour),
    isRunning: at === 2,
    unseenIds: at === 3 ? ["1"] : [],
    conversationsTotal: at,
    documentsTotal: at * 2,
  }));
  const [first] = projects;
  return (
    <div className="flex flex-col gap-4">
      <div className="max-w-72">
        <ProjectLinks projects={projects} />
        <ProjectLinks projects={[]} />
      </div>
      {first && <ProjectHeading project={first} />}
      <ProjectList projects={projects} />
      <ProjectList projects={[]} />
    </div>
  );
}
