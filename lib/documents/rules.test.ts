import { describe, expect, it } from "vitest";
import { canRetry, cleanName, extensionOf } from "./rules";

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

it("offers to try again what may succeed, and only that", () => {
  expect(["antivirus_unavailable", "too_long", "damaged", "infected", null].filter(canRetry)).toEqual([
    "antivirus_unavailable",
    "too_long",
  ]);
});
