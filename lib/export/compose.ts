import type { CitedSource, StoredMessage } from "@/lib/conversations/schema";
import type { AttachedFile } from "@/lib/documents/schema";
import { isCitedPage, plainText, sourcesIn } from "../conversations/rules.ts";
import { findSafeUrl } from "../markdown/safe-url.ts";
import { cleanText } from "./clean-text.ts";
import type { Block, ExportDocument, Inline } from "./document-model";
import { parseMarkdown, plainBlocks } from "./parse-markdown.ts";
import { inDays, inMinutes, placeWords, words } from "./words.ts";

/** A question or an answer, as it is exported. */
export type ExportedMessage = Pick<StoredMessage, "author" | "parts" | "createdAt" | "turn"> & {
  documents?: readonly AttachedFile[] | undefined;
};

/** A document of a branch, or of one of its messages: alone, a message has no heading of its own. */
export function composeDocument(title: string, messages: readonly ExportedMessage[]): ExportDocument {
  const notes: Inline[][] = [];
  const isAlone = messages.length === 1;
  const blocks = messages.flatMap((message) => composeMessage(message, notes, isAlone));
  const labels = messages.flatMap(({ turn }) => (turn ? [cleanLine(turn.modelLabel)] : []));
  return {
    title: cleanLine(title) || words("untitled"),
    models: [...new Set(labels)],
    date: messages.at(-1)?.createdAt ?? new Date(),
    blocks: blocks.length > 0 ? blocks : [note(words("noText"))],
    notes,
  };
}

const cleanLine = (text: string): string => cleanText(text).replace(/\s+/gu, " ").trim();

/** What is said under the title, and at the top of each page. */
export const factsOf = ({ date, models }: ExportDocument): string =>
  models.length > 0 ? words("madeWith", { date: inDays(date), models: models.join(", ") }) : inDays(date);

function composeMessage(message: ExportedMessage, notes: Inline[][], isAlone: boolean): Block[] {
  const { author, parts, turn, createdAt, documents = [] } = message;
  const isQuestion = author === "agent";
  const model = turn ? cleanLine(turn.modelLabel) : "";
  const heading: Block[] = isAlone
    ? []
    : [
        {
          kind: "heading",
          level: 1,
          content: [
            {
              kind: "text",
              text: isQuestion ? words("question") : model ? words("answerOf", { model }) : words("answer"),
            },
          ],
        },
        note(inMinutes(createdAt)),
      ];
  const body = isQuestion ? plainBlocks(plainText(parts)) : composeAnswer(message, notes, isAlone ? 0 : 1);
  return [...heading, ...attachedBlock(documents), ...body, ...endBlock(turn?.status)];
}

function composeAnswer({ parts }: ExportedMessage, notes: Inline[][], levelsDown: number): Block[] {
  const known = new Map<number, number>();
  const sources = new Map(sourcesIn(parts).map((source) => [source.number, source]));
  const addNote = (content: Inline[]) => notes.push(content) - 1;
  return parts.flatMap((part) => {
    if (part.type !== "text") return [];
    const own = new Set(part.sources?.map(({ number }) => number));
    const findNote = (marker: number): number | null => {
      const source = own.has(marker) ? sources.get(marker) : undefined;
      if (!source) return null;
      const number = known.get(marker) ?? addNote(sourceNote(source));
      known.set(marker, number);
      return number;
    };
    return parseMarkdown(part.text, { findNote, addNote, levelsDown });
  });
}

/** What a source is called, where its passage is, and when a page of the web was read. */
function sourceNote(source: CitedSource): Inline[] {
  const text = (value: string): Inline => ({ kind: "text", text: cleanLine(value) });
  if (isCitedPage(source)) {
    const url = findSafeUrl(source.url);
    const said = [source.site, words("readOn", { date: inDays(new Date(source.readAt)) })].filter(Boolean).join(", ");
    const name = cleanLine(source.title || source.url);
    const address: Inline[] = url
      ? [
          { kind: "text", text: ", " },
          { kind: "text", text: url.href, url: url.href },
        ]
      : [];
    return [text(`${name}, ${said}`), ...address];
  }
  const { name, page, kind, label, isRecognised } = source;
  const isNamed = label !== null && label !== "" && label !== String(page) ? "yes" : "no";
  const place = placeWords("place", { kind, page, label: label ?? "", isNamed });
  return [text(`${name}, ${place}${isRecognised ? placeWords("recognised") : ""}`)];
}

function attachedBlock(documents: readonly AttachedFile[]): Block[] {
  if (documents.length === 0) return [];
  const names = documents.map(({ name, isDeleted }) => cleanLine(isDeleted ? words("deleted", { name }) : name));
  return [note(words("attached", { count: names.length, names: names.join(", ") }))];
}

function endBlock(status: string | undefined): Block[] {
  if (status === "stopped" || status === "interrupted") return [note(words("stopped"))];
  return status === "failed" ? [note(words("failed"))] : [];
}

const note = (text: string): Block => ({ kind: "paragraph", content: [{ kind: "text", text, italic: true }] });
