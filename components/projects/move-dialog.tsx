"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { beginsAs } from "@/components/ui/begins-as";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CloseIcon, PlusIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { TextField } from "@/components/ui/text-field";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { listProjectsAction } from "@/lib/projects/actions";
import type { ProjectSummary } from "@/lib/projects/schema";
import { ProjectDialog } from "./project-dialog";
import { ProjectMark } from "./project-mark";
import { useMove } from "./use-move";

/** More are searched. */
const SEEN_AT_ONCE = 8;

type MoveDialogProps = {
  conversations: readonly ConversationSummary[];
  /** Before they leave the list, with what had the focus. */
  onLeave: () => void;
  onClose: () => void;
};

/** Where conversations go: into a project, a new one, or out of any. A choice moves them at once. */
export function MoveDialog({ conversations, onLeave, onClose }: MoveDialogProps) {
  const t = useTranslations("projects.moving");
  const ui = useTranslations("ui");
  const errors = useTranslations("errors");
  const move = useMove();
  const { projects, failure } = useProjects();
  const [isMaking, setMaking] = useState(false);
  const [typed, setTyped] = useState("");
  const shown = projects?.filter(({ title }) => beginsAs(title, typed.trim()));
  const isIn = (id: string) => conversations.every(({ projectId }) => projectId === id);

  const go = (project: { id: string; title: string } | null) => {
    onClose();
    // Once the focus is back where it was.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        onLeave();
        void move(conversations, project);
      }),
    );
  };

  return (
    <Dialog isOpen title={t("heading", { count: conversations.length })} onClose={onClose}>
      {conversations.length === 1 && (
        <p className="mb-4 text-muted wrap-anywhere">{ui("quoted", { text: conversations[0]?.title ?? "" })}</p>
      )}
      {failure && (
        <p role="alert" className="text-sm text-danger">
          {errors(failure)}
        </p>
      )}
      {!shown && !failure && <Spinner className="size-6" />}
      {projects && projects.length > SEEN_AT_ONCE && (
        <TextField
          label={t("search")}
          type="search"
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          autoFocus
        />
      )}
      {shown && (
        <>
          <p role="status" className={shown.length === 0 && typed !== "" ? "mt-3 text-muted" : "sr-only"}>
            {typed !== "" && t("found", { count: shown.length })}
          </p>
          <ul aria-label={t("list")} className="-mx-2 mt-2 max-h-[40vh] overflow-y-auto p-1">
            {shown.map(({ id, title, colour }) => (
              <li key={id}>
                <Button
                  variant="quiet"
                  className="w-full justify-start! text-left!"
                  disabled={isIn(id)}
                  onClick={() => go({ id, title })}
                >
                  <ProjectMark colour={colour} />
                  <span className="min-w-0 wrap-anywhere">{title}</span>
                  {isIn(id) && <span className="ml-auto text-sm text-muted">{t("current")}</span>}
                </Button>
              </li>
            ))}
          </ul>
          <div className="-mx-2 mt-2 flex flex-col border-t border-line px-1 pt-2">
            {conversations.some(({ projectId }) => projectId !== null) && (
              <Button variant="quiet" className="justify-start!" onClick={() => go(null)}>
                <CloseIcon />
                {t("none")}
              </Button>
            )}
            <Button variant="quiet" className="justify-start!" onClick={() => setMaking(true)}>
              <PlusIcon />
              {t("new")}
            </Button>
          </div>
        </>
      )}
      {isMaking && <ProjectDialog project={null} onSaved={go} onClose={() => setMaking(false)} />}
    </Dialog>
  );
}

/** Those of the agent, as they are now; null until they are known. */
function useProjects() {
  const [projects, setProjects] = useState<readonly ProjectSummary[] | null>(null);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  useEffect(() => {
    let isHere = true;
    void (async () => {
      const result = await listProjectsAction().catch(unanswered);
      if (!isHere) return;
      if (result.ok) setProjects(result.data);
      else setFailure(result.code);
    })();
    return () => {
      isHere = false;
    };
  }, []);
  return { projects, failure };
}
