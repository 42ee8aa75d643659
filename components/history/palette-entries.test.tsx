import { expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { HistoryHit } from "@/lib/history/schema";
import messages from "@/messages/fr.json";
import { paletteGroups } from "./palette-entries";

const at = new Date("2026-03-31");
const recent: ConversationSummary[] = [
  {
    id: "une",
    title: "Une conversation",
    usedAt: at,
    isRunning: false,
    hasUnseenAnswer: false,
    isPinned: false,
    projectId: null,
  },
];
const projects = [{ id: "loi", title: "Projet de loi", colour: "teal" as const }];
const hit: HistoryHit = {
  conversationId: "une",
  messageId: "message",
  title: "Une conversation",
  project: null,
  kind: "question",
  name: null,
  at,
  snippet: [],
};
const groupsFor = (typed: string, found: { query: string; hits: HistoryHit[] } | null = null) =>
  paletteGroups({ typed, found, recent, projects, nameOf: (command) => messages.palette.commands[command] }).map(
    ({ name, entries }) => [name, ...entries.map(({ href }) => href)],
  );

it("offers the conversations used last and every command while nothing is typed", () => {
  expect(groupsFor(" ")).toEqual([
    ["recent", "/conversations/une"],
    ["commands", "/", "/?temporaire=1", "/documents", "/parametres", "/aide"],
  ]);
});

it("offers what was found first, then the whole search, then the commands that the letters name", () => {
  expect(groupsFor("parametr", { query: "parametr", hits: [hit] })).toEqual([
    ["found", "/conversations/une/messages/message?q=parametr"],
    ["commands", "/recherche?q=parametr", "/parametres"],
  ]);
});

it("offers the projects whose title has a word that begins so", () => {
  expect(groupsFor("LOI")).toContainEqual(["projects", "/projets/loi"]);
  for (const typed of ["", "oi", "budget"]) expect(groupsFor(typed).flat()).not.toContain("projects");
});

it("keeps what was found before, for what it was found for, until the next answer", () => {
  expect(groupsFor("budgets", { query: "budget", hits: [hit] })).toEqual([
    ["found", "/conversations/une/messages/message?q=budget"],
    ["commands", "/recherche?q=budgets"],
  ]);
  expect(groupsFor("", { query: "budget", hits: [hit] })[0]?.[0]).toBe("recent");
});

it.each(["'", "😀", "a&b=c#d", '"'])("asks the whole search for %j as it is", (query) => {
  const [[, address = ""] = []] = groupsFor(query);
  expect(new URL(address, "https://exemple.fr").searchParams.get("q")).toBe(query);
});
