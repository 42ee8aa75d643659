import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";

/** Gives what moves conversations into a project, or out of any; loaded when it is called. */
export function useMove() {
  const t = useTranslations("projects.moving");
  const errors = useTranslations("errors");
  const { refresh } = useRouter();
  return useCallback(
    async (conversations: readonly ConversationSummary[], project: { id: string; title: string } | null) => {
      const { moveTo } = await import("./move-to");
      const sentences = {
        already: () => t("already"),
        done: (count: number, title: string) =>
          project ? t("moved", { count, title, project: project.title }) : t("takenOut", { count, title }),
        undo: t("undo"),
        refused: (code: ErrorCode) => errors(code),
      };
      await moveTo(conversations, project?.id ?? null, sentences, refresh);
    },
    [t, errors, refresh],
  );
}
