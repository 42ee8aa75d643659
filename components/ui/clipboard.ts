export type Copy = {
  text: string;
  /** What word processors take, beside the plain text. */
  html?: string;
};

/** Throws when the browser or the workstation forbids it. Called from a click: browsers refuse otherwise. */
export async function copy({ text, html }: Copy): Promise<void> {
  if (html === undefined && navigator.clipboard) return navigator.clipboard.writeText(text);
  if (html !== undefined && typeof ClipboardItem !== "undefined") {
    const item = new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" }),
    });
    return navigator.clipboard.write([item]);
  }
  copyOnCommand({ text, html });
}

/** For browsers without the clipboard's own interface, such as Firefox before 127. */
function copyOnCommand({ text, html }: { text: string; html: string | undefined }): void {
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    if (html !== undefined) event.clipboardData?.setData("text/html", html);
  };
  document.addEventListener("copy", fill, { once: true });
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  if (!isDone) throw new Error("the browser refused to copy");
}
