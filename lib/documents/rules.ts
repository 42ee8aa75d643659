export const MEGABYTE = 1_000_000;
const UNITS = { bytes: 1, kilobytes: 1_000, megabytes: MEGABYTE, gigabytes: 1_000 * MEGABYTE };
export type SizeUnit = keyof typeof UNITS;
const NAME_CHARACTERS_MAX = 200;
const FALLBACK_NAME = "document";

/** Controls, and the marks that change the direction of a text: « rapport‮fdp.exe » must not read « rapportexe.pdf ». */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A name as it may be shown and given back: without the folders it came with, nor what cannot be seen; cut in its middle when
 * it is long, so that its extension stays.
 */
export function cleanName(typed: string): string {
  const last = typed.normalize("NFC").replace(UNSEEN, "").split(/[\\/]/).at(-1) ?? "";
  const name = last.replace(/\s+/gu, " ").trim().replace(/^\.+/, "");
  if (name === "") return FALLBACK_NAME;
  const characters = [...name];
  if (characters.length <= NAME_CHARACTERS_MAX) return name;
  const extension = extensionOf(name);
  const end = extension ? `….${extension}` : "…";
  return characters.slice(0, NAME_CHARACTERS_MAX - [...end].length).join("") + end;
}

/** In lower case, without its dot; empty when there is none, or when what follows the dot is no extension. */
export function extensionOf(name: string): string {
  const found = /\.([a-z0-9]{1,8})$/i.exec(name);
  return found?.[1]?.toLowerCase() ?? "";
}

/** A number of bytes in the unit in which it is read, with one decimal from the megabyte on: 1 024 000 000 → 1 gigabyte. */
export function toSize(bytes: number): { size: number; unit: SizeUnit } {
  for (const unit of ["bytes", "kilobytes", "megabytes"] as const) {
    const exact = bytes / UNITS[unit];
    const size = unit === "megabytes" ? Math.round(exact * 10) / 10 : Math.round(exact);
    if (size < 1_000) return { size, unit };
  }
  return { size: Math.round(bytes / (UNITS.gigabytes / 10)) / 10, unit: "gigabytes" };
}

/** Its cells are data, that can be computed on. */
export const isSpreadsheet = (type: string | null): boolean => type === "xlsx" || type === "ods" || type === "csv";

/** A picture on its own, that some models see. */
export const isImage = (type: string | null): boolean =>
  type === "jpeg" || type === "png" || type === "webp" || type === "gif";

/** What the antivirus has not let through, whatever kept it from it, is given to nobody, not even back. */
export const isLetThrough = ({ state, failureCode }: { state: string; failureCode: string | null }): boolean =>
  state !== "received" && state !== "refused" && failureCode !== "antivirus_unavailable";

/** States after which nothing more happens by itself. */
export const isSettled = (state: string): boolean => state === "ready" || state === "refused" || state === "failed";

/** Failures that may not happen again; for any other the file is refused for what it is. */
const PASSING = ["antivirus_unavailable", "too_long", "too_much_memory", "unexpected"];
export const canRetry = (failureCode: string | null): boolean => failureCode !== null && PASSING.includes(failureCode);

export const asksForPassword = (failureCode: string | null): boolean =>
  failureCode === "password_needed" || failureCode === "password_wrong";
