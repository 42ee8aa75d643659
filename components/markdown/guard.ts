import type { ExtraProps } from "react-markdown";
import { findSafeUrl } from "@/lib/markdown/safe-url";

type Element = NonNullable<ExtraProps["node"]>;
type Tree = { children: Element["children"] };

/**
 * No image is ever loaded: it becomes its alternative text and, out of a link, a link that shows where it is. Links that
 * are neither web nor mail lose their address, and the notes of one message do not answer to those of another.
 */
export function rehypeGuard({ prefix }: { prefix: string }) {
  const footnotesLabel = `${prefix}notes`;

  const guard = (parent: Tree, isInLink: boolean): void => {
    parent.children = parent.children.flatMap((child): Element["children"] => {
      if (child.type !== "element") return [child];
      if (child.tagName === "img") return imageAsText(child, isInLink);
      const { properties } = child;
      if (child.tagName === "a" && !isOwnNote(properties.href, prefix) && !findSafeUrl(properties.href))
        delete properties.href;
      if (properties.id === "footnote-label") properties.id = footnotesLabel;
      if ("ariaDescribedBy" in properties) properties.ariaDescribedBy = [footnotesLabel];
      guard(child, isInLink || child.tagName === "a");
      return [child];
    });
  };
  return (tree: Tree) => guard(tree, false);
}

const isOwnNote = (href: unknown, prefix: string): boolean => typeof href === "string" && href.startsWith(`#${prefix}`);

function imageAsText({ properties }: Element, isInLink: boolean): Element["children"] {
  const alt = typeof properties.alt === "string" ? properties.alt.trim() : "";
  const text = { type: "text" as const, value: alt };
  const url = findSafeUrl(properties.src);
  if (isInLink || !url || url.protocol === "mailto:") return [text];
  const link: Element = {
    type: "element",
    tagName: "a",
    properties: { href: url.href },
    children: alt ? [text] : [{ type: "text", value: url.host }],
  };
  return [link];
}
