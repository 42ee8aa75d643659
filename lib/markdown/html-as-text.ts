type Node = { type: string; value?: string; children?: Node[] };
type Processor = { data(): object };

const LINE_BREAK = /^<br\s*\/?>$/i;

/**
 * HTML in an answer is text: `<nom du service>` is a blank to fill in, not a tag to lose, and the Markdown between two tags is
 * still Markdown. Only `<br>`, the one way to break a line in a table's cell, does what it says.
 */
export function remarkHtmlAsText(this: Processor) {
  const data: { micromarkExtensions?: unknown[] } = this.data();
  data.micromarkExtensions ??= [];
  data.micromarkExtensions.push({ disable: { null: ["htmlFlow"] } });

  const visit = (node: Node): void => {
    if (node.type === "html") node.type = LINE_BREAK.test(node.value ?? "") ? "break" : "text";
    for (const child of node.children ?? []) visit(child);
  };
  return visit;
}
