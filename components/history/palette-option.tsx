import { useTranslations } from "next-intl";
import { ProjectMark } from "@/components/projects/project-mark";
import {
  ConversationIcon,
  DocumentIcon,
  HelpIcon,
  NewConversationIcon,
  SearchIcon,
  SettingsIcon,
  TemporaryIcon,
  WebIcon,
} from "@/components/ui/icons";
import { optionClass } from "@/components/ui/option-class";
import { HitFacts } from "./hit-facts";
import type { PaletteEntry } from "./palette-entries";
import { Snippet } from "./snippet";

const COMMAND_ICONS = {
  newConversation: NewConversationIcon,
  newTemporary: TemporaryIcon,
  documents: DocumentIcon,
  settings: SettingsIcon,
  help: HelpIcon,
} as const;

type PaletteOptionProps = {
  id: string;
  entry: PaletteEntry;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

/** One line of the palette. The keyboard goes through them from the field, which keeps the focus. */
export function PaletteOption({ id, entry, isActive, onPoint, onChoose }: PaletteOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and answers the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onMouseMove={onPoint}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={optionClass(isActive, "items-center gap-3")}
    >
      <Icon entry={entry} />
      <Words entry={entry} />
    </div>
  );
}

function Icon({ entry }: { entry: PaletteEntry }) {
  if (entry.kind === "project") return <ProjectMark colour={entry.project.colour} />;
  const Drawn =
    entry.kind === "command"
      ? COMMAND_ICONS[entry.command]
      : entry.kind === "all"
        ? SearchIcon
        : entry.kind === "hit" && entry.hit.kind === "document"
          ? DocumentIcon
          : entry.kind === "hit" && entry.hit.kind === "source"
            ? WebIcon
            : ConversationIcon;
  return <Drawn className="text-muted" />;
}

function Words({ entry }: { entry: PaletteEntry }) {
  const t = useTranslations("palette");
  if (entry.kind === "command") return <span>{t(`commands.${entry.command}`)}</span>;
  if (entry.kind === "all")
    return (
      <span className="min-w-0 truncate">
        {t("all")} <span className="font-medium">{entry.query}</span>
      </span>
    );
  if (entry.kind === "project") return <span className="min-w-0 truncate">{entry.project.title}</span>;
  if (entry.kind === "recent") return <span className="min-w-0 truncate">{entry.title}</span>;
  const { hit } = entry;
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate font-medium">
        {hit.kind === "title" ? <Snippet pieces={hit.snippet} /> : hit.title}
      </span>
      {hit.kind !== "title" && (
        <span className="line-clamp-2 text-sm wrap-anywhere">
          <Snippet pieces={hit.snippet} />
        </span>
      )}
      <span className="block truncate text-xs text-muted">
        <HitFacts hit={hit} />
      </span>
    </span>
  );
}
