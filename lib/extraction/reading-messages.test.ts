import { serialize } from "node:v8";
import { expect, it } from "vitest";
import type { Extraction } from "./extraction.ts";
import { createAssembly, toPieces } from "./reading-messages.ts";

const run = { start: 0, length: 5, x: 1.5, y: 2.5, width: 30.25, height: 11 };
const extraction: Extraction = {
  type: "pdf",
  language: "fr",
  warnings: ["forms_filled"],
  outline: Array.from({ length: 2_000 }, (_, page) => ({ title: `Titre ${page}`, level: 1, page })),
  pages: [
    { kind: "page", label: "i", text: "court", size: { width: 595, height: 842 }, runs: [run] },
    { kind: "page", label: null, text: "long 🎉".repeat(40_000), runs: Array.from({ length: 5_000 }, () => run) },
    {
      kind: "sheet",
      label: "Feuil1",
      text: "",
      cells: Array.from({ length: 9_000 }, (_, n) => [n, null, { date: "2026-11-24" }]),
    },
    { kind: "sheet", label: "Vide", text: "", cells: [] },
    { kind: "image", label: null, text: "", needsRecognition: true },
  ],
};

it("cuts what was read in small messages, and puts it together again as it was", () => {
  const { type, language, warnings } = extraction;
  const assembly = createAssembly();
  for (const piece of toPieces(structuredClone(extraction))) {
    const received = structuredClone(piece);
    expect(serialize(received).length).toBeLessThan(150_000);
    assembly.add(received);
  }

  expect(assembly.finish({ type, language, warnings })).toEqual(extraction);
});
