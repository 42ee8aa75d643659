import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { documentLimits } from "@/lib/documents/limits";
import { MEGABYTE } from "@/lib/documents/rules";
import { FILE_TYPES } from "@/lib/extraction/extraction";
import messages from "@/messages/fr.json";
import { setTestSettings } from "./support/settings";

setTestSettings({ LLM_BASE_URL: "http://127.0.0.1:9/v1", LLM_MODEL: "modele" });

const NAMES: Record<string, string> = { md: "Markdown", webp: "WebP" };
const told = /^Formats lus : .*$/m.exec(readFileSync("README.md", "utf8"))?.[0] ?? "";

it.each([...FILE_TYPES, "tsv"])("the README and the help page say that %s is read", (type) => {
  const name = new RegExp(`\\b${NAMES[type] ?? type.toUpperCase()}\\b`);
  expect(told).toMatch(name);
  expect(messages.help.documents.formats).toMatch(name);
});

it("the README gives the limits that hold when nothing is configured, and the help page those that hold", () => {
  const { fileBytesMax, perMessageMax, perAgentMax, agentBytesMax } = documentLimits();
  expect(told).toContain(
    `${fileBytesMax / MEGABYTE} Mo par fichier, ${perMessageMax} fichiers par message, ${perAgentMax} fichiers et ${agentBytesMax / MEGABYTE / 1024} Go par agent`,
  );
  for (const limit of ["file", "perMessage", "perAgent", "total"])
    expect(messages.help.documents.limits).toContain(`{${limit}`);
});
