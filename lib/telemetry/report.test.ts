import { expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { ExtractionError } from "@/lib/extraction/extraction";
import { reportFailure } from "./report";

const SAID = "Lu dans la page\n    at Camille Martin, 12 rue de la Paix\n  at dossier.ts:1:1";

it.each([
  ["a failure", new Error(SAID)],
  ["its cause", new Error("Autre chose", { cause: new TypeError(SAID) })],
  ["a server’s failure", new AppError("web_search_failed", { cause: new Error(SAID) })],
  ["a failure without a message", Object.assign(new Error(), { said: SAID })],
])("tells where %s comes from, and nothing of what it says", (_what, error) => {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  vi.spyOn(console, "warn").mockImplementation(write);
  vi.mocked(console.error).mockImplementation(write);
  reportFailure(error, { operation: "essai" });
  vi.mocked(console.error).mockClear();
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/Camille|dossier|Autre chose/);
  expect(JSON.parse(lines[0] ?? "").frames[0]).toContain("report.test.ts");
});

it("tells of a file that could not be written, and why", () => {
  const lines: string[] = [];
  vi.mocked(console.error).mockImplementation((line: string) => void lines.push(line));
  reportFailure(new AppError("export_failed", { cause: new ExtractionError("too_long") }), { operation: "essai" });
  vi.mocked(console.error).mockClear();
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", code: "export_failed", fault: "too_long" });
});
