import { globSync, readFileSync } from "node:fs";
import { typographyFaults } from "./messages/typography.ts";
import { findUses, type Uses } from "./messages/used-keys.ts";

/** Every message is used, every message used exists, and both messages and public texts follow French typography. */
const messages = flatten(JSON.parse(readFileSync("messages/fr.json", "utf8")));
const sources = globSync("{app,components,lib}/**/*.{ts,tsx}").filter((file) => !/\.test\.tsx?$/.test(file));
const uses = sources.map((file) => ({ file, ...findUses(readFileSync(file, "utf8")) }));

const complaints = [
  ...uses.flatMap(({ file, keys, patterns, namespaces }) => [
    ...[...keys].filter((key) => !messages.has(key)).map((key) => `${file}: no message "${key}"`),
    ...patterns.filter((pattern) => !has(pattern)).map((pattern) => `${file}: no message like ${pattern.source}`),
    ...[...namespaces].filter((name) => !within(name)).map((name) => `${file}: no messages in "${name}"`),
  ]),
  ...[...messages.keys()]
    .filter((key) => !uses.some((use) => isUsed(key, use)))
    .map((key) => `unused message "${key}"`),
  ...[...messages].flatMap(([key, text]) => typographyFaults(text).map((fault) => `${key}: ${fault}`)),
  ...globSync("content/*.md").flatMap(textFaults),
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

function isUsed(key: string, { keys, patterns, namespaces }: Uses): boolean {
  if (keys.has(key) || patterns.some((pattern) => pattern.test(key))) return true;
  return [...namespaces, ...keys].some((name) => name === "" || key === name || key.startsWith(`${name}.`));
}

function textFaults(file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  // Addresses and code are not prose.
  const prose = lines.map((line) => line.replace(/`[^`]*`|\]\([^)]*\)|<[^>]*>|https?:\S+/g, "]"));
  return prose.flatMap((line, index) => typographyFaults(line).map((fault) => `${file}:${index + 1}: ${fault}`));
}
