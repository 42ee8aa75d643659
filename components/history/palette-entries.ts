import { beginsAs } from "@/components/ui/begins-as";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { HistoryHit } from "@/lib/history/schema";
import { type ProjectName, projectPath } from "@/lib/projects/rules";
import { TEMPORARY_HOME } from "@/lib/temporary/rules";
import { historyAddress, hitAddress } from "./history-address";
import { keyOf } from "./hit-facts";

const COMMANDS = {
  newConversation: "/",
  newTemporary: TEMPORARY_HOME,
  documents: "/documents",
  settings: "/parametres",
  help: "/aide",
} as const;
type Command = keyof typeof COMMANDS;

const PROJECTS_SHOWN_MAX = 4;

/** What the palette leads to. */
export type PaletteEntry = { key: string; href: string } & (
  | { kind: "hit"; hit: HistoryHit }
  | { kind: "recent"; title: string }
  | { kind: "project"; project: ProjectName }
  | { kind: "all"; query: string }
  | { kind: "command"; command: Command }
);
export type PaletteGroup = { name: "found" | "projects" | "recent" | "commands"; entries: PaletteEntry[] };

type Shown = {
  typed: string;
  found: { query: string; hits: readonly HistoryHit[] } | null;
  recent: readonly ConversationSummary[];
  projects: readonly ProjectName[];
  nameOf: (command: Command) => string;
};

/** In the order they are gone through. The whole search is offered for whatever is typed, and the commands that its letters name. */
export function paletteGroups({ typed, found, recent, projects, nameOf }: Shown): PaletteGroup[] {
  const query = typed.trim();
  const commands = (Object.keys(COMMANDS) as Command[])
    .filter((command) => beginsAs(nameOf(command), query))
    .map((command): PaletteEntry => ({ key: command, href: COMMANDS[command], kind: "command", command }));
  const all: PaletteEntry[] = query === "" ? [] : [{ key: "all", href: historyAddress({ query }), kind: "all", query }];
  const hits = (found?.hits ?? []).map(
    (hit): PaletteEntry => ({ key: keyOf(hit), href: hitAddress(hit, found?.query ?? query), kind: "hit", hit }),
  );
  const latest = recent.map(
    ({ id, title }): PaletteEntry => ({ key: id, href: `/conversations/${id}`, kind: "recent", title }),
  );
  const named = projects
    .filter(({ title }) => query !== "" && beginsAs(title, query))
    .slice(0, PROJECTS_SHOWN_MAX)
    .map((project): PaletteEntry => ({ key: project.id, href: projectPath(project.id), kind: "project", project }));
  const groups: PaletteGroup[] = [
    { name: "found", entries: query === "" ? [] : hits },
    { name: "projects", entries: named },
    { name: "recent", entries: query === "" ? latest : [] },
    { name: "commands", entries: [...all, ...commands] },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}
