import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CopyIcon, NewConversationIcon, PencilIcon, TrashIcon } from "@/components/ui/icons";
import { fillIn } from "@/lib/saved-prompts/rules";
import type { SavedPrompt } from "@/lib/saved-prompts/schema";

type PromptRowProps = {
  prompt: SavedPrompt;
  onUse: () => void;
  /** Of the agent's own. */
  onEdit?: () => void;
  onDelete?: () => void;
  /** Of those that are proposed. */
  onCopy?: () => void;
};

export function PromptRow({ prompt: { title, text }, onUse, onEdit, onDelete, onCopy }: PromptRowProps) {
  const t = useTranslations("prompts");
  return (
    <li className="py-4">
      <h3 className="font-semibold wrap-anywhere">{title}</h3>
      <p className="mt-1 line-clamp-2 text-sm text-muted wrap-anywhere">{fillIn(text, {})}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button size="small" aria-label={t("useNamed", { title })} onClick={onUse}>
          <NewConversationIcon className="size-4" />
          {t("use")}
        </Button>
        {onCopy && (
          <Button size="small" variant="quiet" aria-label={t("copyNamed", { title })} onClick={onCopy}>
            <CopyIcon className="size-4" />
            {t("copy")}
          </Button>
        )}
        {onEdit && (
          <Button size="small" variant="quiet" aria-label={t("editNamed", { title })} onClick={onEdit}>
            <PencilIcon className="size-4" />
            {t("edit")}
          </Button>
        )}
        {onDelete && (
          <Button size="small" variant="quiet" aria-label={t("deleteNamed", { title })} onClick={onDelete}>
            <TrashIcon className="size-4" />
            {t("delete")}
          </Button>
        )}
      </div>
    </li>
  );
}
