export type Shortcut = "newConversation" | "search" | "stop" | "editLast" | "list";

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Where the focus is when a key is pressed. */
export type Place = "emptyComposer" | "composer" | "otherField" | "elsewhere";

/** What a key asks for, or null. A single character is one only where nobody types. */
export function findShortcut({ key, ctrlKey, metaKey, altKey, shiftKey }: Press, place: Place): Shortcut | null {
  const isCommand = ctrlKey !== metaKey && !altKey;
  if (isCommand && shiftKey && key.toLowerCase() === "o") return "newConversation";
  if (isCommand && !shiftKey && key.toLowerCase() === "k") return "search";
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "?" && place === "elsewhere") return "list";
  if (shiftKey) return null;
  // A field of its own, such as a question being edited, has its own way out.
  if (key === "Escape" && place !== "otherField") return "stop";
  return key === "ArrowUp" && place === "emptyComposer" ? "editLast" : null;
}
