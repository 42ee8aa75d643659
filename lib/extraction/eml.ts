import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { ExtractionError, type Reader, type ReadingLimits, type WarningCode } from "./extraction.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";
import { toNormalText, toOneLine } from "./normal-text.ts";
import { outlineOf, requireLength, toSections } from "./sections.ts";

/** How many messages inside messages are read; deeper ones are only listed. */
const NESTED_DEPTH_MAX = 3;
const PARSING_LIMITS = { maxNestingDepth: 50, maxHeadersSize: 1_000_000, maxRfc822NestingDepth: 0 };
const LISTED_MAX = 500;
const ADDRESSES_MAX = 200;

type Reading = { limits: ReadingLimits; messages: number; characters: number };
const MESSAGES_MAX = 200;

/**
 * A message: its header, its body, the names of its attachments, and the messages it carries. Throws `damaged` for what has
 * none of the headers of a message.
 */
export const readEml: Reader = async (bytes, { limits }) => {
  if (bytes.every((byte) => byte <= 0x20)) return { pages: [], outline: [], warnings: [] };
  const email = await parse(bytes);
  if (!email.from && !email.sender && !email.to && !email.subject && !email.date && !email.messageId)
    throw new ExtractionError("damaged");
  const markdown = await messageOf(email, 1, { limits, messages: 0, characters: 0 });
  const pages = toSections(toNormalText(markdown));
  const warnings: WarningCode[] = email.attachments.length > 0 ? ["attachments_listed"] : [];
  return { pages, outline: outlineOf(pages), warnings };
};

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { ...PARSING_LIMITS, forceRfc822Attachments: true });
  } catch (error) {
    throw new ExtractionError("damaged", { cause: error });
  }
}

async function messageOf(email: Email, level: number, reading: Reading): Promise<string> {
  reading.messages += 1;
  const body = bodyOf(email);
  reading.characters += body.length;
  requireLength(reading.characters, reading.limits);
  const title = toOneLine(email.subject ?? "");
  const nested: string[] = [];
  const listed: Attachment[] = [];
  for (const attachment of email.attachments) {
    const inner = await nestedOf(attachment, level, reading);
    if (inner) nested.push(inner);
    else listed.push(attachment);
  }
  return [title && `${"#".repeat(level)} ${title}`, headerOf(email), body, listOf(listed), ...nested]
    .filter(Boolean)
    .join("\n\n");
}

async function nestedOf({ mimeType, content }: Attachment, level: number, reading: Reading): Promise<string | null> {
  if (mimeType !== "message/rfc822" || level > NESTED_DEPTH_MAX || reading.messages >= MESSAGES_MAX) return null;
  const email = await parse(typeof content === "string" ? Buffer.from(content) : new Uint8Array(content));
  return messageOf(email, level + 1, reading);
}

/** Each on its line. The date is as its author's clock said it. */
function headerOf(email: Email): string {
  const date = email.headers.find(({ key }) => key === "date")?.value;
  return [
    ["De", email.from && nameOf(email.from)],
    ["À", namesOf(email.to)],
    ["Cc", namesOf(email.cc)],
    ["Date", date],
  ]
    .flatMap(([label, value]) => (value ? [`${label} : ${toOneLine(value)}`] : []))
    .join("\n");
}

const namesOf = (addresses: Address[] | undefined): string => {
  const names = (addresses ?? []).slice(0, ADDRESSES_MAX).map(nameOf);
  return [...names, ...((addresses?.length ?? 0) > ADDRESSES_MAX ? ["…"] : [])].join(", ");
};

function nameOf({ name, address, group }: Address): string {
  if (group) return `${name} (${namesOf(group)})`;
  return name && address && name !== address ? `${name} <${address}>` : address || name;
}

/** The plain text when there is one: the HTML says the same, with more around it. */
function bodyOf({ text, html }: Email): string {
  if (text?.trim()) return toNormalText(text).trim();
  return html ? htmlToMarkdown(html).markdown : "";
}

function listOf(attachments: Attachment[]): string {
  if (attachments.length === 0) return "";
  const lines = attachments.slice(0, LISTED_MAX).map(({ filename, mimeType, content }) => {
    const size = typeof content === "string" ? content.length : content.byteLength;
    return `- ${toOneLine(filename ?? mimeType)} (${sizeOf(size)})`;
  });
  const isCut = attachments.length > LISTED_MAX;
  return `Pièces jointes :\n${lines.join("\n")}${isCut ? "\n- …" : ""}`;
}

const UNITS = [
  { unit: "Mo", bytes: 1_000_000 },
  { unit: "ko", bytes: 1_000 },
];

function sizeOf(bytes: number): string {
  const { unit, bytes: one } = UNITS.find((candidate) => bytes >= candidate.bytes) ?? { unit: "octets", bytes: 1 };
  return `${Math.round(bytes / one)} ${unit}`;
}
