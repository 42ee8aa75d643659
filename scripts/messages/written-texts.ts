import { parseSync } from "@swc/core";

/** Every text that a file writes: between tags, in quotes and in templates; not its comments. */
export function writtenTexts(code: string): string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return void value.forEach(visit);
    if (!value || typeof value !== "object") return;
    const { type, value: text, raw }: { type?: unknown; value?: unknown; raw?: unknown } = value;
    if (type === "TemplateElement") texts.push(String(raw));
    else if (type === "StringLiteral" || type === "JSXText") texts.push(String(text));
    else Object.values(value).forEach(visit);
  };
  visit(parseSync(code, { syntax: "typescript", tsx: true }));
  return texts;
}
