import { expect, it } from "vitest";
import { findShortcut, type Place } from "./shortcut-keys";

type Modifier = "ctrlKey" | "metaKey" | "altKey" | "shiftKey";
const press = (key: string, ...modifiers: Modifier[]) => {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, ...none, ...Object.fromEntries(modifiers.map((name) => [name, true])) };
};
const EVERYWHERE: Place[] = ["emptyComposer", "composer", "otherField", "elsewhere"];
const placesOf = (...keys: Parameters<typeof press>) =>
  EVERYWHERE.filter((place) => findShortcut(press(...keys), place) !== null);

it("a new conversation is Ctrl or Cmd + Maj + O, wherever the focus is", () => {
  for (const key of ["o", "O"]) {
    for (const command of ["ctrlKey", "metaKey"] as const) {
      expect(placesOf(key, command, "shiftKey")).toEqual(EVERYWHERE);
      expect(findShortcut(press(key, command, "shiftKey"), "composer")).toBe("newConversation");
    }
  }
  expect(placesOf("o", "ctrlKey")).toEqual([]);
  expect(placesOf("O", "shiftKey")).toEqual([]);
  expect(placesOf("o", "ctrlKey", "altKey", "shiftKey")).toEqual([]);
});

it("the search is Ctrl or Cmd + K, wherever the focus is", () => {
  for (const command of ["ctrlKey", "metaKey"] as const) {
    expect(placesOf("k", command)).toEqual(EVERYWHERE);
    expect(findShortcut(press("K", command), "composer")).toBe("search");
  }
  expect(placesOf("k")).toEqual([]);
  expect(placesOf("k", "ctrlKey", "shiftKey")).toEqual([]);
  expect(placesOf("k", "ctrlKey", "altKey")).toEqual([]);
  expect(placesOf("k", "ctrlKey", "metaKey")).toEqual([]);
});

it("the list is « ? », never while typing", () => {
  expect(findShortcut(press("?", "shiftKey"), "elsewhere")).toBe("list");
  expect(placesOf("?", "shiftKey")).toEqual(["elsewhere"]);
  expect(placesOf("?")).toEqual(["elsewhere"]);
  expect(placesOf("?", "ctrlKey")).toEqual([]);
});

it("Échap stops the answer, but belongs to the other fields", () => {
  expect(findShortcut(press("Escape"), "composer")).toBe("stop");
  expect(placesOf("Escape")).toEqual(["emptyComposer", "composer", "elsewhere"]);
  expect(placesOf("Escape", "shiftKey")).toEqual([]);
});

it("↑ edits the last question only from an empty composer", () => {
  expect(findShortcut(press("ArrowUp"), "emptyComposer")).toBe("editLast");
  expect(placesOf("ArrowUp")).toEqual(["emptyComposer"]);
  expect(placesOf("ArrowUp", "shiftKey")).toEqual([]);
});

it("no other single character is a shortcut", () => {
  for (const key of "abcdefghijklmnopqrstuvwxyz0123456789/!.,;: ") expect(placesOf(key)).toEqual([]);
});
