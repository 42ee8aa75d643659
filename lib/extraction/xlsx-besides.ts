import { cleanLine } from "./clean-text.ts";
import { blocksMarkdown, type CharacterCount } from "./document-blocks.ts";
import { createDrawingText } from "./drawing-text.ts";
import { aside } from "./marks.ts";
import { parseXml } from "./xml.ts";

type Comment = { author: string; address: string; text: string };

/** Comments of a sheet; Excel also writes threaded ones here, for its older versions: those are left out. */
export async function readSheetComments(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<string[]> {
  const authors: string[] = [];
  const comments: Comment[] = [];
  let captured: "author" | "text" | null = null;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "x:author") {
        authors.push("");
        captured = "author";
      } else if (name === "x:comment") {
        const author = authors[Number(attributes.authorId)] ?? "";
        comments.push({ author, address: attributes.ref ?? "", text: "" });
      } else if (name === "x:t") captured = "text";
    },
    close(name) {
      if (name === "x:author" || name === "x:t") captured = null;
    },
    text(text) {
      const comment = comments.at(-1);
      count(text);
      if (captured === "author") authors.push((authors.pop() ?? "") + text);
      else if (captured === "text" && comment) comment.text += text;
    },
  });
  return comments.filter(({ author }) => !author.startsWith("tc=")).map(commentText);
}

/** Conversations about cells; `people` are the names by identifier. */
export async function readThreadedComments(
  chunks: AsyncIterable<Uint8Array>,
  people: ReadonlyMap<string, string>,
  count: CharacterCount,
): Promise<string[]> {
  const comments: Comment[] = [];
  let isCaptured = false;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "tc:text") isCaptured = true;
      else if (name === "tc:threadedComment") {
        comments.push({ author: people.get(attributes.personId ?? "") ?? "", address: attributes.ref ?? "", text: "" });
      }
    },
    close(name) {
      if (name === "tc:text") isCaptured = false;
    },
    text(text) {
      const comment = comments.at(-1);
      if (!isCaptured || !comment) return;
      count(text);
      comment.text += text;
    },
  });
  return comments.map(commentText);
}

export async function readPeople(chunks: AsyncIterable<Uint8Array>): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "tc:person") people.set(attributes.id ?? "", attributes.displayName ?? "");
    },
    close() {},
    text() {},
  });
  return people;
}

/** The text of the boxes drawn over a sheet. */
export async function readSheetBoxes(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<string[]> {
  const text = createDrawingText(count, () => null);
  const boxes: string[] = [];
  await parseXml(chunks, {
    open: text.open,
    text: text.text,
    close(name) {
      text.close(name);
      if (name === "xdr:sp") boxes.push(blocksMarkdown(text.take(false)));
    },
  });
  return boxes.filter(Boolean);
}

function commentText({ author, address, text }: Comment): string {
  const name = cleanLine(author);
  const written = cleanLine(text);
  // Excel begins a comment with the name of its author.
  const said = name !== "" && written.startsWith(`${name}:`) ? written.slice(name.length + 1) : written;
  return aside(["commentaire", name && `de ${name}`, address && `en ${address}`].filter(Boolean).join(" "), said);
}
