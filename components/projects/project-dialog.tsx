"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { TextField } from "@/components/ui/text-field";
import { unanswered } from "@/lib/errors/unanswered";
import { changeProjectAction, createProjectAction } from "@/lib/projects/actions";
import { PROJECT_COLOURS, PROJECT_TITLE_CHARACTERS_MAX, type ProjectName } from "@/lib/projects/rules";
import { ProjectMark } from "./project-mark";

type ProjectDialogProps = {
  /** The one that is changed; null for a new one. */
  project: ProjectName | null;
  onSaved: (project: ProjectName) => void;
  onClose: () => void;
};

/** The title and the colour of a project. */
export function ProjectDialog({ project, onSaved, onClose }: ProjectDialogProps) {
  const t = useTranslations("projects.editor");
  const errors = useTranslations("errors");
  const [title, setTitle] = useState(project?.title ?? "");
  const [colour, setColour] = useState(project?.colour ?? "blue");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  const save = (event: FormEvent) => {
    event.preventDefault();
    const written = { title: title.trim(), colour };
    if (!written.title) return setError(t("missing"));
    startTransition(async () => {
      const result = await (project ? change({ id: project.id, ...written }) : createProjectAction(written)).catch(
        unanswered,
      );
      if (!result.ok) return setError(errors(result.code, "details" in result ? result.details : undefined));
      onClose();
      onSaved({ id: result.data.id, ...written });
    });
  };

  return (
    <Dialog isOpen title={t(project ? "change" : "create")} onClose={onClose}>
      <form onSubmit={save} noValidate className="flex flex-col gap-5">
        {!project && <p className="text-muted">{t("about")}</p>}
        <TextField
          label={t("title")}
          value={title}
          error={error}
          maxLength={PROJECT_TITLE_CHARACTERS_MAX}
          autoComplete="off"
          onChange={(event) => setTitle(event.target.value)}
          autoFocus
        />
        <ChoiceGroup
          legend={t("colour")}
          choices={PROJECT_COLOURS.map((value) => ({
            value,
            label: t(`colours.${value}`),
            icon: <ProjectMark colour={value} />,
          }))}
          value={colour}
          onChange={setColour}
        />
        <DialogActions go={t(project ? "save" : "go")} isPending={isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}

async function change(project: ProjectName) {
  const result = await changeProjectAction(project);
  return result.ok ? { ...result, data: { id: project.id } } : result;
}
