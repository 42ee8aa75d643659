import { cleanName } from "../documents/rules.ts";
import type { ExportFormat } from "./schema.ts";

/** How long what is made by a job can be downloaded. */
export const KEPT_HOURS = 24;
/** Of one agent. */
export const UNFINISHED_MAX = 3;
/** Beyond, an export is made by a job. */
export const DIRECT_MESSAGES_MAX = 50;

const EXTENSIONS: Record<ExportFormat, string> = { docx: "docx", odt: "odt", pdf: "pdf", markdown: "md", json: "json" };
const TYPES: Record<string, string> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  odt: "application/vnd.oasis.opendocument.text",
  pdf: "application/pdf",
  md: "text/markdown; charset=utf-8",
  json: "application/json; charset=utf-8",
  zip: "application/zip",
};
const TITLE_CHARACTERS_MAX = 80;
/** What Windows refuses in the name of a file. */
const REFUSED = /[<>:"/\\|?*]/g;

/** The name of a file after a title, as every system takes it. */
export function fileNameFor(title: string, format: ExportFormat | "zip"): string {
  const extension = format === "zip" ? "zip" : EXTENSIONS[format];
  const start = [...cleanName(title.replace(REFUSED, " "))].slice(0, TITLE_CHARACTERS_MAX).join("");
  return `${start.replace(/[. ]+$/, "")}.${extension}`;
}

export const contentTypeOf = (fileName: string): string =>
  TYPES[fileName.split(".").at(-1) ?? ""] ?? "application/octet-stream";

/** Names that no two files of an archive share. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const dot = name.lastIndexOf(".");
    let unique = name;
    for (let n = 2; taken.has(unique.toLowerCase()); n += 1) unique = `${name.slice(0, dot)} (${n})${name.slice(dot)}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
}
