import { describe, expect, it } from "vitest";
import { canRetry, cleanName, extensionOf, isLetThrough, toSize } from "./rules";

describe("the name of a document", () => {
  it.each([
    ["Rapport d’activité 2026.pdf", "Rapport d’activité 2026.pdf"],
    ["C:\\Users\\agent\\Bureau\\note.docx", "note.docx"],
    ["../../etc/passwd", "passwd"],
    ["note\u0000.pdf\n", "note.pdf"],
    ["rapport\u202Efdp.exe", "rapportfdp.exe"],
    ["e\u0301tat.pdf", "état.pdf"],
    ["  deux   espaces .txt ", "deux espaces .txt"],
    [".htaccess", "htaccess"],
    ["", "document"],
    ["\u200B\u0007", "document"],
    ["..", "document"],
    ["<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"],
  ])("« %s » becomes « %s »", (typed, name) => {
    expect(cleanName(typed)).toBe(name);
  });

  it("keeps its extension, and whole characters, when it is cut", () => {
    const name = cleanName(`${"🙂".repeat(500)}.pdf`);
    expect([...name]).toHaveLength(200);
    expect(name).toMatch(/^(🙂)+….pdf$/u);
    expect([...cleanName("a".repeat(500))]).toHaveLength(200);
  });
});

it.each([
  ["note.PDF", "pdf"],
  ["archive.tar.gz", "gz"],
  ["sans extension", ""],
  ["M. le préfet", ""],
  ["fin.", ""],
])("« %s » has the extension « %s »", (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

it("gives back only what the antivirus has let through", () => {
  const failed = (failureCode: string | null, state = "failed") => isLetThrough({ state, failureCode });
  expect([failed("too_long"), failed(null, "checked"), failed(null, "read"), failed(null, "ready")]).not.toContain(
    false,
  );
  expect([failed("antivirus_unavailable"), failed(null, "received"), failed("infected", "refused")]).not.toContain(
    true,
  );
});

it("offers to try again what may succeed, and only that", () => {
  expect(["antivirus_unavailable", "too_long", "damaged", "infected", null].filter(canRetry)).toEqual([
    "antivirus_unavailable",
    "too_long",
  ]);
});

it.each([
  [0, 0, "bytes"],
  [999, 999, "bytes"],
  [1_000, 1, "kilobytes"],
  [999_499, 999, "kilobytes"],
  [999_500, 1, "megabytes"],
  [3_440_000, 3.4, "megabytes"],
  [999_940_000, 999.9, "megabytes"],
  [999_960_000, 1, "gigabytes"],
  [1_024_000_000, 1, "gigabytes"],
  [1_500_000_000, 1.5, "gigabytes"],
  [1_200_000_000_000, 1_200, "gigabytes"],
])("%d bytes are read as %d %s", (bytes, size, unit) => {
  expect(toSize(bytes)).toEqual({ size, unit });
});
