import type { FileType } from "./extraction.ts";

const TYPE_OF_EXTENSION: Record<string, FileType> = {
  pdf: "pdf",
  docx: "docx",
  docm: "docx",
  dotx: "docx",
  dotm: "docx",
  odt: "odt",
  ott: "odt",
  rtf: "rtf",
  pptx: "pptx",
  pptm: "pptx",
  ppsx: "pptx",
  ppsm: "pptx",
  potx: "pptx",
  potm: "pptx",
  odp: "odp",
  otp: "odp",
  xlsx: "xlsx",
  xlsm: "xlsx",
  xltx: "xlsx",
  xltm: "xlsx",
  ods: "ods",
  ots: "ods",
  csv: "csv",
  tsv: "csv",
  txt: "txt",
  text: "txt",
  log: "txt",
  md: "md",
  markdown: "md",
  html: "html",
  htm: "html",
  xhtml: "html",
  xht: "html",
  eml: "eml",
  jpg: "jpeg",
  jpeg: "jpeg",
  jpe: "jpeg",
  jfif: "jpeg",
  png: "png",
  webp: "webp",
  gif: "gif",
};

const LEGACY_OFFICE = new Set(["doc", "dot", "xls", "xlt", "xla", "ppt", "pot", "pps"]);

/** Lower case, without the dot; empty when the name has none. */
export function extensionOf(fileName: string): string {
  const base = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1).trim();
  const dot = base.lastIndexOf(".");
  return dot < 1 ? "" : base.slice(dot + 1).toLowerCase();
}

export const typeOfExtension = (extension: string): FileType | null =>
  Object.hasOwn(TYPE_OF_EXTENSION, extension) ? (TYPE_OF_EXTENSION[extension] ?? null) : null;

export const isLegacyOffice = (extension: string): boolean => LEGACY_OFFICE.has(extension);
