import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type ColouredTree, findColours } from "./colours";
import { findLanguage, GRAMMARS, type Language, PARTS } from "./languages";

type Nodes = ColouredTree["children"];
const textOf = (nodes: Nodes): string =>
  nodes
    .map((node) => (node.type === "text" ? node.value : node.type === "element" ? textOf(node.children) : ""))
    .join("");

it("knows more than thirty languages, by each of which its grammar can be loaded", async () => {
  const languages = Object.keys(GRAMMARS) as Language[];
  expect(languages.length).toBeGreaterThan(30);
  const code = 'a = "b" // c\n<d e="f">\n';
  for (const language of languages) {
    const tree = await findColours(language, code);
    expect(tree && textOf(tree.children), language).toBe(code);
  }
});

it.each([
  ["python", "def f(x):\n    return 1", ["hljs-keyword", "hljs-title", "hljs-number"]],
  ["ts", 'const a: string = "b"; // c', ["hljs-keyword", "hljs-string", "hljs-comment"]],
  ["sql", "SELECT 1 FROM agents WHERE nom = 'x'", ["hljs-keyword", "hljs-number", "hljs-string"]],
  ["html", "<p class='a'>x</p><style>p{color:red}</style>", ["hljs-tag", "hljs-name", "hljs-attribute"]],
])("colours the parts of %s", async (language, code, classes) => {
  const drawn = JSON.stringify(await findColours(language, code));
  for (const name of classes) expect(drawn).toContain(name);
});

it("leaves code of an unknown language, or too long, as it is", async () => {
  expect(await findColours("inconnu", "x")).toBeNull();
  expect(await findColours("constructor", "x")).toBeNull();
  expect(await findColours("python", "x = 1\n".repeat(10_000))).toBeNull();
});

it("knows languages by their other names, whatever their case", () => {
  expect(["JS", "Py", "C++", "yml", "Dockerfile", "html"].map(findLanguage)).toEqual([
    "javascript",
    "python",
    "cpp",
    "yaml",
    "dockerfile",
    "xml",
  ]);
  for (const part of Object.values(PARTS).flat()) expect(findLanguage(part)).toBe(part);
});

it("has colours that can be read in both themes (WCAG AA, 4.5 to 1)", () => {
  const sheet = readFileSync("app/globals.css", "utf8");
  const pairOf = (name: string) =>
    new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(sheet)?.slice(1) ?? [];
  const surface = pairOf("surface");
  const names = ["word", "name", "type", "text", "value"].map((name) => `code-${name}`);
  for (const name of [...names, "muted", "danger"]) {
    const colours = pairOf(name);
    expect(colours, name).toHaveLength(2);
    for (const theme of [0, 1]) {
      expect(contrast(colours[theme] ?? "", surface[theme]), name).toBeGreaterThanOrEqual(4.5);
    }
  }
});

function contrast(one: string, other = ""): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
