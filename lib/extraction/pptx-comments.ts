import type { CharacterCount } from "./document-blocks.ts";
import { commentAside } from "./marks.ts";
import { parseXml } from "./xml.ts";

/** Names of those who commented, by identifier, of either kind of list of authors. */
export async function readCommentAuthors(chunks: AsyncIterable<Uint8Array>): Promise<Map<string, string>> {
  const authors = new Map<string, string>();
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "p:cmAuthor" || name === "p188:author") authors.set(attributes.id ?? "", attributes.name ?? "");
    },
    close() {},
    text() {},
  });
  return authors;
}

/** Comments of a slide, and the answers to them, in order. */
export async function readSlideComments(
  chunks: AsyncIterable<Uint8Array>,
  authors: ReadonlyMap<string, string>,
  count: CharacterCount,
): Promise<string[]> {
  const comments: { author: string | null; text: string }[] = [];
  let isCaptured = false;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "p:cm" || name === "p188:cm" || name === "p188:reply") {
        comments.push({ author: authors.get(attributes.authorId ?? "") ?? null, text: "" });
      } else if (name === "p:text" || name === "a:t") isCaptured = true;
    },
    close(name) {
      const comment = comments.at(-1);
      if (name === "p:text" || name === "a:t") isCaptured = false;
      else if (name === "a:p" && comment) comment.text += " ";
    },
    text(text) {
      const comment = comments.at(-1);
      if (!isCaptured || !comment) return;
      count(text);
      comment.text += text;
    },
  });
  return comments.map(({ author, text }) => commentAside(author, text)).filter(Boolean);
}
