import type { ExtraProps } from "react-markdown";
import { CHECKED } from "./text-with-markers";

type Element = NonNullable<ExtraProps["node"]>;
type Tree = { children: Element["children"] };

const CHECKED_MARKER = new RegExp(`\\[(\\d{1,4})\\]${CHECKED}`, "g");
/** As it is in an address too. */
const CHECKED_ANYWHERE = new RegExp(`${CHECKED}|%EF%B7%90`, "gi");
/** Where a marker is plain text: code is what it is, and a link holds no button. */
const PLAIN = ["code", "pre", "a"];

/** Makes of each marker a button that holds `[n]`; elsewhere the sign goes away. Before the maths are drawn. */
export function rehypeMarkers() {
  const visit = (parent: Tree, isPlain: boolean): void => {
    parent.children = parent.children.flatMap((child): Element["children"] => {
      if (child.type === "text") {
        if (!child.value.includes(CHECKED)) return [child];
        return isPlain ? [{ type: "text", value: child.value.replaceAll(CHECKED, "") }] : withButtons(child.value);
      }
      if (child.type !== "element") return [child];
      for (const [name, value] of Object.entries(child.properties))
        if (typeof value === "string") child.properties[name] = value.replace(CHECKED_ANYWHERE, "");
      visit(child, isPlain || PLAIN.includes(child.tagName));
      return [child];
    });
  };
  return (tree: Tree) => visit(tree, false);
}

function withButtons(text: string): Element["children"] {
  const children: Element["children"] = [];
  const addText = (value: string) => value !== "" && children.push({ type: "text", value });
  let from = 0;
  for (const { 0: marker, 1: number = "", index } of text.matchAll(CHECKED_MARKER)) {
    addText(text.slice(from, index).replaceAll(CHECKED, ""));
    children.push({
      type: "element",
      tagName: "button",
      properties: { value: number },
      children: [{ type: "text", value: `[${number}]` }],
    });
    from = index + marker.length;
  }
  addText(text.slice(from).replaceAll(CHECKED, ""));
  return children;
}
