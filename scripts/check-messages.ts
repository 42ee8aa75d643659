import { globSync, readFileSync } from "node:fs";
import { guillemetFaults, typographyFaults } from "./messages/typography.ts";
import { findUses, type Uses } from "./messages/used-keys.ts";
import { writtenTexts } from "./messages/written-texts.ts";

/** Every message is used, every message used exists, and both messages and public texts follow French typography. */
const messages = flatten(JSON.parse(readFileSync("messages/fr.json", "utf8")));
const sources = globSync("{app,components,lib}/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$/.test(file));
const uses = sources.map((file) => ({ file, ...findUses(readFileSync(file, "utf8")) }));

const complaints = [
  ...uses.flatMap(({ file, keys, patterns, namespaces, trees }) => [
    ...[...keys].filter((key) => !messages.has(key)).map((key) => `${file}: no message "${key}"`),
    ...patterns.filter((pattern) => !has(pattern)).map((pattern) => `${file}: no message like ${pattern.source}`),
    ...[...namespaces, ...trees].filter((name) => !within(name)).map((name) => `${file}: no messages in "${name}"`),
  ]),
  ...[...messages.keys()]
    .filter((key) => !uses.some((use) => isUsed(key, use)))
    .map((key) => `unused message "${key}"`),
  ...[...messages].flatMap(([key, text]) => typographyFaults(text).map((fault) => `${key}: ${fault}`)),
  ...globSync("content/*.md").flatMap(textFaults),
  ...sources.filter((file) => /^components\/.*\.tsx$/.test(file.replaceAll("\\", "/"))).flatMap(screenFaults),
];

for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0) console.log(`messages: ${messages.size}, all used, all present`);
process.exitCode = complaints.length > 0 ? 1 : 0;

function flatten(value: unknown, prefix = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[prefix, value]]);
  const entries = Object.entries(value ?? {});
  return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]));
}

function has(pattern: RegExp): boolean {
  return [...messages.keys()].some((key) => pattern.test(key));
}

function within(namespace: string): boolean {
  return (
    namespace === "" || messages.has(namespace) || [...messages.keys()].some((key) => key.startsWith(`${namespace}.`))
  );
}

/** A computed key may be any message of its namespace, never one of a namespace further in. */
function isUsed(key: string, { keys, patterns, namespaces, trees }: Uses): boolean {
  if (keys.has(key) || patterns.some((pattern) => pattern.test(key))) return true;
  if (namespaces.has(key.split(".").slice(0, -1).join("."))) return true;
  return [...trees].some((name) => name === "" || key === name || key.startsWith(`${name}.`));
}

function screenFaults(file: string): string[] {
  const texts = writtenTexts(readFileSync(file, "utf8"));
  return texts.flatMap((text) => guillemetFaults(text).map((fault) => `${file}: ${fault}: ${JSON.stringify(text)}`));
}

function textFaults(file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  // Addresses and code are not prose.
  const prose = lines.map((line) => line.replace(/`[^`]*`|\]\([^)]*\)|<[^>]*>|https?:\S+/g, "]"));
  return prose.flatMap((line, index) => typographyFaults(line).map((fault) => `${file}:${index + 1}: ${fault}`));
}
